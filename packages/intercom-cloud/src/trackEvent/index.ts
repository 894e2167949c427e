import type { ActionDefinition } from '@segment/actions-core'
import {
  asText,
  buildEvent,
  eventFields,
  isAbsent,
  nestedFields,
  readOrLose,
  readTextOrLose,
  readTimeOrLose,
  toEmail,
  toFieldSource,
  toRecord,
  toText,
  unnestMetadata,
  type Loss
} from '@intercom-destinations/shared-mapping'
import {
  allowed_event_names,
  anonymous_id,
  batch_size,
  enable_batching,
  event_contact_id,
  event_email,
  event_time,
  event_user_id,
  unknown_contact,
  use_anonymous_id
} from '../fields'
import { readAnonymousId } from '../contacts/anonymous-user'
import type { Dependencies } from '../dependencies'
import { permanentError } from '../errors'
import {
  submitOncePerSecond,
  SAME_SECOND,
  toEventKey,
  toPersonKey,
  toUnknownContact,
  type EventDelivery
} from '../events/submit-event'
import type { Settings } from '../generated-types'
import type { PayloadOrigin } from '../batch/payload-origin'
import { toPerform, type BatchAction } from '../batch/perform-batch'
import { toPersonRecords } from '../batch/person-keys'
import type { CallContext } from '../state/call-context'
import type { Payload } from './generated-types'

/** One payload: an event to submit, or one that the mapping does not allow. */
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
      use_anonymous_id,
      anonymous_id,
      email: asText(event_email),
      id: event_contact_id,
      revenue: asText(eventFields.revenue),
      currency: asText(eventFields.currency),
      metadata: eventFields.metadata,
      nested_values: nestedFields.nested_metadata,
      unknown_contact,
      allowed_event_names,
      enable_batching,
      batch_size,
      event_time
    },
    ...toPerform(dependencies, 'trackEvent', action)
  }
}

function read(payload: Payload, _context: CallContext, { mapping }: PayloadOrigin): EventTask {
  const { isPicked, isRead } = toFieldSource(mapping, ['metadata'])
  const rules = { richLinks: 'any', usedElsewhere: [EMAIL], isPicked } as const
  const nestedLosses: Loss[] = []
  const single = unnestMetadata(payload.metadata, payload.nested_values, rules, nestedLosses)
  const { name, createdAt, metadata, losses } = buildEvent({ ...payload, metadata: single }, rules)
  losses.unshift(...nestedLosses)
  if (!isAbsent(toRecord(payload.metadata)?.[EMAIL]) && !isPicked(EMAIL) && !isRead(EMAIL))
    losses.push({ path: `metadata.${EMAIL}`, reason: 'no-field-reads-it' })
  if (name === undefined || name.trim() === '') throw permanentError('event-without-name')
  if (!isAllowed(name, payload.allowed_event_names))
    return { kind: 'skipped', losses: [{ path: 'event_name', reason: 'event-not-allowed' }] }
  const eventTime = readTimeOrLose(losses, 'event_time', payload.event_time)
  // Without a readable mapped time, which is a loss, the time of the event is used.
  const time = createdAt ?? eventTime
  if (time === undefined) throw permanentError('event-without-time')
  readOrLose(losses, 'email', payload.email, toEmail, 'not-an-email')
  const anonymousId = readAnonymousId(losses, payload)
  const key = toEventKey({ ...payload, user_id: readTextOrLose(losses, 'user_id', payload.user_id) }, anonymousId)
  if (!key) throw permanentError('event-without-person')
  return {
    kind: 'event',
    losses,
    key,
    event: { event_name: name, created_at: time, ...(Object.keys(metadata).length === 0 ? {} : { metadata }) },
    unknown: toUnknownContact(payload.unknown_contact),
    happenedAt: eventTime ?? time
  }
}

const action: BatchAction<Payload, EventTask> = {
  read,
  toPersonKey: (task) => (task.kind === 'skipped' ? {} : toPersonKey(task.key)),
  toRecords: (context, task) => (task.kind === 'skipped' ? [] : toPersonRecords(context, toPersonKey(task.key))),
  // Intercom accepts events by user id, so only an address needs a search.
  toContactKey: (task) => (task.kind === 'event' && task.key.by === 'email' ? { email: task.key.email } : undefined),
  send: async (context, task) => {
    const { losses } = task
    if (task.kind === 'skipped') return { skipped: true, losses }
    // Intercom accepts and drops such an event. Moving it by a second would invent a time.
    const report = await submitOncePerSecond(context, task)
    return report === SAME_SECOND ? { losses: [...losses, { path: 'event', reason: 'same-second-event' }] } : report
  }
}

/** An empty list allows every name. Intercom ignores case in event names. */
function isAllowed(name: string, list: readonly unknown[] | undefined): boolean {
  const names = (list ?? []).map((item) => toText(item)?.trim().toLowerCase() ?? '').filter((item) => item !== '')
  return names.length === 0 || names.includes(name.trim().toLowerCase())
}
