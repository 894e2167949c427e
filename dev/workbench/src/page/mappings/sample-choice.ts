import type { JsonObject, Sample } from '../../contract'
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
const EVENT = /event\s*=\s*"([^"]*)"/g

/** A sample to begin with: one that the trigger seems to take, with much to map. */
export function suggestSample(samples: readonly SampleEvent[], subscribe: string): SampleEvent | undefined {
  const types = [...subscribe.matchAll(TYPE)].map(([, type]) => type)
  const names = [...subscribe.matchAll(EVENT)].map(([, name]) => name)
  const ranked = samples.map((sample) => ({
    sample,
    rank:
      (types.some((type) => type === sample.event.type) ? 10_000 : 0) +
      (names.some((name) => name === sample.event.event) ? 100_000 : 0) +
      findEventPaths(sample.event).length
  }))
  return ranked.reduce<(typeof ranked)[number] | undefined>(
    (best, one) => (best && best.rank >= one.rank ? best : one),
    undefined
  )?.sample
}
