import type {
  Company,
  Contact,
  DataAttribute,
  DataEvent,
  StoreVersion,
  Tag,
  Visitor
} from '@intercom-destinations/emulator'
import type { Side } from '../../contract'
import { findNamedEntities, type NamedEntity } from './named-entities'
import { findBoth } from './find-both'

/** An entity that an event's requests named, before the event and after it. */
export type AffectedEntity =
  | Change<'contact', Contact>
  | Change<'company', Company>
  | Change<'event', DataEvent>
  | Change<'tag', Tag>
  | Change<'attribute', DataAttribute>
  | Change<'visitor', Visitor>

interface Change<K extends string, T> {
  readonly kind: K
  readonly id: string
  readonly before: T | undefined
  readonly after: T | undefined
}

/** The entities that the event's requests named, in order. `earlier` are those that earlier attempts affected. */
export function findAffectedEntities(
  { subscriptions }: Side,
  before: StoreVersion,
  after: StoreVersion,
  earlier: readonly AffectedEntity[] = []
): AffectedEntity[] {
  const named = subscriptions.flatMap(({ run }) => run?.calls ?? []).flatMap(findNamedEntities)
  const touched = new Map<string, AffectedEntity>()
  for (const one of named) {
    const found = lookUp(one, before, after, [...touched.values()])
    if (found) touched.set(toKey(found), found)
  }
  return [...touched.values()].map((now) => earlier.reduce(withEarlier, now))
}

const toKey = ({ kind, id }: AffectedEntity): string => `${kind} ${id}`

/** The state before the first attempt counts as the state before the event. */
function withEarlier(now: AffectedEntity, then: AffectedEntity): AffectedEntity {
  if (now.kind === 'contact' && then.kind === 'contact' && now.id === then.id) return { ...now, before: then.before }
  if (now.kind === 'company' && then.kind === 'company' && now.id === then.id) return { ...now, before: then.before }
  if (now.kind === 'event' && then.kind === 'event' && now.id === then.id) return { ...now, before: then.before }
  if (now.kind === 'tag' && then.kind === 'tag' && now.id === then.id) return { ...now, before: then.before }
  if (now.kind === 'attribute' && then.kind === 'attribute' && now.id === then.id)
    return { ...now, before: then.before }
  return now
}

function lookUp(
  named: NamedEntity,
  before: StoreVersion,
  after: StoreVersion,
  touched: readonly AffectedEntity[]
): AffectedEntity | undefined {
  switch (named.kind) {
    case 'contact':
      return toContact(named.id, before, after)
    case 'user': {
      const isThem = ({ external_id, status }: Contact) => external_id === named.externalId && status === 'active'
      const { before: then, after: now } = findBoth(before.contacts, after.contacts, isThem)
      const found = now ?? then
      return found && toContact(found.id, before, after)
    }
    case 'company':
      return toChange('company', named.id, findBoth(before.companies, after.companies, hasId(named.id)))
    case 'tag':
      return toChange('tag', named.id, findBoth(before.tags, after.tags, hasId(named.id)))
    case 'attribute':
      return toChange('attribute', named.id, findBoth(before.dataAttributes, after.dataAttributes, hasId(named.id)))
    case 'event': {
      const people = touched.flatMap((one) => (one.kind === 'contact' ? one.id : []))
      const folded = named.name.toLowerCase()
      const is = ({ event_name, created_at, contactId }: DataEvent) =>
        created_at === named.at && people.includes(contactId) && event_name.toLowerCase() === folded
      return toChange('event', JSON.stringify([folded, named.at, people]), findBoth(before.events, after.events, is))
    }
  }
}

const toContact = (id: string, before: StoreVersion, after: StoreVersion): AffectedEntity | undefined =>
  toChange('contact', id, findBoth(before.contacts, after.contacts, hasId(id)))

const hasId =
  (id: string) =>
  (one: { readonly id: string | number }): boolean =>
    String(one.id) === id

type Kind = AffectedEntity['kind']

function toChange<K extends Kind, T>(kind: K, id: string, both: { before: T | undefined; after: T | undefined }) {
  return both.before === undefined && both.after === undefined ? undefined : { kind, id, ...both }
}
