import type { CustomAttributes } from '@intercom-destinations/shared-mapping'
import type { ContactBody } from './api'
import type { RememberedPerson } from './memory'

/** When the event was that brought an attribute; custom attributes by their own names behind `custom_attributes.` */
export type AttributeTimes = ReadonlyMap<string, number>

interface Values {
  body: ContactBody
  custom: CustomAttributes
  times: AttributeTimes
}

/**
 * What is not older than what was written of this person before: Segment delivers single events again, so an older
 * identify may come after a newer one. "Last seen" never moves backwards, whatever the events' times are.
 */
export function toFresh(
  { body, custom, times }: Values,
  person: RememberedPerson | undefined
): { body: ContactBody; custom: CustomAttributes; isEmpty: boolean } {
  if (!person) return { body, custom, isEmpty: false }
  const isFresh = (name: string, time: number | undefined) =>
    time === undefined || time >= (person.writtenAt(name) ?? time)
  const fresh = {
    body: Object.fromEntries(
      Object.entries(body).filter(([name, value]: [string, unknown]) =>
        isFresh(name, name === LAST_SEEN && typeof value === 'number' ? value : times.get(name))
      )
    ),
    custom: Object.fromEntries(
      Object.entries(custom).filter(([name]) => isFresh(toCustomName(name), times.get(toCustomName(name))))
    )
  }
  return { ...fresh, isEmpty: Object.keys({ ...fresh.body, ...fresh.custom }).length === 0 }
}

const LAST_SEEN = 'last_seen_at'

export function toCustomName(name: string): string {
  return `custom_attributes.${name}`
}

/** What is to be remembered of a write: each attribute with its time, "last seen" with itself. */
export function toWritten(body: ContactBody, { custom, times }: Values): [string, number][] {
  const names = [...Object.keys(body), ...Object.keys(custom).map(toCustomName)]
  const timed = names.flatMap((name): [string, number][] => {
    const time = times.get(name)
    return time === undefined || name === LAST_SEEN ? [] : [[name, time]]
  })
  return body.last_seen_at === undefined ? timed : [...timed, [LAST_SEEN, body.last_seen_at]]
}

/** All attributes of one event at its time. */
export function toTimes(body: ContactBody, custom: CustomAttributes, time: number | undefined): AttributeTimes {
  if (time === undefined) return new Map()
  return new Map([...Object.keys(body), ...Object.keys(custom).map(toCustomName)].map((name) => [name, time]))
}
