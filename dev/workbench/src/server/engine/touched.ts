import type { Company, Contact, DataAttribute, DataEvent, EmulatorState, Tag } from '@intercom-destinations/emulator'
import type { Call, Side } from '../../contract'
import { isList, isObject, toName } from './json'

/** Something in Intercom that an event's requests named, before the event and after it. */
export type Touched =
  | Change<'contact', Contact>
  | Change<'company', Company>
  | Change<'event', DataEvent>
  | Change<'tag', Tag>
  | Change<'attribute', DataAttribute>

interface Change<K extends string, T> {
  readonly kind: K
  readonly id: string
  readonly before: T | undefined
  readonly after: T | undefined
}

/** Entities are never changed in place, so the lists of a moment are that moment. */
export type Snapshot = Pick<EmulatorState, 'contacts' | 'companies' | 'events' | 'tags' | 'dataAttributes'>

export const toSnapshot = ({ contacts, companies, events, tags, dataAttributes }: EmulatorState): Snapshot => ({
  contacts,
  companies,
  events,
  tags,
  dataAttributes
})

/** What a request or its answer speaks of. */
type Named =
  | { readonly kind: 'contact' | 'company' | 'tag' | 'attribute'; readonly id: string }
  | { readonly kind: 'user'; readonly externalId: string }
  | { readonly kind: 'event'; readonly name: string; readonly at: unknown }

/** What the event's own requests named, in the order of the naming. `earlier` is what an earlier try has touched. */
export function findTouched(
  { subscriptions }: Side,
  before: Snapshot,
  after: Snapshot,
  earlier: readonly Touched[] = []
): Touched[] {
  const named = subscriptions.flatMap(({ run }) => run?.calls ?? []).flatMap(namedBy)
  const touched = new Map<string, Touched>()
  for (const one of named) {
    const found = lookUp(one, before, after, [...touched.values()])
    if (found) touched.set(toKey(found), found)
  }
  return [...touched.values()].map((now) => earlier.reduce(withEarlier, now))
}

const toKey = ({ kind, id }: Touched): string => `${kind} ${id}`

/** What a first try changed already was different before that. */
function withEarlier(now: Touched, then: Touched): Touched {
  if (now.kind === 'contact' && then.kind === 'contact' && now.id === then.id) return { ...now, before: then.before }
  if (now.kind === 'company' && then.kind === 'company' && now.id === then.id) return { ...now, before: then.before }
  if (now.kind === 'event' && then.kind === 'event' && now.id === then.id) return { ...now, before: then.before }
  if (now.kind === 'tag' && then.kind === 'tag' && now.id === then.id) return { ...now, before: then.before }
  if (now.kind === 'attribute' && then.kind === 'attribute' && now.id === then.id)
    return { ...now, before: then.before }
  return now
}

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
] as const satisfies readonly (readonly [string, Named['kind']])[])

function namedBy({ body, request }: Call): Named[] {
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

function inPath(pathname: string, pattern: RegExp, kind: 'contact' | 'company' | 'tag'): Named[] {
  const id = pattern.exec(pathname)?.groups?.id
  return id === undefined ? [] : [{ kind, id }]
}

/** Intercom answers an event with nothing, so it is known by what was sent. */
function inEvent(body: unknown): Named[] {
  if (!isObject(body)) return []
  const [id, externalId, name] = [toName(body.id), toName(body.user_id), toName(body.event_name)]
  return [
    ...(id === undefined ? [] : [{ kind: 'contact' as const, id }]),
    ...(externalId === undefined ? [] : [{ kind: 'user' as const, externalId }]),
    ...(name === undefined ? [] : [{ kind: 'event' as const, name, at: body.created_at }])
  ]
}

function inAnswer(response: unknown): Named[] {
  if (!isObject(response)) return []
  // A search that finds one has found whom it was about; of several it only looked at.
  const { data } = response
  const [only, ...others] = isList(data) ? data : [response]
  if (others.length > 0 || !isObject(only)) return []
  const kind = [...KINDS].find(([type]) => type === only.type)?.[1]
  const id = toName(only.id)
  return kind === undefined || id === undefined ? [] : [{ kind, id }]
}

/** A tag is put on companies by its own request. */
function inCompanies(body: unknown): Named[] {
  const companies = isObject(body) && isList(body.companies) ? body.companies : []
  return companies.filter(isObject).flatMap((company) => {
    const id = toName(company.id)
    return id === undefined ? [] : [{ kind: 'company' as const, id }]
  })
}

function lookUp(named: Named, before: Snapshot, after: Snapshot, touched: readonly Touched[]): Touched | undefined {
  switch (named.kind) {
    case 'contact':
      return toContact(named.id, before, after)
    case 'user': {
      const isThem = ({ external_id, status }: Contact) => external_id === named.externalId && status === 'active'
      const found = after.contacts.find(isThem) ?? before.contacts.find(isThem)
      return found && toContact(found.id, before, after)
    }
    case 'company': {
      const is = ({ id }: Company) => id === named.id
      return toChange('company', named.id, before.companies.find(is), after.companies.find(is))
    }
    case 'tag': {
      const is = ({ id }: Tag) => id === named.id
      return toChange('tag', named.id, before.tags.find(is), after.tags.find(is))
    }
    case 'attribute': {
      const is = ({ id }: DataAttribute) => String(id) === named.id
      return toChange('attribute', named.id, before.dataAttributes.find(is), after.dataAttributes.find(is))
    }
    case 'event': {
      const people = touched.flatMap((one) => (one.kind === 'contact' ? one.id : []))
      const folded = named.name.toLowerCase()
      const is = ({ event_name, created_at, contactId }: DataEvent) =>
        created_at === named.at && people.includes(contactId) && event_name.toLowerCase() === folded
      const id = JSON.stringify([folded, named.at, people])
      return toChange('event', id, before.events.find(is), after.events.filter(is).at(-1))
    }
  }
}

function toContact(id: string, before: Snapshot, after: Snapshot): Touched | undefined {
  const is = (contact: Contact) => contact.id === id
  return toChange('contact', id, before.contacts.find(is), after.contacts.find(is))
}

function toChange<K extends Kind, T>(kind: K, id: string, before: T | undefined, after: T | undefined) {
  return before === undefined && after === undefined ? undefined : { kind, id, before, after }
}

type Kind = Touched['kind']
