import type { JsonObject, Sample, SubscriptionRow } from '../../contract'
import { findEventPaths } from './event-paths'

/** An event of the book, to be chosen. */
export interface SampleEvent {
  readonly key: string
  readonly title: string
  readonly event: JsonObject
}

/** The events of the book, each with a title of its own. */
export function toSampleEvents(samples: readonly Sample[]): readonly SampleEvent[] {
  return samples.flatMap(({ title, events }, at) =>
    events.map((event, index) => ({
      key: `sample-${at}-${index}`,
      title: events.length === 1 ? title : `${title} (${index + 1} of ${events.length})`,
      event
    }))
  )
}

/** Types are read from the text of the trigger: good enough for a first guess. */
const TYPE = /type\s*=\s*"([a-z]+)"/g
const PATH = /"@path":"([^"]+)"/g
const EVENT = /event\s*=\s*"([^"]*)"/g

/** A sample to begin with: one that the trigger seems to take, and that has much of what is mapped. */
export function suggestSample(
  samples: readonly SampleEvent[],
  { subscribe, mapping }: Pick<SubscriptionRow, 'subscribe' | 'mapping'>
): SampleEvent | undefined {
  const mapped = new Set([...JSON.stringify(mapping).matchAll(PATH)].map(([, path]) => path))
  const types = [...subscribe.matchAll(TYPE)].map(([, type]) => type)
  const names = [...subscribe.matchAll(EVENT)].map(([, name]) => name)
  const ranked = samples.map((sample) => ({
    sample,
    rank:
      (types.some((type) => type === sample.event.type) ? 10_000 : 0) +
      (names.some((name) => name === sample.event.event) ? 100_000 : 0) +
      findEventPaths(sample.event).filter(({ path }) => mapped.has(path)).length
  }))
  return ranked.reduce<(typeof ranked)[number] | undefined>(
    (best, one) => (best && best.rank >= one.rank ? best : one),
    undefined
  )?.sample
}
