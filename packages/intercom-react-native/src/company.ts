import { withoutUndefined, type Company } from '@intercom-destinations/shared-mapping'
import type { MobileLoss } from './losses'
import type { SdkCompany } from './sdk-types'

/**
 * Android's bridge reads times as 32-bit integers (`getInt` in `IntercomHelpers.java` of @intercom/intercom-react-native
 * 10.7.1). Later ones, from 2038 on, become the largest integer.
 */
const LATEST_TIME_ON_ANDROID = 2_147_483_647

/** The time in seconds, unless a phone would change it. */
export function toSdkTime(seconds: number | undefined, path: string, losses: MobileLoss[]): number | undefined {
  if (seconds === undefined || seconds <= LATEST_TIME_ON_ANDROID) return seconds
  losses.push({ path, reason: 'out-of-range' })
  return undefined
}

/** A company as the SDK takes it: size, website and industry become custom attributes. */
export function toSdkCompany(company: Company, path: string, losses: MobileLoss[]): SdkCompany {
  const { company_id, name, plan, monthly_spend, created_at, size, website, industry, custom } = company
  const customAttributes = { ...withoutUndefined({ size, website, industry }), ...custom }
  return {
    id: company_id,
    ...withoutUndefined({
      name,
      plan,
      monthlySpend: monthly_spend,
      createdAt: toSdkTime(created_at, `${path}.created_at`, losses),
      customAttributes: Object.keys(customAttributes).length === 0 ? undefined : customAttributes
    })
  }
}

/** The companies that a person belongs to, and the ids of those that they leave. */
export interface Memberships {
  /** Each with its path in the event, for a doubt about it. */
  joined: readonly { path: string; company: SdkCompany }[]
  left: readonly string[]
}

/** Sorts companies into joined and left. The SDK cannot detach a person, so one that is left is a loss. */
export function toMemberships(
  companies: readonly { path: string; company: Company }[],
  losses: MobileLoss[]
): Memberships {
  const left = companies.filter(({ company }) => company.remove)
  losses.push(...left.map(({ path }) => ({ path: `${path}.remove`, reason: 'not-on-mobile' as const })))
  return {
    joined: companies
      .filter(({ company }) => !company.remove)
      .map(({ path, company }) => ({ path, company: toSdkCompany(company, path, losses) })),
    left: left.map(({ company }) => company.company_id)
  }
}
