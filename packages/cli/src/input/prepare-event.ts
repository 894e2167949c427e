import { toUnixSeconds, type Loss } from '@intercom-destinations/intercom-cloud'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { isJsonObject } from './json-object'

const MILLISECONDS_PER_SECOND = 1000
/** The form that every part of Segment reads alike. Other forms are brought to it. */
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/

/** Which of an event's objects its destinations read. */
const OBJECTS_READ: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['identify', ['traits']],
  ['group', ['traits']],
  ['track', ['properties']],
  ['page', ['properties']],
  ['screen', ['properties']]
])

const TRAITS_OF_CONTEXT = 'It has no traits of its own, so those of its context were read.'

/** An event as it is handed to a destination. */
export interface PreparedEvent<E extends JSONObject & SegmentEvent = JSONObject & SegmentEvent> {
  readonly event: E
  /** It had no timestamp of its own, and got another of its times or the present one. */
  readonly timeAdded: boolean
  /** What of the event could not be used, or was replaced. */
  readonly losses: readonly Loss[]
  /** What a reader of a trace has to know. */
  readonly notes: readonly string[]
}

/**
 * Does what has to be done before a destination runs, so that one odd part never refuses a whole event: an unreadable
 * time gives way to the event's next one, what PHP writes for an empty map becomes an empty object, and an identify that
 * has traits only in its context (RudderStack's form) gets those.
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

/** A moment in milliseconds, as the destinations read it; `undefined` where they cannot. */
export function toEventMilliseconds(value: unknown): number | undefined {
  const seconds = toUnixSeconds(value)
  if (seconds === undefined) return undefined
  const exact = typeof value === 'string' && ISO_TIME.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(exact) ? seconds * MILLISECONDS_PER_SECOND : exact
}

/** Segment's order: when it happened, when the library made it, sent it, or Segment received it. */
function toTime({ timestamp, originalTimestamp, sentAt, receivedAt }: JSONObject, now: () => number, losses: Loss[]) {
  const own = toReadableTime(timestamp)
  if (own !== undefined) return { timestamp: own, isAdded: false }
  const isAdded = isAbsent(timestamp)
  if (!isAdded) losses.push({ path: 'timestamp', reason: 'other-time' })
  const times = [originalTimestamp, sentAt, receivedAt].map(toReadableTime)
  return { timestamp: times.find(isThere) ?? new Date(now()).toISOString(), isAdded }
}

function toReadableTime(value: unknown): string | number | undefined {
  const milliseconds = toEventMilliseconds(value)
  if (milliseconds === undefined) return undefined
  const isAsItShouldBe = typeof value === 'number' || (typeof value === 'string' && ISO_TIME.test(value))
  return isAsItShouldBe ? value : new Date(milliseconds).toISOString()
}

const isThere = (time: unknown): boolean => time !== undefined

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

/** The parts that have to be objects and are none. An empty list is what PHP makes of an empty map. */
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

/** `undefined` where nothing has to be done. */
function toObject(value: unknown, path: string, losses: Loss[]): JSONObject | undefined {
  if (value === undefined || isJsonObject(value)) return undefined
  if (!isAbsent(value) && !isEmptyList(value)) losses.push({ path, reason: 'not-an-object' })
  return {}
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** On a group call they are the person's, and the group's own traits are what is asked for. */
function toTraitsOfContext({ type, traits, context }: JSONObject): JSONObject | undefined {
  if (type !== 'identify' || hasKeys(traits) || !isJsonObject(context)) return undefined
  return isJsonObject(context.traits) && hasKeys(context.traits) ? context.traits : undefined
}

const hasKeys = (value: unknown): boolean => isJsonObject(value) && Object.keys(value).length > 0
