import type { SegmentEvent } from '@segment/actions-core'

/** The calls of Segment's tracking API. */
export const EVENT_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const

export type EventType = (typeof EVENT_TYPES)[number]

/** For messages: `identify, track, page, screen, group and alias`. */
export const EVENT_TYPES_TEXT = `${EVENT_TYPES.slice(0, -1).join(', ')} and ${EVENT_TYPES.slice(-1).join()}`

const TYPES: ReadonlySet<unknown> = new Set(EVENT_TYPES)

export const isEventType = (type: unknown): type is EventType => TYPES.has(type)

/** Whether it has the type of an event that Segment's libraries send. Its traits and properties may hold anything. */
export function isSegmentEvent(value: unknown): value is SegmentEvent {
  return typeof value === 'object' && value !== null && 'type' in value && isEventType(value.type)
}
