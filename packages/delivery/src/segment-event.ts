import type { SegmentEvent } from '@segment/actions-core'

export const EVENT_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const
const TYPES: ReadonlySet<unknown> = new Set(EVENT_TYPES)

/** Whether it is an event as Segment's libraries send it. Its traits and properties may hold anything. */
export function isSegmentEvent(value: unknown): value is SegmentEvent {
  return typeof value === 'object' && value !== null && 'type' in value && TYPES.has(value.type)
}
