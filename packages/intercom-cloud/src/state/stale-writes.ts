import type { CustomAttributes } from '@intercom-destinations/shared-mapping'

/** When the event was that brought an attribute; custom attributes by their own names behind `custom_attributes.` */
export type AttributeTimes = ReadonlyMap<string, number>

interface Values<B extends object> {
  body: B
  custom: CustomAttributes
  times: AttributeTimes
}

/**
 * What is not older than what was written of this person before: Segment delivers single events again, so an older
 * identify or group call may come after a newer one. "Last seen" never moves backwards, whatever the events' times are.
 */
export function withoutStaleValues<B extends object>(
  { body, custom, times }: Values<B>,
  known: { writtenAt: (attribute: string) => number | undefined } | undefined
): { body: Partial<B>; custom: CustomAttributes; isEmpty: boolean } {
  if (!known) return { body, custom, isEmpty: false }
  const isFresh = (name: string, time: number | undefined) =>
    time === undefined || time >= (known.writtenAt(name) ?? time)
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

const LAST_SEEN = 'last_seen_at'

export function toCustomName(name: string): string {
  return `custom_attributes.${name}`
}

/** What is to be remembered of a write: each attribute with its time, "last seen" with itself. */
export function toWritten({ body, custom, times }: Values<object>): [string, number][] {
  const names = [...Object.keys(body), ...Object.keys(custom).map(toCustomName)]
  const timed = names.flatMap((name): [string, number][] => {
    const time = times.get(name)
    return time === undefined || name === LAST_SEEN ? [] : [[name, time]]
  })
  const lastSeen: unknown = LAST_SEEN in body ? body[LAST_SEEN] : undefined
  return typeof lastSeen === 'number' ? [...timed, [LAST_SEEN, lastSeen]] : timed
}

/** The times of two events that become one write: a later value without a time is not held to the time of an earlier one. */
export function toLaterTimes(
  earlier: AttributeTimes,
  later: AttributeTimes,
  { body, custom }: Pick<Values<object>, 'body' | 'custom'>
): AttributeTimes {
  const times = new Map(earlier)
  for (const name of [...Object.keys(body), ...Object.keys(custom).map(toCustomName)]) {
    const time = later.get(name)
    if (time === undefined) times.delete(name)
    else times.set(name, time)
  }
  return times
}

/** All attributes of one event at its time. */
export function toTimes(body: object, custom: CustomAttributes, time: number | undefined): AttributeTimes {
  if (time === undefined) return new Map()
  return new Map([...Object.keys(body), ...Object.keys(custom).map(toCustomName)].map((name) => [name, time]))
}
