import type { EmulatorState } from '@intercom-destinations/emulator'

/** Entities are never changed in place, so the lists of a moment are that moment. */
export type Snapshot = Pick<EmulatorState, 'contacts' | 'companies' | 'events' | 'tags' | 'dataAttributes'>

const taken = new Map<EmulatorState, Snapshot>()

/**
 * The lists of this moment. An event mostly begins in the moment in which another ends, and a request is answered in a
 * later one, so both share them.
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
 * One thing in two moments of a list. What is new stands at the end of it and the rest keeps its order, so in a workspace
 * of ten thousand people mostly one look is enough for the earlier moment.
 */
export function findBoth<T>(before: readonly T[], after: readonly T[], is: (one: T) => boolean): BeforeAndAfter<T> {
  const place = findLastPlace(after, is)
  if (place === undefined) return { before: before.find(is), after: undefined }
  const there = before[place]
  // Where something was taken out of the list, the rest has moved towards its beginning.
  return { before: there === undefined || is(there) ? there : before.find(is), after: after[place] }
}

function findLastPlace<T>(list: readonly T[], is: (one: T) => boolean): number | undefined {
  for (let place = list.length - 1; place >= 0; place -= 1) {
    const one = list[place]
    if (one !== undefined && is(one)) return place
  }
  return undefined
}
