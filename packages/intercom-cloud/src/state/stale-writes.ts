import type { CustomAttributes } from '@intercom-destinations/shared-mapping'

/** The event time of each attribute, in Unix seconds. Custom attributes are named `custom_attributes.<name>`. */
export type AttributeTimes = ReadonlyMap<string, number>

interface TimedValues<B extends object> {
  body: B
  custom: CustomAttributes
  times: AttributeTimes
}

/**
 * The values that are not older than those written before. Segment retries single events, so an older identify or group
 * call may arrive after a newer one. `last_seen_at` never moves backwards, regardless of the event times.
 */
export function withoutStaleValues<B extends object>(
  { body, custom, times }: TimedValues<B>,
  cached: { writtenAt: (attribute: string) => number | undefined } | undefined
): { body: Partial<B>; custom: CustomAttributes; isEmpty: boolean } {
  if (!cached) return { body, custom, isEmpty: false }
  const isFresh = (name: string, time: number | undefined) =>
    time === undefined || time >= (cached.writtenAt(name) ?? time)
  const fresh: Partial<B> = { ...body }
  for (const name of Object.keys(body)) {
    const value: unknown = Reflect.get(body, name)
    const time = name === LAST_SEEN && typeof value === 'number' ? value : times.get(name)
    if (!isFresh(name, time)) Reflect.deleteProperty(fresh, name)
  }
  const freshCustom = Object.fromEntries(
    Object.entries(custom).filter(([name]) => isFresh(toCustomName(name), times.get(toCustomName(name))))
  )
  return { body: fresh, custom: freshCustom, isEmpty: Object.keys({ ...fresh, ...freshCustom }).length === 0 }
}

export const LAST_SEEN = 'last_seen_at'

export function toCustomName(name: string): string {
  return `custom_attributes.${name}`
}

/** The attributes of a write with their event times, for the cache. The time of `last_seen_at` is its value. */
export function toWriteTimes({ body, custom, times }: TimedValues<object>): [string, number][] {
  const names = [...Object.keys(body), ...Object.keys(custom).map(toCustomName)]
  const timed = names.flatMap((name): [string, number][] => {
    const time = times.get(name)
    return time === undefined || name === LAST_SEEN ? [] : [[name, time]]
  })
  const lastSeen: unknown = LAST_SEEN in body ? body[LAST_SEEN] : undefined
  return typeof lastSeen === 'number' ? [...timed, [LAST_SEEN, lastSeen]] : timed
}

/** The times of two events that are merged into one write. A later value without a time has none. */
export function toLaterTimes(
  earlier: AttributeTimes,
  later: AttributeTimes,
  { body, custom }: Pick<TimedValues<object>, 'body' | 'custom'>
): AttributeTimes {
  const times = new Map(earlier)
  for (const name of [...Object.keys(body), ...Object.keys(custom).map(toCustomName)]) {
    const time = later.get(name)
    if (time === undefined) times.delete(name)
    else times.set(name, time)
  }
  return times
}

/** The time of an event for each of its attributes. */
export function toTimes(body: object, custom: CustomAttributes, time: number | undefined): AttributeTimes {
  if (time === undefined) return new Map()
  return new Map([...Object.keys(body), ...Object.keys(custom).map(toCustomName)].map((name) => [name, time]))
}
