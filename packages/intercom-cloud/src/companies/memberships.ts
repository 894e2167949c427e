import { withoutUndefined, type Company, type Loss } from '@intercom-destinations/shared-mapping'
import type { CompanyBody } from '../client/types'
import type { CompanyWrite } from './company-coalescer'
import { followMerged } from '../contacts/merge-leads'
import { upsertCompany } from './upsert-company'
import { NOT_FOUND } from '../client/http-status'
import { hasStatus, IntercomApiError } from '../client/intercom-api-error'
import { runTurn, type CallContext } from '../state/call-context'
import { toEntityName } from '../state/record-names'

/** A company as the REST API names its fields, without custom attributes. */
export function toCompanyBody({ company_id, name, created_at, ...company }: Company): CompanyBody {
  const { plan, monthly_spend, size, website, industry } = company
  const rest = { remote_created_at: created_at, plan, monthly_spend, size, website, industry }
  return { company_id, ...withoutUndefined({ name, ...rest }) }
}

export function toCompanyWrite(
  company: Company,
  { unknown, unchanged, time, losses = [] }: Pick<CompanyWrite, 'unknown' | 'unchanged' | 'time'> & { losses?: Loss[] }
): CompanyWrite {
  return {
    body: toCompanyBody(company),
    custom: company.custom,
    unknown,
    unchanged,
    losses,
    ...withoutUndefined({ time })
  }
}

/** Writes each company and attaches the contact, or detaches it from a company with `remove: true`. */
export async function attachCompanies(
  context: CallContext,
  contactId: string,
  companies: readonly Company[],
  options: Pick<CompanyWrite, 'unknown' | 'unchanged' | 'time' | 'losses'>
): Promise<void> {
  for (const company of companies) {
    if (company.remove) {
      await detachCompanyByCustomerId(context, contactId, company.company_id)
    } else {
      await upsertAndRun(context, toCompanyWrite(company, options), (id) => attachCompany(context, contactId, id))
    }
  }
}

/** Writes the company and runs a call with Intercom's id. Repeats both once if the cached company was deleted in Intercom. */
export async function upsertAndRun<T>(
  context: CallContext,
  write: CompanyWrite,
  run: (companyId: string) => Promise<T>
): Promise<T> {
  const upsert = () => context.companies.upsert(write, (one) => upsertCompany(context, one))
  const companyId = await upsert()
  try {
    return await run(companyId)
  } catch (thrown) {
    if (!(thrown instanceof IntercomApiError) || thrown.details.code !== 'company_not_found') throw thrown
    context.cache.evictCompany(write.body.company_id)
    context.companies.separate(write.body.company_id)
    return run(await upsert())
  }
}

/** Merges descriptions of the same company: the last value of each attribute. A removal after an addition stays separate. */
export function mergeCompanies(companies: readonly Company[]): Company[] {
  const merged: Company[] = []
  for (const company of companies) {
    const index = merged.map(({ company_id }) => company_id).lastIndexOf(company.company_id)
    const earlier = merged[index]
    if (earlier?.remove === company.remove)
      merged[index] = { ...earlier, ...company, custom: { ...earlier.custom, ...company.custom } }
    else merged.push(company)
  }
  return merged
}

/** Attaches the contact to the company, unless the cache shows that it is attached. */
export function attachCompany(context: CallContext, contactId: string, companyId: string): Promise<void> {
  return runMembershipTurn(context, contactId, async ({ client, cache }) => {
    if (cache.findContactById(contactId)?.isMemberOf(companyId)) return
    await followMerged(contactId, (id) => client.attachCompany(id, companyId))
    cache.findContactById(contactId)?.markJoined(companyId)
  })
}

/** An attachment and a detachment of one contact must not overlap, or the cache would be wrong. */
function runMembershipTurn(
  context: CallContext,
  contactId: string,
  turn: (context: CallContext) => Promise<void>
): Promise<void> {
  return runTurn(context, { locked: [toEntityName('contact', contactId)] }, turn)
}

/** Detaches the contact from a company by the customer's id. A company that does not exist has no members. */
async function detachCompanyByCustomerId(context: CallContext, contactId: string, company_id: string): Promise<void> {
  const { client, cache } = context
  await ignoringNotFound(async () => {
    const id = cache.findCompany(company_id)?.id ?? (await client.findCompany(company_id))
    cache.cacheCompany(company_id, id)
    await detachCompany(context, contactId, id)
  })
}

/** Detaches the contact from a company by Intercom's id. */
export function detachCompany(context: CallContext, contactId: string, companyId: string): Promise<void> {
  return runMembershipTurn(context, contactId, async ({ client, cache }) => {
    cache.findContactById(contactId)?.markLeft(companyId)
    await ignoringNotFound(() => followMerged(contactId, (id) => client.detachCompany(id, companyId)))
  })
}

async function ignoringNotFound(call: () => Promise<void>): Promise<void> {
  try {
    await call()
  } catch (thrown) {
    if (!hasStatus(thrown, NOT_FOUND)) throw thrown
  }
}
