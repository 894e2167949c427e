import type { Subscription } from '@intercom-destinations/delivery'
import { transform, type SegmentEvent } from '@segment/actions-core'

/** Key of actions-core (`mapping-kit/index.ts`) for a directive around the whole mapping. */
const ROOT = '__segment_internal_directive'

/** Intercom ignores upper and lower case in event names. */
export const toNameKey = (name: string): string => name.trim().toLowerCase()

/** The name that would be sent for a track call; `undefined` when the mapping's list of names excludes it. */
export function toEventName(event: SegmentEvent, { mapping }: Subscription): string | undefined {
  const { event_name, allowed_event_names } = transform(toNameFields(mapping), { ...event })
  if (typeof event_name !== 'string' || event_name.trim() === '') return undefined
  const allowed = (Array.isArray(allowed_event_names) ? allowed_event_names : [])
    .flatMap((name) => (typeof name === 'string' ? toNameKey(name) : []))
    .filter((name) => name !== '')
  return allowed.length === 0 || allowed.includes(toNameKey(event_name)) ? event_name.trim() : undefined
}

/** The mapping of the name alone. The rest of the mapping takes most of the time and is not needed here. */
function toNameFields(mapping: Subscription['mapping']): Subscription['mapping'] {
  const isNeeded = ([key]: [string, unknown]) => ['event_name', 'allowed_event_names', ROOT].includes(key)
  return Object.fromEntries(Object.entries(mapping).filter(isNeeded))
}
