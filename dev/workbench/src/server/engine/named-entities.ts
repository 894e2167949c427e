import type { Call } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { isList, toName } from './json'

/** An entity that a request or its answer names. */
export type NamedEntity =
  | { readonly kind: 'contact' | 'company' | 'tag' | 'attribute'; readonly id: string }
  | { readonly kind: 'user'; readonly externalId: string }
  | { readonly kind: 'event'; readonly name: string; readonly at: unknown }

const CONTACT_IN_PATH = /^\/contacts\/(?!search$|merge$|find_by_external_id\/)(?<id>[^/]+)/
const COMPANY_IN_PATH = /\/companies\/(?<id>[^/]+)$/
const TAG_IN_PATH = /\/tags\/(?<id>[^/]+)$/

const KINDS = new Map([
  ['contact', 'contact'],
  ['user', 'contact'],
  ['lead', 'contact'],
  ['company', 'company'],
  ['tag', 'tag'],
  ['data_attribute', 'attribute']
] as const satisfies readonly (readonly [string, NamedEntity['kind']])[])

/** The entities that a request names in its path, its body and its answer. */
export function findNamedEntities({ body, request }: Call): NamedEntity[] {
  if (!request) return []
  const { pathname } = new URL(request.url)
  return [
    ...inPath(pathname, CONTACT_IN_PATH, 'contact'),
    ...inPath(pathname, COMPANY_IN_PATH, 'company'),
    ...inPath(pathname, TAG_IN_PATH, 'tag'),
    ...(pathname === '/events' ? inEvent(body) : []),
    ...inAnswer(request.response),
    ...inCompanies(body)
  ]
}

function inPath(pathname: string, pattern: RegExp, kind: 'contact' | 'company' | 'tag'): NamedEntity[] {
  const id = pattern.exec(pathname)?.groups?.id
  return id === undefined ? [] : [{ kind, id }]
}

/** Intercom's answer to an event is empty, so the event is identified by the request. */
function inEvent(body: unknown): NamedEntity[] {
  if (!isJsonObject(body)) return []
  const [id, externalId, name] = [toName(body.id), toName(body.user_id), toName(body.event_name)]
  return [
    ...(id === undefined ? [] : [{ kind: 'contact' as const, id }]),
    ...(externalId === undefined ? [] : [{ kind: 'user' as const, externalId }]),
    ...(name === undefined ? [] : [{ kind: 'event' as const, name, at: body.created_at }])
  ]
}

function inAnswer(response: unknown): NamedEntity[] {
  if (!isJsonObject(response)) return []
  // A search with one result found its contact; with several it identified none.
  const { data } = response
  const [only, ...others] = isList(data) ? data : [response]
  if (others.length > 0 || !isJsonObject(only)) return []
  const kind = [...KINDS].find(([type]) => type === only.type)?.[1]
  const id = toName(only.id)
  return kind === undefined || id === undefined ? [] : [{ kind, id }]
}

/** A request for a tag lists the companies that get it. */
function inCompanies(body: unknown): NamedEntity[] {
  const companies = isJsonObject(body) && isList(body.companies) ? body.companies : []
  return companies.filter(isJsonObject).flatMap((company) => {
    const id = toName(company.id)
    return id === undefined ? [] : [{ kind: 'company' as const, id }]
  })
}
