import type { Kind, StreamEvent } from './stream'

export type Mode = 'one at a time' | 'batches' | 'windows'

/** What Segment passes to the destination in one call: one event, or several of one action. */
export interface Batch {
  readonly kind: Kind
  readonly events: readonly StreamEvent[]
}

const BATCH_SIZE = 100
const KINDS: readonly Kind[] = ['identify', 'group', 'track']

/**
 * Splits the stream into calls of the destination: one event each, batches of one action in the order identify, group,
 * track, or such batches within every 100 events.
 */
export function toBatches(stream: readonly StreamEvent[], mode: Mode): Batch[] {
  switch (mode) {
    case 'one at a time':
      return stream.map((event) => ({ kind: event.kind, events: [event] }))
    case 'batches':
      return byKind(stream).flatMap(({ kind, events }) =>
        toSlices(events, BATCH_SIZE).map((slice) => ({ kind, events: slice }))
      )
    case 'windows':
      return toSlices(stream, BATCH_SIZE).flatMap(byKind)
  }
}

function byKind(events: readonly StreamEvent[]): Batch[] {
  const batches = KINDS.map((kind) => ({ kind, events: events.filter((event) => event.kind === kind) }))
  return batches.filter((batch) => batch.events.length > 0)
}

function toSlices<T>(items: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
    items.slice(index * length, (index + 1) * length)
  )
}
