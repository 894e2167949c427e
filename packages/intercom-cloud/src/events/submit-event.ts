import {
  isAbsent,
  toEmail,
  toText,
  withoutUndefined,
  type Loss,
  type UnixSeconds
} from '@intercom-destinations/shared-mapping'
import { AttributeWriter } from '../attributes/attribute-writer'
import { isWithinRetryWindow } from '../clock'
import { upsertContact } from '../contacts/upsert-contact'
import type { DeliveryReport } from '../delivery-report'
import { contactNotFoundYet, permanentError } from '../errors'
import { EventWriter, type UnaddressedEvent } from './event-writer'
import { IntercomApiError } from '../client/intercom-api-error'
import { findContact } from '../contacts/find-contact'
import type { ContactKey } from '../contacts/contact-search'
import { followMerged } from '../contacts/merge-leads'
import { toPersonKeys, type PersonKey } from '../batch/person-keys'
import type { CallContext } from '../state/call-context'
import { toTimes } from '../state/stale-writes'

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

export interface EventDelivery {
  key: EventKey
  event: UnaddressedEvent
  unknown: UnknownContact
  /** When it happened: the measure of how long to wait for the person. */
  happenedAt: UnixSeconds
  /** What was lost, or is in doubt, before anything was sent. */
  losses: readonly Loss[]
}

export function toPersonKey(key: EventKey): PersonKey {
  return key.by === 'id' ? { id: key.id } : toContactKey(key)
}

export const SAME_SECOND = Symbol('an event of the same name, person and second went out already')

/**
 * Submits the event, unless one of the same name, person and second went out a short while ago: those three are what
 * Intercom knows an event by (OpenAPI 2.16, POST /events), and names differ in more than their case. Only what went out
 * counts. Events that may be one take turns.
 */
export async function deliverOncePerSecond(
  context: CallContext,
  delivery: EventDelivery
): Promise<DeliveryReport | typeof SAME_SECOND> {
  const { cache } = context
  const { key, event } = delivery
  // Under every name that the person has: the first event may make them known by another one.
  const toNames = (contactId?: string) =>
    [...toPersonKeys(context, toPersonKey(key)), ...(contactId === undefined ? [] : [`id ${contactId}`])].map(
      (person) => JSON.stringify([person, event.event_name.toLowerCase(), event.created_at])
    )
  const names = toNames()
  return cache.mutex.runExclusive(names, async () => {
    if (cache.wasEventSubmitted(names)) return SAME_SECOND
    const report = await deliverEvent(context, delivery)
    cache.markEventSubmitted([...new Set([...names, ...toNames(report.contactId)])])
    return report
  })
}

/** Submits the event; the report names the contact where it is known. */
async function deliverEvent(context: CallContext, delivery: EventDelivery): Promise<DeliveryReport> {
  const losses = [...delivery.losses]
  const writer = new EventWriter(context.client, delivery.event, losses)
  const first = await submit(context, delivery.key, writer)
  if (first.known) return { ...withoutUndefined({ contactId: first.contactId }), losses }
  switch (delivery.unknown) {
    case 'fail':
      throw permanentError('contact-unknown')
    case 'create':
      return { contactId: await createAndSubmit(context, delivery.key, writer), losses }
    case 'retry':
      throw isWithinRetryWindow(delivery.happenedAt, context.clock)
        ? contactNotFoundYet()
        : permanentError('contact-unknown')
  }
}

type Submission = { known: true; contactId: string | undefined } | { known: false }

async function submit(context: CallContext, key: EventKey, writer: EventWriter): Promise<Submission> {
  const { cache } = context
  const isTaken = (id: string) => isDelivered(() => followMerged(id, (contact) => writer.submit({ id: contact })))
  if (key.by === 'user_id') {
    const known = cache.findContact('external_id', key.user_id)?.contact
    // Intercom does not know a lead by the customer's user id.
    if (known?.role === 'lead') {
      if (await isTaken(known.id)) return { known: true, contactId: known.id }
      cache.evictContact(known.id)
    }
    const isKnown = await isDelivered(() => writer.submit({ user_id: key.user_id }))
    return isKnown ? { known: true, contactId: known?.role === 'user' ? known.id : undefined } : { known: false }
  }
  if (key.by === 'id') return (await isTaken(key.id)) ? { known: true, contactId: key.id } : { known: false }
  const isRemembered = cache.findContact('email', key.email) !== undefined
  const id = await findIdByEmail(context, key.email)
  if (id === undefined) return { known: false }
  if (await isTaken(id)) return { known: true, contactId: id }
  cache.evictContact(id)
  // What was remembered is looked up again, once.
  return isRemembered ? submit(context, key, writer) : { known: false }
}

/** The one contact with this address. Intercom would take the address itself, but answers a conflict for two users. */
async function findIdByEmail(context: CallContext, email: string): Promise<string | undefined> {
  const match = await findContact(context, { email })
  if (match.kind === 'many') throw permanentError('several-users')
  return match.kind === 'one' ? match.contact.id : undefined
}

async function isDelivered(call: () => Promise<void>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (thrown) {
    if (thrown instanceof IntercomApiError && thrown.status === 404) return false
    throw thrown
  }
}

/** An event creates nobody by itself, so the person is created from what identifies them, and the event sent again. */
async function createAndSubmit(context: CallContext, key: EventKey, writer: EventWriter): Promise<string> {
  // Intercom gives its ids itself; one that it does not know cannot be created.
  if (key.by === 'id') throw permanentError('contact-unknown')
  const who = toContactKey(key)
  const body = who.email === undefined ? {} : { email: who.email }
  const { contact } = await upsertContact(context, {
    identity: { kind: 'user', ...who },
    body,
    custom: {},
    times: toTimes(body, {}, undefined),
    attributes: new AttributeWriter(context, {
      model: 'contact',
      unknown: 'leave_out',
      losses: [],
      identity: ['email']
    }),
    losses: []
  })
  const person = key.by === 'user_id' ? { user_id: key.user_id } : { id: contact.id }
  if (!(await isDelivered(() => writer.submit(person)))) throw contactNotFoundYet()
  return contact.id
}

function toContactKey(key: Exclude<EventKey, { by: 'id' }>): ContactKey {
  if (key.by === 'email') return { email: key.email }
  // Not with the address beside it: in an event's properties it may be somebody else's, who was invited, say.
  return { external_id: key.user_id }
}
