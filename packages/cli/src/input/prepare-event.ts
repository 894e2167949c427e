import { toUnixSeconds, type Loss } from '@intercom-destinations/intercom-cloud'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { isJsonObject } from '@intercom-destinations/delivery'

const MILLISECONDS_PER_SECOND = 1000
/** The form of a time that every part of Segment reads alike. Other forms are converted to it. */
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/

/** The objects of an event that its destinations read. */
const OBJECTS_READ: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['identify', ['traits']],
  ['group', ['traits']],
  ['track', ['properties']],
  ['page', ['properties']],
  ['screen', ['properties']]
])

const TRAITS_OF_CONTEXT = 'It has no traits of its own, so those of its context were read.'

/** An event as a destination receives it. */
export interface PreparedEvent<E extends JSONObject & SegmentEvent = JSONObject & SegmentEvent> {
  readonly event: E
  /** Whether it had no timestamp, and was given another of its times or the present one. */
  readonly timeAdded: boolean
  /** The parts of the event that could not be used or were replaced. */
  readonly losses: readonly Loss[]
  /** Further changes, as sentences for a trace. */
  readonly notes: readonly string[]
}

/**
 * Repairs an event before a destination runs, so that one odd part never causes the whole event to be refused. An
 * unreadable time is replaced by the event's next one, the empty list that PHP writes for an empty map becomes an empty
 * object, and an identify with traits only in its context (RudderStack's form) gets those.
 */
export function prepareEvent<E extends JSONObject & SegmentEvent>(sent: E, now: () => number): PreparedEvent<E> {
  const losses: Loss[] = []
  const { timestamp, isAdded } = toTime(sent, now, losses)
  const objects = toObjects(sent, losses)
  const traits = objects.traits ?? sent.traits
  const traitsOfContext = toTraitsOfContext({ ...sent, traits, context: objects.context ?? sent.context })
  return {
    event: { ...sent, ...objects, ...(traitsOfContext ? { traits: traitsOfContext } : {}), timestamp },
    timeAdded: isAdded,
    losses,
    notes: traitsOfContext ? [TRAITS_OF_CONTEXT] : []
  }
}

/** A time in milliseconds since 1970, as the destinations read it; `undefined` where they cannot read it. */
export function toEventMilliseconds(value: unknown): number | undefined {
  const seconds = toUnixSeconds(value)
  if (seconds === undefined) return undefined
  const exact = typeof value === 'string' && ISO_TIME.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(exact) ? seconds * MILLISECONDS_PER_SECOND : exact
}

/** In Segment's order: when the event happened, was created, was sent, and was received. */
function toTime({ timestamp, originalTimestamp, sentAt, receivedAt }: JSONObject, now: () => number, losses: Loss[]) {
  const own = toReadableTime(timestamp)
  if (own !== undefined) return { timestamp: own, isAdded: false }
  const isAdded = isAbsent(timestamp)
  if (!isAdded) losses.push({ path: 'timestamp', reason: 'other-time' })
  const times = [originalTimestamp, sentAt, receivedAt].map(toReadableTime)
  return { timestamp: times.find((time) => time !== undefined) ?? new Date(now()).toISOString(), isAdded }
}

function toReadableTime(value: unknown): string | number | undefined {
  const milliseconds = toEventMilliseconds(value)
  if (milliseconds === undefined) return undefined
  const isUsable = typeof value === 'number' || (typeof value === 'string' && ISO_TIME.test(value))
  return isUsable ? value : new Date(milliseconds).toISOString()
}

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

/** Replacements for the parts that have to be objects and are not. PHP writes an empty map as an empty list. */
function toObjects(sent: JSONObject, losses: Loss[]): JSONObject {
  const objects: JSONObject = {}
  for (const key of [...(OBJECTS_READ.get(sent.type) ?? []), 'context']) {
    const object = toObject(sent[key], key, losses)
    if (object) objects[key] = object
  }
  const context = objects.context ?? sent.context
  if (!isJsonObject(context)) return objects
  const traits = toObject(context.traits, 'context.traits', losses)
  return traits ? { ...objects, context: { ...context, traits } } : objects
}

/** The replacement; `undefined` where none is needed. */
function toObject(value: unknown, path: string, losses: Loss[]): JSONObject | undefined {
  if (value === undefined || isJsonObject(value)) return undefined
  if (!isAbsent(value) && !isEmptyList(value)) losses.push({ path, reason: 'not-an-object' })
  return {}
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** Only for an identify: on a group call the traits of the context are the person's, not the group's. */
function toTraitsOfContext({ type, traits, context }: JSONObject): JSONObject | undefined {
  if (type !== 'identify' || hasKeys(traits) || !isJsonObject(context)) return undefined
  return isJsonObject(context.traits) && hasKeys(context.traits) ? context.traits : undefined
}

const hasKeys = (value: unknown): boolean => isJsonObject(value) && Object.keys(value).length > 0
