import type { ActionDefinition } from '@segment/actions-core'
import { asText, buildEvent, eventFields, toText, toUnixSeconds } from '@intercom-destinations/shared-mapping'
import {
  allowed_event_names,
  batch_size,
  enable_batching,
  event_contact_id,
  event_email,
  event_time,
  event_user_id,
  unknown_contact
} from '../delivery-fields'
import type { Environment } from '../environment'
import { refusal } from '../errors'
import { deliverEvent, toEventKey, toUnknownContact } from '../events'
import type { Settings } from '../generated-types'
import { toPerform, type Send } from '../perform'
import type { Payload } from './generated-types'

const METADATA_RULES = { richLinks: 'any', usedElsewhere: ['email'] } as const

/** Submits an event about a person. */
export default function trackEvent(environment: Environment): ActionDefinition<Settings, Payload> {
  return {
    title: 'Track Event',
    description: 'Submit an event about a person to Intercom.',
    defaultSubscription: 'type = "track"',
    fields: {
      event_name: eventFields.event_name,
      created_at: eventFields.event_created_at,
      user_id: event_user_id,
      email: event_email,
      id: event_contact_id,
      revenue: asText(eventFields.revenue),
      currency: eventFields.currency,
      metadata: eventFields.metadata,
      unknown_contact,
      allowed_event_names,
      enable_batching,
      batch_size,
      event_time
    },
    ...toPerform(environment, 'trackEvent', send)
  }
}

const send: Send<Payload> = async (session, payload) => {
  const { name, createdAt, metadata, losses } = buildEvent(payload, METADATA_RULES)
  if (name === undefined || name.trim() === '') throw refusal('event-without-name')
  if (!isAllowed(name, payload.allowed_event_names))
    return { skipped: true, losses: [{ path: 'event_name', reason: 'event-not-allowed' }] }
  if (createdAt === undefined) throw refusal('event-without-time')
  const key = toEventKey(payload)
  if (!key) throw refusal('event-without-person')
  const contactId = await deliverEvent(session, {
    key,
    event: { event_name: name, created_at: createdAt, ...(Object.keys(metadata).length === 0 ? {} : { metadata }) },
    unknown: toUnknownContact(payload.unknown_contact),
    happenedAt: toUnixSeconds(payload.event_time) ?? createdAt
  })
  return { ...(contactId === undefined ? {} : { contactId }), losses }
}

/** An empty list allows every name. Intercom does not tell upper from lower case in event names. */
function isAllowed(name: string, list: readonly unknown[] | undefined): boolean {
  const names = (list ?? []).map((item) => toText(item)?.trim().toLowerCase() ?? '').filter((item) => item !== '')
  return names.length === 0 || names.includes(name.trim().toLowerCase())
}
