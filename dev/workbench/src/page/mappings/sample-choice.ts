import type { JsonObject, Row, Sample, SubscriptionRow } from '../../contract'
import { findEventPaths } from './event-paths'

/** An example event that can be chosen. */
export interface SampleEvent {
  readonly key: string
  readonly title: string
  readonly event: JsonObject
}

/** The example events, with unique titles. */
export function toSampleEvents(samples: readonly Sample[]): readonly SampleEvent[] {
  return samples.flatMap(({ title, events }, at) =>
    events.map((event, index) => ({
      key: `sample-${at}-${index}`,
      title: events.length === 1 ? title : `${title} (${index + 1} of ${events.length})`,
      event
    }))
  )
}

/** The types that the trigger's text mentions, which is enough for a suggestion. */
const TYPE = /type\s*=\s*"([a-z]+)"/g
const PATH = /"@path":"([^"]+)"/g
const EVENT = /event\s*=\s*"([^"]*)"/g

/** A suggested sample: the trigger seems to take it, and it has most of the mapped paths. */
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

/** A received event that can be chosen. */
interface ReceivedEvent {
  readonly id: string
  readonly title: string
}

interface ChosenEvent {
  readonly id: string
  readonly event?: JsonObject | undefined
}

const RECENT = 15

/** The newest events, and the chosen one however old it is. */
export function toReceivedEvents(rows: readonly Row[], chosen?: ChosenEvent): readonly ReceivedEvent[] {
  const recent = rows.slice(0, RECENT).map(toReceived)
  if (chosen === undefined || recent.some(({ id }) => id === chosen.id)) return recent
  const older = rows.find(({ id }) => id === chosen.id)
  return [...recent, older ? toReceived(older) : { id: chosen.id, title: toEventTitle(chosen.event) }]
}

const toReceived = (row: Row): ReceivedEvent => ({ id: row.id, title: toRowTitle(row) })

/** The title of an event that is no longer in the list. */
const toEventTitle = ({ type, event }: JsonObject = {}): string =>
  [type, event].filter((part) => typeof part === 'string').join(' ') || 'The chosen event'

const toRowTitle = ({ type, name, person }: Row): string =>
  [type, name, person === '' ? '' : `of ${person}`].filter((part) => part !== '').join(' ')
