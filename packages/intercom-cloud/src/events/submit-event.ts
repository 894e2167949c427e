import {
  isAbsent,
  toEmail,
  toText,
  withoutUndefined,
  type Loss,
  type UnixSeconds
} from '@intercom-destinations/shared-mapping'
import { isWithinRetryWindow } from '../clock'
import { createFromIds } from '../contacts/create-from-ids'
import type { DeliveryReport } from '../delivery-report'
import { contactNotFoundYet, permanentError } from '../errors'
import { EventWriter, type UnaddressedEvent } from './event-writer'
import { NOT_FOUND } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'
import { findContact } from '../contacts/find-contact'
import type { ContactKey } from '../contacts/contact-search'
import { followMerged } from '../contacts/merge-leads'
import { toPersonKeys, toPersonRecords, type PersonKey } from '../batch/person-keys'
import { runTurn, type CallContext } from '../state/call-context'

/** The person of an event, by the field that takes precedence. */
export type EventKey =
  | { by: 'id'; id: string }
  /** `anonymousId`: the external ID that the person may have had before. */
  | { by: 'user_id'; user_id: string; anonymousId?: string }
  | { by: 'email'; email: string }

/** What the mapping chooses for an unknown contact. */
export type UnknownContact = 'retry' | 'create' | 'fail'

/** Saved mappings without the field retry (docs/catalog-contract.md). */
export function toUnknownContact(value: unknown): UnknownContact {
  return value === 'create' || value === 'fail' ? value : 'retry'
}

/** Contact ID, else user ID or the anonymous id in its place, else e-mail address; `undefined` if none is usable. */
export function toEventKey(
  fields: { id?: unknown; user_id?: unknown; email?: unknown },
  anonymousId?: string
): EventKey | undefined {
  const id = toText(fields.id)
  if (!isAbsent(id)) return { by: 'id', id }
  const user_id = toText(fields.user_id)
  if (!isAbsent(user_id)) return { by: 'user_id', user_id, ...withoutUndefined({ anonymousId }) }
  if (anonymousId !== undefined) return { by: 'user_id', user_id: anonymousId }
  const email = toEmail(fields.email)
  return email === undefined ? undefined : { by: 'email', email }
}

/** An event to submit. */
export interface EventDelivery {
  key: EventKey
  event: UnaddressedEvent
  unknown: UnknownContact
  /** Decides how long the event is retried for an unknown contact. */
  happenedAt: UnixSeconds
  /** Losses and doubtful values of the mapping. */
  losses: readonly Loss[]
}

export function toPersonKey(key: EventKey): PersonKey {
  return key.by === 'id' ? { id: key.id } : toContactKey(key)
}

/** An event with the same name, person and second was submitted already. */
export const SAME_SECOND = Symbol('same-second event')

/**
 * Submits the event, unless one with the same name, person and second was submitted within the last hour. Intercom
 * identifies an event by these three (OpenAPI 2.16, POST /events) and ignores case in names. Only successful submissions
 * count. Events that may be the same one are submitted one at a time.
 */
export async function submitOncePerSecond(
  context: CallContext,
  delivery: EventDelivery
): Promise<DeliveryReport | typeof SAME_SECOND> {
  const { key, event } = delivery
  // One record for each id of the person, because the first event may make the contact known by another id.
  const toRecords = (turn: CallContext, contactId?: string) =>
    [...toPersonKeys(turn, toPersonKey(key)), ...(contactId === undefined ? [] : [`id ${contactId}`])].map(
      (personKey) =>
        turn.cache.names.of('event', JSON.stringify([personKey, event.event_name.toLowerCase(), event.created_at]))
    )
  const locked = toRecords(context)
  return runTurn(context, { locked, read: toPersonRecords(context, toPersonKey(key)) }, async (turn) => {
    if (turn.cache.wasEventSubmitted(locked)) return SAME_SECOND
    const report = await submitOrCreateContact(turn, delivery)
    turn.cache.markEventSubmitted([...new Set([...locked, ...toRecords(turn, report.contactId)])])
    return report
  })
}

/** Submits the event, or handles an unknown contact as the mapping chooses. */
async function submitOrCreateContact(context: CallContext, delivery: EventDelivery): Promise<DeliveryReport> {
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
  const isAccepted = (id: string) =>
    isDelivered(() => followMerged(id, (contactId) => writer.submit({ id: contactId })))
  if (key.by === 'user_id') {
    const cached = cache.findContact('external_id', key.user_id)?.contact
    // Intercom does not find a lead by Segment's user id.
    if (cached?.role === 'lead') {
      if (await isAccepted(cached.id)) return { known: true, contactId: cached.id }
      cache.evictContact(cached.id)
    }
    const isKnown = await isDelivered(() => writer.submit({ user_id: key.user_id }))
    return isKnown ? { known: true, contactId: cached?.role === 'user' ? cached.id : undefined } : { known: false }
  }
  if (key.by === 'id') return (await isAccepted(key.id)) ? { known: true, contactId: key.id } : { known: false }
  const isCached = cache.findContact('email', key.email) !== undefined
  const id = await findIdByEmail(context, key.email)
  if (id === undefined) return { known: false }
  if (await isAccepted(id)) return { known: true, contactId: id }
  cache.evictContact(id)
  // An outdated cached contact is searched again, once.
  return isCached ? submit(context, key, writer) : { known: false }
}

/** The one contact with this address. Intercom would accept the address itself, but rejects it if two users share it. */
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
    if (hasStatus(thrown, NOT_FOUND)) return false
    throw thrown
  }
}

/** Creates the contact from the ids of the event, and submits the event again. */
async function createAndSubmit(context: CallContext, key: EventKey, writer: EventWriter): Promise<string> {
  // Intercom assigns its own ids, so an unknown one cannot be created.
  if (key.by === 'id') throw permanentError('contact-unknown')
  const { id } = await createFromIds(context, toContactKey(key))
  const person = key.by === 'user_id' ? { user_id: key.user_id } : { id }
  if (!(await isDelivered(() => writer.submit(person)))) throw contactNotFoundYet()
  return id
}

function toContactKey(key: Exclude<EventKey, { by: 'id' }>): ContactKey {
  if (key.by === 'email') return { email: key.email }
  // Without the address: in the properties of an event it may be another person's, for example one who was invited.
  return { external_id: key.user_id, ...withoutUndefined({ anonymous_id: key.anonymousId }) }
}
