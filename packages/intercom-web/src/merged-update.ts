import type { Loss } from '@intercom-destinations/shared-mapping'
import type { MessengerCompany, UpdateBody } from './messenger'

/** Who the person is, and the proof of it. */
export const IDENTITY_KEYS = ['user_id', 'email', 'user_hash', 'intercom_user_jwt']

/** Two updates as one: of every attribute the newer value, of several companies each; no proof for another's user id. */
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

export function companiesOf({ company, companies = [] }: UpdateBody): MessengerCompany[] {
  return company ? [...companies, company] : companies
}

/** A company that comes without a name has the one that was said last: the id in its place would rename it. */
export function withCompanyNames(body: UpdateBody, said: ReadonlyMap<string, string>): UpdateBody {
  const saidNow = toStatements(body)
  const named = (company: MessengerCompany): MessengerCompany => {
    const place = placeOf(company, 'name')
    const known: unknown = JSON.parse(saidNow.get(place) ?? said.get(place) ?? 'null')
    return typeof known === 'string' ? { name: known, ...company } : company
  }
  const { company, companies } = body
  return { ...body, ...(company && { company: named(company) }), ...(companies && { companies: companies.map(named) }) }
}

/** Companies without a name that are said for the first time: if Intercom does not know them, it may ignore them. */
export function unnamedCompanies({ company, companies = [] }: UpdateBody, said: ReadonlyMap<string, string>): Loss[] {
  const isUnnamed = (one: MessengerCompany) => one.name === undefined && !said.has(placeOf(one, 'company_id'))
  return [
    ...(company && isUnnamed(company) ? ['company'] : []),
    ...companies.flatMap((one, index) => (isUnnamed(one) ? [`companies[${index}]`] : []))
  ].map((path) => ({ path, reason: 'unnamed-company' }))
}

function placeOf({ company_id }: MessengerCompany, name: string): string {
  return JSON.stringify(['company', company_id, name])
}

/** Who left a company and is put into it again is in it. */
function withoutRemoval(company: MessengerCompany | undefined): Partial<MessengerCompany> {
  const { remove: _, ...rest } = company ?? {}
  return rest
}

/**
 * Everything that an update says, one entry for each attribute, a company's under its id. The time of the request is
 * none: it is different every time and says nothing about the person.
 */
export function toStatements({
  company,
  companies,
  last_request_at: _,
  ...attributes
}: UpdateBody): Map<string, string> {
  const statements = new Map<string, string>()
  const state = (place: string[], values: object) => {
    for (const [name, value] of Object.entries(values))
      statements.set(JSON.stringify([...place, name]), JSON.stringify(value))
  }
  state([], attributes)
  for (const one of companiesOf({ company, companies })) state(['company', one.company_id], { remove: false, ...one })
  return statements
}

const IDENTITY_PLACES = new Set(IDENTITY_KEYS.map((key) => JSON.stringify([key])))

/** What an update says that was not said before; `identity` where it is about who the person is. */
export function toNews(body: UpdateBody, said: ReadonlyMap<string, string>): 'identity' | 'change' | undefined {
  const news = [...toStatements(body)].filter(([place, value]) => said.get(place) !== value)
  if (news.some(([place]) => IDENTITY_PLACES.has(place))) return 'identity'
  return news.length > 0 ? 'change' : undefined
}
