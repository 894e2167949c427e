/** One of Intercom's limits, and where it is documented. */
export interface Limit {
  readonly value: number
  readonly source: string
}

export const MAX_METADATA_KEYS = {
  value: 20,
  source: 'Help article 175: up to twenty metadata keys for each event'
} as const satisfies Limit

export const SURE_METADATA_KEYS = {
  value: 10,
  source: 'OpenAPI 2.16, submit an event: ten tracked keys, further ones are ignored in the order sent'
} as const satisfies Limit

/** In code points. */
export const MAX_TEXT_LENGTH = {
  value: 255,
  source:
    'Help article 175 for event metadata; Segment’s documentation for custom attributes. What happens beyond is not documented'
} as const satisfies Limit

/** In Unix seconds: 1970. */
export const EARLIEST_TIME = {
  value: 0,
  source: 'Not documented. A time is "a Unix timestamp"; zero is the smallest that is certainly valid'
} as const satisfies Limit

/** In Unix seconds: the year 5138. */
export const LATEST_TIME = {
  value: 99_999_999_999,
  source: 'Not documented. From 1e11 up, seconds and milliseconds cannot be distinguished'
} as const satisfies Limit

export const MAX_COMPANY_NUMBER = {
  value: 2_147_483_647,
  source: 'OpenAPI 2.16, create or update a company: monthly_spend is a whole number up to 2^31-1, floats are truncated'
} as const satisfies Limit

export const MAX_COMPANIES_PER_CONTACT = {
  value: 1000,
  source: 'OpenAPI 2.16, attach a contact to a company: contact_company_limit_exceeded'
} as const satisfies Limit
