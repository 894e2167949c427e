import type { Loss } from '@intercom-destinations/shared-mapping'
import type { MessengerCompany, UpdateBody } from './messenger'

/** The keys that name the person or prove their identity. */
export const IDENTITY_KEYS = ['user_id', 'email', 'user_hash', 'intercom_user_jwt']

/**
 * Merges two updates: the newer value of every attribute, and every company. The older proof is dropped if the newer
 * update names another user id.
 */
export function mergeUpdates(older: UpdateBody, newer: UpdateBody): UpdateBody {
  const { user_hash: _hash, intercom_user_jwt: _jwt, ...unproved } = older
  const isSamePerson = (newer.user_id ?? older.user_id) === older.user_id
  const byId = new Map<string, MessengerCompany>()
  for (const company of [...companiesOf(older), ...companiesOf(newer)])
    byId.set(company.company_id, { ...withoutRemoval(byId.get(company.company_id)), ...company })
  const { company: _company, companies, ...attributes } = { ...(isSamePerson ? older : unproved), ...newer }
  const merged = [...byId.values()]
  const [only] = merged
  if (!only) return attributes
  return { ...attributes, ...(merged.length > 1 || companies ? { companies: merged } : { company: only }) }
}

function companiesOf({ company, companies = [] }: UpdateBody): MessengerCompany[] {
  return company ? [...companies, company] : companies
}

/** Adds the last name sent for a company that has none: with the id in its place, Intercom would rename the company. */
export function withCompanyNames(body: UpdateBody, sent: ReadonlyMap<string, string>): UpdateBody {
  const statements = toStatements(body)
  const withName = (company: MessengerCompany): MessengerCompany => {
    const key = companyKey(company, 'name')
    const name: unknown = JSON.parse(statements.get(key) ?? sent.get(key) ?? 'null')
    return typeof name === 'string' ? { name, ...company } : company
  }
  const { company, companies } = body
  return {
    ...body,
    ...(company && { company: withName(company) }),
    ...(companies && { companies: companies.map(withName) })
  }
}

/** Companies without a name that were never sent before. Intercom may ignore them if it does not know them. */
export function unnamedCompanies({ company, companies = [] }: UpdateBody, sent: ReadonlyMap<string, string>): Loss[] {
  const isUnnamed = (one: MessengerCompany) => one.name === undefined && !sent.has(companyKey(one, 'company_id'))
  return [
    ...(company && isUnnamed(company) ? ['company'] : []),
    ...companies.flatMap((one, index) => (isUnnamed(one) ? [`companies[${index}]`] : []))
  ].map((path) => ({ path, reason: 'unnamed-company' }))
}

function companyKey({ company_id }: MessengerCompany, name: string): string {
  return JSON.stringify(['company', company_id, name])
}

/** A person who left a company and joins it again is a member. */
function withoutRemoval(company: MessengerCompany | undefined): Partial<MessengerCompany> {
  const { remove: _, ...rest } = company ?? {}
  return rest
}

/**
 * The content of an update as key and value, one entry for each attribute; a company's attributes are under its id.
 * `last_request_at` is left out: it differs every time and is no attribute of the person.
 */
export function toStatements({
  company,
  companies,
  last_request_at: _,
  ...attributes
}: UpdateBody): Map<string, string> {
  const statements = new Map<string, string>()
  const add = (path: string[], values: object) => {
    for (const [name, value] of Object.entries(values))
      statements.set(JSON.stringify([...path, name]), JSON.stringify(value))
  }
  add([], attributes)
  for (const one of companiesOf({ company, companies })) add(['company', one.company_id], { remove: false, ...one })
  return statements
}

const IDENTITY_STATEMENTS = new Set(IDENTITY_KEYS.map((key) => JSON.stringify([key])))

/** What an update changes compared to what was sent: the identity, other attributes, or nothing. */
export function classifyChange(body: UpdateBody, sent: ReadonlyMap<string, string>): 'identity' | 'change' | undefined {
  const changed = [...toStatements(body)].filter(([key, value]) => sent.get(key) !== value)
  if (changed.some(([key]) => IDENTITY_STATEMENTS.has(key))) return 'identity'
  return changed.length > 0 ? 'change' : undefined
}
