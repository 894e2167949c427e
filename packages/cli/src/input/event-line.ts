import { EVENT_TYPES_TEXT, isEventType, type EventType } from '@intercom-destinations/delivery'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { toNearEventType } from './near-event-type'
import { parseExactJson } from './exact-json'
import { isJsonObject } from '@intercom-destinations/delivery'
import { prepareEvent, type PreparedEvent } from './prepare-event'
import { MAX_LINE_BYTES, type RecordContent } from '@intercom-destinations/event-file'

const BYTES_PER_MEGABYTE = 1_000_000

/** Why a line is not an event, as text. */
export const UNREADABLE = {
  'not-json': 'it is not JSON',
  'not-an-object': 'it is JSON, but not an object',
  'unknown-type': `its type is none of ${EVENT_TYPES_TEXT}`,
  'no-user': 'it has neither a userId nor an anonymousId',
  'too-long': `it is longer than ${MAX_LINE_BYTES / BYTES_PER_MEGABYTE} MB, which no event is; see whether line breaks are missing`,
  'not-utf-8': 'it is not UTF-8 text',
  'other-cells': 'it has more or fewer cells than the header of its table'
} as const

/** Added in the file of reasons, because the file of failed lines does not contain this one. */
export const NOT_COPIED = ' (not copied among the failed lines; look for it in the input, at this number)'

export type UnreadableReason = keyof typeof UNREADABLE

/** Why a line is not an event, and for a misspelled type the type that was probably meant. */
export interface Unreadable {
  readonly reason: UnreadableReason
  readonly suggestion?: EventType
}

export const toUnreadableText = ({ reason, suggestion }: Unreadable): string =>
  suggestion === undefined ? UNREADABLE[reason] : `${UNREADABLE[reason]}; write "${suggestion}"`

export type EventLine =
  | { kind: 'blank' }
  | ({ kind: 'unreadable' } & Unreadable)
  /** `sent` is the event as written; `event` is the prepared one, which a destination receives. */
  | ({ kind: 'event'; sent: JSONObject & SegmentEvent } & PreparedEvent)

/** Reads one line, and prepares its event for a destination. */
export function toEventLine(content: RecordContent, now: () => number): EventLine {
  if (content.kind !== 'text') return { kind: 'unreadable', reason: content.kind }
  if (content.text.trim() === '') return { kind: 'blank' }
  const value = toJson(content.text)
  if (value === undefined) return { kind: 'unreadable', reason: 'not-json' }
  if (!isJsonObject(value)) return { kind: 'unreadable', reason: 'not-an-object' }
  if (!isEvent(value)) {
    const suggestion = toNearEventType(value.type)
    return { kind: 'unreadable', reason: 'unknown-type', ...(suggestion === undefined ? {} : { suggestion }) }
  }
  if (!isId(value.userId) && !isId(value.anonymousId)) return { kind: 'unreadable', reason: 'no-user' }
  return { kind: 'event', sent: value, ...prepareEvent(value, now) }
}

function toJson(text: string): unknown {
  try {
    return parseExactJson(text)
  } catch {
    return undefined
  }
}

/** Traits and properties may still contain anything; the destination checks them itself. */
function isEvent(value: JSONObject): value is JSONObject & SegmentEvent {
  return isEventType(value.type)
}

const isId = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number'
