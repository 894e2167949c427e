import { withoutUndefined, type Company, type Loss } from '@intercom-destinations/shared-mapping'
import type { CompanyBody } from './api'
import type { CompanyWrite } from './company-upserts'
import { followMerged } from './merge-leads'
import { IntercomFailure } from './failure'
import type { Session } from './session'

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
  session: Session,
  contactId: string,
  companies: readonly Company[],
  how: Pick<CompanyWrite, 'unknown' | 'time' | 'losses'>
): Promise<void> {
  for (const company of companies) {
    if (company.remove) {
      await detachCompany(session, contactId, company.company_id)
    } else {
      await storeAndMove(session, toCompanyWrite(company, how), (id) => attachCompany(session, contactId, id))
    }
  }
}

/** Stores the company and does something with it; once more where what is remembered of it was deleted in Intercom. */
export async function storeAndMove<T>(
  session: Session,
  write: CompanyWrite,
  move: (companyId: string) => Promise<T>
): Promise<T> {
  const companyId = await session.companies.store(session, write)
  try {
    return await move(companyId)
  } catch (thrown) {
    if (!(thrown instanceof IntercomFailure) || thrown.facts.code !== 'company_not_found') throw thrown
    return move(await session.companies.storeAgain(session, write))
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
export function attachCompany(session: Session, contactId: string, companyId: string): Promise<void> {
  const { api, memory, clock } = session
  return inTurn(session, contactId, async () => {
    if (memory.findPersonById(contactId)?.isIn(companyId, clock())) return
    await followMerged(contactId, (id) => api.attachCompany(id, companyId))
    memory.findPersonById(contactId)?.joined(companyId, clock())
  })
}

/** A join and a leave of one person must not cross: what is remembered would be neither. */
function inTurn<T>({ memory }: Session, contactId: string, call: () => Promise<T>): Promise<T> {
  return memory.turns.run([`companies of ${contactId}`], call)
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
export function detachFrom(session: Session, contactId: string, companyId: string): Promise<void> {
  const { api, memory } = session
  return inTurn(session, contactId, async () => {
    memory.findPersonById(contactId)?.left(companyId)
    await unlessMissing(() => followMerged(contactId, (id) => api.detachCompany(id, companyId)))
  })
}

async function unlessMissing(call: () => Promise<void>): Promise<void> {
  try {
    await call()
  } catch (thrown) {
    if (!(thrown instanceof IntercomFailure && thrown.has(404))) throw thrown
  }
}
