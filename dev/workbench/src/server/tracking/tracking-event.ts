import { toEventLine, toEventMilliseconds, toUnreadableText, UNREADABLE } from '@intercom-destinations/cli'
import { randomUUID } from 'node:crypto'
import type { Json, JsonObject } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { isTooDeep, TOO_DEEP } from '../api/nesting'
import { toJsonBytes } from './tracking-body'
import { MAX_CALL_BYTES } from './tracking-limits'

export type TrackedEvent = { readonly event: JsonObject } | { readonly refusal: string }

const MAX_DATE_MS = 8_640_000_000_000_000

/** The event as Segment would forward it, or why it is refused. */
export function toTrackedEvent(sent: JsonObject, receivedAt: number): TrackedEvent {
  const refusal = findRefusal(sent)
  return refusal === undefined ? toStampedEvent(sent, receivedAt) : { refusal }
}

/** An event of a batch with its own limits: fields of the whole batch were counted once, with the batch. */
export function toBatchedEvent(batch: JsonObject, item: Json, receivedAt: number): TrackedEvent {
  if (!isJsonObject(item)) return { refusal: UNREADABLE['not-an-object'] }
  const refusal = findRefusal(item)
  return refusal === undefined ? toStampedEvent(withBatch(batch, item), receivedAt) : { refusal }
}

function findRefusal(sent: JsonObject): string | undefined {
  if (isTooDeep(sent)) return TOO_DEEP
  return toJsonBytes(sent) > MAX_CALL_BYTES ? `it is larger than ${MAX_CALL_BYTES / 1024} KB` : undefined
}

function toStampedEvent(sent: JsonObject, receivedAt: number): TrackedEvent {
  const { writeKey: _key, ...event } = sent
  const stamped: JsonObject = {
    ...event,
    messageId: isText(event.messageId) ? event.messageId : `api-${randomUUID()}`,
    receivedAt: new Date(receivedAt).toISOString(),
    ...toTimes(event, receivedAt)
  }
  // Only the fields that decide whether it is an event; the rest may be large.
  const { type = null, userId = null, anonymousId = null, timestamp = null, originalTimestamp = null } = stamped
  const { sentAt = null, receivedAt: received = null } = stamped
  const decisive = { type, userId, anonymousId, timestamp, originalTimestamp, sentAt, receivedAt: received }
  const line = toEventLine({ kind: 'text', text: JSON.stringify(decisive) }, () => receivedAt)
  if (line.kind === 'blank') return { refusal: UNREADABLE['not-an-object'] }
  if (line.kind === 'unreadable') return { refusal: toUnreadableText(line) }
  if (!line.timeAdded) return { event: stamped }
  return { event: { ...stamped, timestamp: toText(line.event.timestamp, receivedAt) } }
}

/** An event of a batch with the fields of the whole batch; its own values win. */
function withBatch(batch: JsonObject, item: JsonObject): JsonObject {
  return {
    ...item,
    ...merged('context', batch, item),
    ...merged('integrations', batch, item),
    ...(item.sentAt === undefined && batch.sentAt !== undefined ? { sentAt: batch.sentAt } : {})
  }
}

function merged(key: string, batch: JsonObject, item: JsonObject): JsonObject {
  const common = batch[key]
  const own = item[key]
  if (!isJsonObject(common)) return {}
  if (own === undefined || own === null) return { [key]: common }
  return isJsonObject(own) ? { [key]: { ...common, ...own } } : {}
}

/**
 * Segment keeps the sender's time as `originalTimestamp` and takes the error of the sender's clock out of `timestamp`
 * (segment.com/docs/connections/spec/common, "Timestamps").
 */
function toTimes(event: JsonObject, receivedAt: number): JsonObject {
  const original = [event.originalTimestamp, event.timestamp].filter(isText).find(isReadable)
  if (original === undefined) return {}
  const waited = toMilliseconds(event.sentAt) - toMilliseconds(original)
  const time = receivedAt - waited
  if (!(Math.abs(time) <= MAX_DATE_MS)) return {}
  return { originalTimestamp: original, timestamp: new Date(time).toISOString() }
}

const isReadable = (time: string): boolean => toEventMilliseconds(time) !== undefined

const toMilliseconds = (value: Json | undefined): number => toEventMilliseconds(value) ?? Number.NaN

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value.trim() !== ''

const toText = (time: Date | string | undefined, receivedAt: number): string =>
  typeof time === 'string' ? time : new Date(receivedAt).toISOString()
