export const REGIONS = ['us', 'eu', 'au'] as const

export type Region = (typeof REGIONS)[number]

export interface RegionHosts {
  readonly label: string
  /** The REST API (OpenAPI 2.16, `servers`). */
  readonly rest: string
  /** The Messenger's `api_base` (developers.intercom.com, web/installation). */
  readonly messenger: string
  /** The page on which an admin connects a workspace (developers.intercom.com, setting-up-oauth). */
  readonly authorize: string
}

/** Intercom's hosts in each region, for web and cloud. */
export const REGION_HOSTS: Readonly<Record<Region, RegionHosts>> = {
  us: {
    label: 'US',
    rest: 'https://api.intercom.io',
    messenger: 'https://api-iam.intercom.io',
    authorize: 'https://app.intercom.com/oauth'
  },
  eu: {
    label: 'EU',
    rest: 'https://api.eu.intercom.io',
    messenger: 'https://api-iam.eu.intercom.io',
    authorize: 'https://app.eu.intercom.com/oauth'
  },
  au: {
    label: 'Australia',
    rest: 'https://api.au.intercom.io',
    messenger: 'https://api-iam.au.intercom.io',
    authorize: 'https://app.au.intercom.com/oauth'
  }
}

/** `GET /me` returns "US" as `app.region`. The other values are not documented, so full names and suffixes are accepted. */
const SPELLINGS: readonly [Region, RegExp][] = [
  ['us', /^(us|united states)\b/i],
  ['eu', /^(eu|europe)\b/i],
  ['au', /^(au|australia)\b/i]
]

export function toRegion(value: unknown): Region | undefined {
  if (typeof value !== 'string') return undefined
  return SPELLINGS.find(([, spelling]) => spelling.test(value.trim()))?.[0]
}
