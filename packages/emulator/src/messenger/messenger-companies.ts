import { isBody, type Body } from '../http/call'
import { readLongText, readSeconds, readSize, readText } from '../model/assumed-validation'
import { blankCompany } from '../model/company-rules'
import type { Company } from '../model/entities'
import { COMPANIES_PER_CONTACT, MONTHLY_SPEND_MAX } from '../model/limits'
import type { Workspace } from '../model/workspace'
import { readId, readOwnAttributes, usable } from './messenger-values'

const FIELDS: ReadonlySet<string> = new Set([
  ...['id', 'company_id', 'name', 'plan', 'size', 'website', 'industry', 'monthly_spend', 'created_at', 'remove']
])

/** Writes the companies of a ping. Returns the ids of the companies that its person has afterwards. */
export const attachCompanies = (
  before: readonly string[],
  { company, companies }: Body,
  workspace: Workspace
): readonly string[] => {
  const several: unknown[] = Array.isArray(companies) ? companies : []
  const sent = [company, ...several].filter(isBody)
  const ids = new Set(before)
  for (const one of sent) {
    const id = readId(one.company_id ?? one.id, workspace.unknowns)
    if (id === undefined) continue
    const known = workspace.store.companyWithCompanyId(id)
    if (one.remove === true) {
      if (known) ids.delete(known.id)
      continue
    }
    // docs/intercom.md, Messenger: a new company needs a name as well.
    const written = known || typeof one.name === 'string' ? putCompany(id, known, one, workspace) : undefined
    if (written && ids.size < COMPANIES_PER_CONTACT) ids.add(written.id)
  }
  return [...ids]
}

function putCompany(companyId: string, known: Company | undefined, sent: Body, workspace: Workspace): Company {
  const { store, ids, now, unknowns } = workspace
  const { monthly_spend: spend } = sent
  const read = {
    name: usable(() => readText(sent.name, 'name', unknowns)),
    plan: usable(() => readText(sent.plan, 'plan', unknowns)),
    size: usable(() => readSize(sent.size, 'size')),
    website: usable(() => readLongText(sent.website, 'website')),
    industry: usable(() => readText(sent.industry, 'industry', unknowns)),
    monthly_spend: typeof spend === 'number' && Math.abs(spend) <= MONTHLY_SPEND_MAX ? Math.trunc(spend) : undefined,
    remote_created_at: usable(() => readSeconds(sent.created_at, 'created_at', unknowns))
  }
  const base = known ?? blankCompany(ids.company(), companyId, now())
  const own = readOwnAttributes(sent, (name) => FIELDS.has(name), 'company', workspace)
  return store.putCompany({
    ...base,
    ...Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)),
    custom_attributes: { ...base.custom_attributes, ...own },
    last_request_at: now(),
    updated_at: now()
  })
}
