import {
  isAbsent,
  readOrLose,
  toBoolean,
  toRecord,
  toText,
  withoutUndefined,
  type Loss
} from '@intercom-destinations/shared-mapping'
import { toEventTime, type Clock } from '../clock'
import type { Person } from '../contacts/find-people'
import { readPerson } from '../contacts/read-person'
import { toUnknownContact, type UnknownContact } from '../events/submit-event'

/** A person who entered an audience or left it. */
export interface TagChange {
  kind: 'change'
  person: Person
  tag: string
  isMember: boolean
  unknown: UnknownContact
  /** Time of the event in Unix seconds. */
  time?: number
  losses: readonly Loss[]
}

/** An event that is about no audience. */
export interface Skipped {
  kind: 'skipped'
  losses: Loss[]
}

/** The fields of the action, of any type. */
export interface AudienceInput {
  external_id?: unknown
  email?: unknown
  contact_id?: unknown
  external_ids?: unknown
  audience_key?: unknown
  traits_or_properties?: unknown
  membership?: unknown
  tag_name?: unknown
  tag_prefix?: unknown
  unknown_contact?: unknown
  event_time?: unknown
}

/** Reads a change. Throws for an event that names no person. `known`: what actions-core says about the membership. */
export function readChange(input: AudienceInput, clock: Clock, known: boolean | undefined): TagChange | Skipped {
  const losses: Loss[] = []
  const name = readOrLose(losses, 'tag_name', input.tag_name, toText, 'not-text') ?? toText(input.audience_key) ?? ''
  if (name.trim() === '') return { kind: 'skipped', losses: [...losses, { path: 'tag_name', reason: 'no-audience' }] }
  const prefix = readOrLose(losses, 'tag_prefix', input.tag_prefix, toText, 'not-text') ?? ''
  const mapped = readOrLose(losses, 'membership', input.membership, toBoolean, 'not-a-boolean')
  const isMember = mapped ?? known ?? toBoolean(findOwn(input.traits_or_properties, toText(input.audience_key)))
  if (isMember === undefined)
    return { kind: 'skipped', losses: [...losses, { path: 'membership', reason: 'no-membership' }] }
  const time = toEventTime(input.event_time, clock)
  return {
    kind: 'change',
    person: readPerson({ ...input, listed: toListedIds(input.external_ids) }, losses),
    tag: `${prefix}${name}`.trim(),
    isMember,
    unknown: toUnknownContact(input.unknown_contact),
    losses,
    ...withoutUndefined({ time })
  }
}

/** The audience's key comes from outside, so it must not reach a prototype. */
function findOwn(values: unknown, key: string | undefined): unknown {
  const record: Record<string, unknown> = toRecord(values) ?? {}
  return Object.entries(record).find(([name]) => name === key)?.[1]
}

/** The first id of each type in Segment's lists: `{ type: 'user_id', id: 'u1' }`. */
function toListedIds(lists: unknown): ReadonlyMap<string, unknown> {
  const items = Object.values(toRecord(lists) ?? {}).flatMap((list: unknown): unknown[] =>
    Array.isArray(list) ? Array.from<unknown>(list) : []
  )
  const ids = new Map<string, unknown>()
  for (const item of items) {
    const { type, id } = toRecord(item) ?? {}
    if (typeof type === 'string' && !isAbsent(id) && !ids.has(type)) ids.set(type, id)
  }
  return ids
}
