import type { JsonObject } from '../../contract'

/** Of an event, what people write, in the order in which they read it. The rest is what libraries add. */
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
  /** `context`, `integrations`, times of the way through Segment. */
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
