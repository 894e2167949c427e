import type { EmulatorState } from '@intercom-destinations/emulator'

/** The entities at one time. The emulator never changes them in place, so copies are not needed. */
export type Snapshot = Pick<EmulatorState, 'contacts' | 'companies' | 'events' | 'tags' | 'dataAttributes'>

const taken = new Map<EmulatorState, Snapshot>()

/**
 * The current lists. Within one turn of the event loop the snapshot is shared: an event mostly starts in the turn in
 * which another one ends.
 */
export function toSnapshot(state: EmulatorState): Snapshot {
  const known = taken.get(state)
  if (known) return known
  const { contacts, companies, events, tags, dataAttributes } = state
  const snapshot = { contacts, companies, events, tags, dataAttributes }
  taken.set(state, snapshot)
  process.nextTick(() => taken.clear())
  return snapshot
}

interface BeforeAndAfter<T> {
  readonly before: T | undefined
  readonly after: T | undefined
}

/**
 * One entity in two versions of a list. New entities are appended and the others keep their order, so even among ten
 * thousand contacts one comparison is mostly enough for the earlier version.
 */
export function findBoth<T>(before: readonly T[], after: readonly T[], is: (one: T) => boolean): BeforeAndAfter<T> {
  const place = findLastPlace(after, is)
  if (place === undefined) return { before: before.find(is), after: undefined }
  const there = before[place]
  // After a removal the later entities have moved towards the beginning.
  return { before: there === undefined || is(there) ? there : before.find(is), after: after[place] }
}

function findLastPlace<T>(list: readonly T[], is: (one: T) => boolean): number | undefined {
  for (let place = list.length - 1; place >= 0; place -= 1) {
    const one = list[place]
    if (one !== undefined && is(one)) return place
  }
  return undefined
}
