import { isAbsent, toEmail, toText, type UnixSeconds } from '@intercom-destinations/shared-mapping'
import type { EventBody } from './api'
import { AttributeWriter } from './attributes'
import { isYoung } from './clock'
import { findContact, followMerged, resolveContact } from './contacts'
import { personNotYetThere, refusal } from './errors'
import { IntercomFailure } from './failure'
import type { ContactKey } from './lookup'
import { toPersonKeys, type PersonKey } from './person-key'
import type { Session } from './session'
import { toTimes } from './superseded'

/** Whom an event is about, in the order in which the mapping's fields count. */
export type EventKey = { by: 'id'; id: string } | { by: 'user_id'; user_id: string } | { by: 'email'; email: string }

/** What the mapping wants for a person whom Intercom does not know. */
export type UnknownContact = 'retry' | 'create' | 'fail'

/** A saved mapping without the field tries again (the catalog contract's safe choice). */
export function toUnknownContact(value: unknown): UnknownContact {
  return value === 'create' || value === 'fail' ? value : 'retry'
}

/** Contact ID, else user ID, else e-mail address; `undefined` where none can be read. */
export function toEventKey(fields: { id?: unknown; user_id?: unknown; email?: unknown }): EventKey | undefined {
  const id = toText(fields.id)
  if (!isAbsent(id)) return { by: 'id', id }
  const user_id = toText(fields.user_id)
  if (!isAbsent(user_id)) return { by: 'user_id', user_id }
  const email = toEmail(fields.email)
  return email === undefined ? undefined : { by: 'email', email }
}

/** An event without its person. */
export type UnaddressedEvent = Pick<EventBody, 'event_name' | 'created_at' | 'metadata'>

export interface EventDelivery {
  key: EventKey
  event: UnaddressedEvent
  unknown: UnknownContact
  /** When it happened: the measure of how long to wait for the person. */
  happenedAt: UnixSeconds
}

export function toPersonKey(key: EventKey): PersonKey {
  return key.by === 'id' ? { id: key.id } : toContactKey(key)
}

export const SAME_SECOND = Symbol('an event of the same name, person and second went out already')

/**
 * Submits the event, unless this batch has one of the same name, person and second: those three are what Intercom knows
 * an event by (OpenAPI 2.16, POST /events), and names differ in more than their case. Only what went out counts.
 */
export async function deliverOncePerSecond(
  session: Session,
  delivery: EventDelivery
): Promise<string | undefined | typeof SAME_SECOND> {
  const { key, event } = delivery
  // Under every name that the person has: the first event may make them known by another one.
  const names = toPersonKeys(session, toPersonKey(key)).map((person) =>
    JSON.stringify([person, event.event_name.toLowerCase(), event.created_at])
  )
  if (names.some((name) => session.seconds.has(name))) return SAME_SECOND
  for (const name of names) session.seconds.add(name)
  try {
    return await deliverEvent(session, delivery)
  } catch (thrown) {
    for (const name of names) session.seconds.delete(name)
    throw thrown
  }
}

/** Submits the event; answers Intercom's id of the person where it is known. */
async function deliverEvent(session: Session, delivery: EventDelivery): Promise<string | undefined> {
  const first = await submit(session, delivery)
  if (first.known) return first.contactId
  switch (delivery.unknown) {
    case 'fail':
      throw refusal('contact-unknown')
    case 'create':
      return createAndSubmit(session, delivery)
    case 'retry':
      throw isYoung(delivery.happenedAt, session.clock) ? personNotYetThere() : refusal('contact-unknown')
  }
}

type Submission = { known: true; contactId: string | undefined } | { known: false }

async function submit(session: Session, { key, event }: EventDelivery): Promise<Submission> {
  const { api, memory } = session
  const isTaken = (id: string) =>
    isDelivered(() => followMerged(id, (contact) => api.submitEvent({ ...event, id: contact })))
  if (key.by === 'user_id') {
    const known = memory.findPerson('external_id', key.user_id)?.contact
    // Intercom does not know a lead by the customer's user id.
    if (known?.role === 'lead') {
      if (await isTaken(known.id)) return { known: true, contactId: known.id }
      memory.forgetPerson(known.id)
    }
    const isKnown = await isDelivered(() => api.submitEvent({ ...event, user_id: key.user_id }))
    return isKnown ? { known: true, contactId: known?.role === 'user' ? known.id : undefined } : { known: false }
  }
  if (key.by === 'id') return (await isTaken(key.id)) ? { known: true, contactId: key.id } : { known: false }
  const remembered = memory.findPerson('email', key.email)?.contact
  if (remembered) {
    if (await isTaken(remembered.id)) return { known: true, contactId: remembered.id }
    memory.forgetPerson(remembered.id)
  }
  const id = await findIdByEmail(session, key.email)
  if (id === undefined) return { known: false }
  if (await isTaken(id)) return { known: true, contactId: id }
  memory.forgetPerson(id)
  return { known: false }
}

/** The one contact with this address. Intercom would take the address itself, but answers a conflict for two users. */
async function findIdByEmail(session: Session, email: string): Promise<string | undefined> {
  const match = await findContact(session, { email })
  if (match.kind === 'many') throw refusal('several-users')
  return match.kind === 'one' ? match.contact.id : undefined
}

async function isDelivered(call: () => Promise<void>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (thrown) {
    if (thrown instanceof IntercomFailure && thrown.has(404)) return false
    throw thrown
  }
}

/** An event creates nobody by itself, so the person is created from what identifies them, and the event sent again. */
async function createAndSubmit(session: Session, { key, event }: EventDelivery): Promise<string> {
  // Intercom gives its ids itself; one that it does not know cannot be created.
  if (key.by === 'id') throw refusal('contact-unknown')
  const who = toContactKey(key)
  const body = who.email === undefined ? {} : { email: who.email }
  const { contact } = await resolveContact(session, {
    identity: { kind: 'user', ...who },
    body,
    custom: {},
    times: toTimes(body, {}, undefined),
    attributes: new AttributeWriter(session, 'contact', 'leave_out', []),
    losses: []
  })
  const addressed: EventBody = key.by === 'user_id' ? { ...event, user_id: key.user_id } : { ...event, id: contact.id }
  if (!(await isDelivered(() => session.api.submitEvent(addressed)))) throw personNotYetThere()
  return contact.id
}

function toContactKey(key: Exclude<EventKey, { by: 'id' }>): ContactKey {
  if (key.by === 'email') return { email: key.email }
  // Not with the address beside it: in an event's properties it may be somebody else's, who was invited, say.
  return { external_id: key.user_id }
}
