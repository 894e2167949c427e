import { withoutUndefined, type Company, type Loss } from '@intercom-destinations/shared-mapping'
import type { CompanyBody } from './api'
import type { CompanyWrite } from './company-upserts'
import { followMerged } from './contacts'
import { IntercomFailure } from './failure'
import type { Session } from './session'

/** A company in the words of the REST API, custom attributes apart. */
export function toCompanyBody({ company_id, name, created_at, ...company }: Company): CompanyBody {
  const { plan, monthly_spend, size, website, industry } = company
  const rest = { remote_created_at: created_at, plan, monthly_spend, size, website, industry }
  return { company_id, name: name ?? company_id, ...withoutUndefined(rest) }
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
  session: Session,
  contactId: string,
  companies: readonly Company[],
  how: Pick<CompanyWrite, 'unknown' | 'time' | 'losses'>
): Promise<void> {
  for (const company of companies) {
    if (company.remove) {
      await detachCompany(session, contactId, company.company_id)
    } else {
      const id = await session.companies.store(session, toCompanyWrite(company, how))
      await attachCompany(session, contactId, id)
    }
  }
}

/** Puts the person into the company, unless they are known to be in it. */
export async function attachCompany({ api, memory }: Session, contactId: string, companyId: string): Promise<void> {
  if (memory.findPersonById(contactId)?.isIn(companyId)) return
  await followMerged(contactId, (id) => api.attachCompany(id, companyId))
  memory.findPersonById(contactId)?.joined(companyId)
}

/** Takes the person out of a company known by the customer's id; a company that is not there has nobody in it. */
async function detachCompany(session: Session, contactId: string, company_id: string): Promise<void> {
  const { api, memory } = session
  await unlessMissing(async () => {
    const id = memory.findCompany(company_id)?.id ?? (await api.findCompany(company_id))
    memory.rememberCompany(company_id, id)
    await detachFrom(session, contactId, id)
  })
}

/** Takes the person out of a company known by Intercom's id. */
export function detachFrom({ api, memory }: Session, contactId: string, companyId: string): Promise<void> {
  memory.findPersonById(contactId)?.left(companyId)
  return unlessMissing(() => followMerged(contactId, (id) => api.detachCompany(id, companyId)))
}

async function unlessMissing(call: () => Promise<void>): Promise<void> {
  try {
    await call()
  } catch (thrown) {
    if (!(thrown instanceof IntercomFailure && thrown.has(404))) throw thrown
  }
}
