import { withoutUndefined, type Company, type Loss } from '@intercom-destinations/shared-mapping'
import type { CompanyBody } from '../client/types'
import type { CompanyWrite } from './company-coalescer'
import { followMerged } from '../contacts/merge-leads'
import { IntercomApiError } from '../client/intercom-api-error'
import type { CallContext } from '../state/call-context'

/** A company in the words of the REST API, custom attributes apart. */
export function toCompanyBody({ company_id, name, created_at, ...company }: Company): CompanyBody {
  const { plan, monthly_spend, size, website, industry } = company
  const rest = { remote_created_at: created_at, plan, monthly_spend, size, website, industry }
  return { company_id, ...withoutUndefined({ name, ...rest }) }
}

/** The company as it is to be stored. */
export function toCompanyWrite(
  company: Company,
  { unknown, time, losses = [] }: Pick<CompanyWrite, 'unknown' | 'time'> & { losses?: Loss[] }
): CompanyWrite {
  return { body: toCompanyBody(company), custom: company.custom, unknown, losses, ...withoutUndefined({ time }) }
}

/** Stores each company and puts the person into it; takes the person out of one that says so. */
export async function attachCompanies(
  context: CallContext,
  contactId: string,
  companies: readonly Company[],
  how: Pick<CompanyWrite, 'unknown' | 'time' | 'losses'>
): Promise<void> {
  for (const company of companies) {
    if (company.remove) {
      await detachCompany(context, contactId, company.company_id)
    } else {
      await storeAndMove(context, toCompanyWrite(company, how), (id) => attachCompany(context, contactId, id))
    }
  }
}

/** Stores the company and does something with it; once more where what is remembered of it was deleted in Intercom. */
export async function storeAndMove<T>(
  context: CallContext,
  write: CompanyWrite,
  move: (companyId: string) => Promise<T>
): Promise<T> {
  const companyId = await context.companies.store(write)
  try {
    return await move(companyId)
  } catch (thrown) {
    if (!(thrown instanceof IntercomApiError) || thrown.details.code !== 'company_not_found') throw thrown
    return move(await context.companies.storeAgain(write))
  }
}

/** Of what one company is said several times, each value's last word; a leave stays a step of its own after a join. */
export function mergeCompanies(companies: readonly Company[]): Company[] {
  const merged: Company[] = []
  for (const one of companies) {
    const index = merged.map(({ company_id }) => company_id).lastIndexOf(one.company_id)
    const earlier = merged[index]
    if (earlier?.remove === one.remove)
      merged[index] = { ...earlier, ...one, custom: { ...earlier.custom, ...one.custom } }
    else merged.push(one)
  }
  return merged
}

/** Puts the person into the company, unless they are known to be in it. */
export function attachCompany(context: CallContext, contactId: string, companyId: string): Promise<void> {
  const { client, cache, clock } = context
  return inTurn(context, contactId, async () => {
    if (cache.findContactById(contactId)?.isMemberOf(companyId, clock())) return
    await followMerged(contactId, (id) => client.attachCompany(id, companyId))
    cache.findContactById(contactId)?.markJoined(companyId, clock())
  })
}

/** A join and a leave of one person must not cross: what is remembered would be neither. */
function inTurn<T>({ cache }: CallContext, contactId: string, call: () => Promise<T>): Promise<T> {
  return cache.mutex.runExclusive([`companies of ${contactId}`], call)
}

/** Takes the person out of a company known by the customer's id; a company that is not there has nobody in it. */
async function detachCompany(context: CallContext, contactId: string, company_id: string): Promise<void> {
  const { client, cache } = context
  await unlessMissing(async () => {
    const id = cache.findCompany(company_id)?.id ?? (await client.findCompany(company_id))
    cache.cacheCompany(company_id, id)
    await detachFrom(context, contactId, id)
  })
}

/** Takes the person out of a company known by Intercom's id. */
export function detachFrom(context: CallContext, contactId: string, companyId: string): Promise<void> {
  const { client, cache } = context
  return inTurn(context, contactId, async () => {
    cache.findContactById(contactId)?.markLeft(companyId)
    await unlessMissing(() => followMerged(contactId, (id) => client.detachCompany(id, companyId)))
  })
}

async function unlessMissing(call: () => Promise<void>): Promise<void> {
  try {
    await call()
  } catch (thrown) {
    if (!(thrown instanceof IntercomApiError && thrown.status === 404)) throw thrown
  }
}
