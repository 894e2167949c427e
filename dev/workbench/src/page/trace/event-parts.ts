import type { JsonObject } from '../../contract'

/** The fields of an event that people write, in reading order. Libraries add the others. */
const WRITTEN = [
  'type',
  'event',
  'name',
  'userId',
  'anonymousId',
  'previousId',
  'groupId',
  'traits',
  'properties',
  'timestamp',
  'messageId'
]

interface EventParts {
  readonly written: JsonObject
  /** `context`, `integrations`, and timestamps that Segment adds. */
  readonly added: JsonObject
}

export function toEventParts(event: JsonObject): EventParts {
  const written = WRITTEN.filter((key) => Object.hasOwn(event, key))
  return {
    written: pick(event, written),
    added: pick(
      event,
      Object.keys(event).filter((key) => !written.includes(key))
    )
  }
}

const pick = (event: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.map((key) => [key, event[key] ?? null]))
