import type { ActionDefinition } from '@segment/actions-core'
import {
  asText,
  buildEvent,
  eventFields,
  isAbsent,
  readOrLose,
  readTextOrLose,
  readTimeOrLose,
  toEmail,
  toFieldSource,
  toRecord,
  toText,
  type Loss
} from '@intercom-destinations/shared-mapping'
import {
  allowed_event_names,
  batch_size,
  enable_batching,
  event_contact_id,
  event_email,
  event_time,
  event_user_id,
  unknown_contact
} from '../fields'
import type { Dependencies } from '../dependencies'
import { permanentError } from '../errors'
import {
  deliverOncePerSecond,
  SAME_SECOND,
  toEventKey,
  toPersonKey,
  toUnknownContact,
  type EventDelivery
} from '../events/submit-event'
import type { Settings } from '../generated-types'
import { toPerform, type BatchAction, type PayloadOrigin } from '../batch/perform-batch'
import type { CallContext } from '../state/call-context'
import type { Payload } from './generated-types'

/** What one payload comes to. */
type EventTask = { losses: Loss[] } & ({ kind: 'skipped' } | ({ kind: 'event' } & EventDelivery))

const EMAIL = 'email'

/** Submits an event about a person. */
export default function trackEvent(dependencies: Dependencies): ActionDefinition<Settings, Payload> {
  return {
    title: 'Track Event',
    description: 'Submit an event about a person to Intercom.',
    defaultSubscription: 'type = "track"',
    fields: {
      event_name: eventFields.event_name,
      created_at: eventFields.event_created_at,
      user_id: event_user_id,
      email: asText(event_email),
      id: event_contact_id,
      revenue: asText(eventFields.revenue),
      currency: asText(eventFields.currency),
      metadata: eventFields.metadata,
      unknown_contact,
      allowed_event_names,
      enable_batching,
      batch_size,
      event_time
    },
    ...toPerform(dependencies, 'trackEvent', action)
  }
}

function read(payload: Payload, _session: CallContext, { mapping }: PayloadOrigin): EventTask {
  const { isPicked, isRead } = toFieldSource(mapping, ['metadata'])
  const rules = { richLinks: 'any', usedElsewhere: [EMAIL], isPicked } as const
  const { name, createdAt, metadata, losses } = buildEvent(payload, rules)
  if (!isAbsent(toRecord(payload.metadata)?.[EMAIL]) && !isPicked(EMAIL) && !isRead(EMAIL))
    losses.push({ path: `metadata.${EMAIL}`, reason: 'no-field-reads-it' })
  if (name === undefined || name.trim() === '') throw permanentError('event-without-name')
  if (!isAllowed(name, payload.allowed_event_names))
    return { kind: 'skipped', losses: [{ path: 'event_name', reason: 'event-not-allowed' }] }
  const eventTime = readTimeOrLose(losses, 'event_time', payload.event_time)
  // The loss of the mapped time is named; when the event happened is known all the same.
  const at = createdAt ?? eventTime
  if (at === undefined) throw permanentError('event-without-time')
  readOrLose(losses, 'email', payload.email, toEmail, 'not-an-email')
  const key = toEventKey({ ...payload, user_id: readTextOrLose(losses, 'user_id', payload.user_id) })
  if (!key) throw permanentError('event-without-person')
  return {
    kind: 'event',
    losses,
    key,
    event: { event_name: name, created_at: at, ...(Object.keys(metadata).length === 0 ? {} : { metadata }) },
    unknown: toUnknownContact(payload.unknown_contact),
    happenedAt: eventTime ?? at
  }
}

const action: BatchAction<Payload, EventTask> = {
  read,
  keyOf: (task) => (task.kind === 'skipped' ? {} : toPersonKey(task.key)),
  // Intercom takes a user id as it is; only an address has to be looked up.
  toLookUp: (task) => (task.kind === 'event' && task.key.by === 'email' ? { email: task.key.email } : undefined),
  send: async (context, task) => {
    const { losses } = task
    if (task.kind === 'skipped') return { skipped: true, losses }
    // Intercom would take it and drop it; to shift it by a second would be to invent a time.
    const report = await deliverOncePerSecond(context, task)
    return report === SAME_SECOND ? { losses: [...losses, { path: 'event', reason: 'same-second-event' }] } : report
  }
}

/** An empty list allows every name. Intercom does not tell upper from lower case in event names. */
function isAllowed(name: string, list: readonly unknown[] | undefined): boolean {
  const names = (list ?? []).map((item) => toText(item)?.trim().toLowerCase() ?? '').filter((item) => item !== '')
  return names.length === 0 || names.includes(name.trim().toLowerCase())
}
