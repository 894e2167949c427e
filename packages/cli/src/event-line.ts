import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { isJsonObject } from './json-object'
import { MAX_LINE_BYTES, type LineContent } from './read-lines'

const EVENT_TYPES: ReadonlySet<unknown> = new Set(['identify', 'track', 'page', 'screen', 'group', 'alias'])

const BYTES_PER_MEGABYTE = 1_000_000

/** Why a line is not an event, in words. */
export const UNREADABLE = {
  'not-json': 'it is not JSON',
  'not-an-object': 'it is JSON, but not an object',
  'unknown-type': 'its type is none of identify, track, page, screen, group and alias',
  nobody: 'it has neither a userId nor an anonymousId',
  'too-long': `it is longer than ${MAX_LINE_BYTES / BYTES_PER_MEGABYTE} MB, which no event is; see whether line breaks are missing`,
  'not-utf-8': 'it is not UTF-8 text'
} as const

/** For the reasons file: its neighbour has every other failed line in it. */
export const NOT_COPIED = ' (not copied among the failed lines; look for it in the input, at this number)'

export type UnreadableReason = keyof typeof UNREADABLE

export type EventLine =
  | { kind: 'blank' }
  | { kind: 'unreadable'; reason: UnreadableReason }
  /** `timeAdded`: the line had no timestamp of its own, and got another of its times or the present one. */
  | { kind: 'event'; event: SegmentEvent; timeAdded: boolean }

/**
 * Reads one line. Segment stamps every event it passes on, so one without a `timestamp` gets what Segment would take:
 * when the library made it, sent it or Segment received it, else the time of delivery.
 */
export function toEventLine(content: LineContent, now: () => number): EventLine {
  if (content.kind !== 'text') return { kind: 'unreadable', reason: content.kind }
  if (content.text.trim() === '') return { kind: 'blank' }
  const value = toJson(content.text)
  if (value === undefined) return { kind: 'unreadable', reason: 'not-json' }
  if (!isJsonObject(value)) return { kind: 'unreadable', reason: 'not-an-object' }
  if (!isEvent(value)) return { kind: 'unreadable', reason: 'unknown-type' }
  if (!isId(value.userId) && !isId(value.anonymousId)) return { kind: 'unreadable', reason: 'nobody' }
  if (!isMissing(value.timestamp)) return { kind: 'event', event: value, timeAdded: false }
  return { kind: 'event', event: { ...value, timestamp: timeOf(value, now) }, timeAdded: true }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Traits and properties may still hold anything: the destination reads them without trust. */
function isEvent(value: JSONObject): value is JSONObject & SegmentEvent {
  return EVENT_TYPES.has(value.type)
}

const isId = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number'

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ''

function timeOf(event: JSONObject, now: () => number): string {
  const times = [event.originalTimestamp, event.sentAt, event.receivedAt]
  const known = times.find((time) => typeof time === 'string' && time !== '')
  return typeof known === 'string' ? known : new Date(now()).toISOString()
}
