/** How an event is ordered. */
export interface Ordered {
  /** Its position in the order of arrival; each event has its own. */
  readonly place: number
  /** The keys of its person and of its group: events that share a key are delivered in order. */
  readonly keys: { readonly person: readonly string[]; readonly group: readonly string[] }
  /** The keys of person and group together, each once. */
  readonly allKeys: readonly string[]
  /** The positions of its first and last subscription in the order in which the subscriptions of a window run. */
  readonly rows: { readonly first: number; readonly last: number }
  /**
   * While an event waits for its contact, events of the same person with a lower rank may be delivered: an identify
   * (0) passes a group call (1) or a track (2), and so creates the contact.
   */
  readonly rank: number
  /** Events of different scopes never share a window: each scope has its own deadline. */
  readonly scope: object
  /** Milliseconds since 1970 before which the event is not tried. */
  notBefore: number
  waitsForContact: boolean
}

const EVERY_RANK = Number.NEGATIVE_INFINITY
const NO_RANK = Number.POSITIVE_INFINITY

/**
 * The waiting events, in the order of arrival. A window is taken from it: events that may be delivered together. A
 * window holds no event while an earlier event with one of its keys waits or is in another window.
 */
export class KeyedQueue<T extends Ordered> {
  /** Sorted by place. */
  #waiting: T[] = []
  /** How many waiting events have each key. */
  readonly #waitingByKey = new Map<string, number>()
  /** How many waiting events are of each scope. */
  readonly #waitingByScope = new Map<object, number>()
  /** The waiting events that were not due when they were added. */
  readonly #delayed = new Set<T>()
  /** How many events in windows have each key. */
  readonly #busy = new Map<string, number>()

  get size(): number {
    return this.#waiting.length
  }

  /** Adds a new event at the end; an event that is tried again returns to its place. */
  add(item: T): void {
    this.#waiting.splice(this.#positionOf(item), 0, item)
    count(this.#waitingByKey, item.allKeys, 1)
    count(this.#waitingByScope, [item.scope], 1)
    if (item.notBefore > 0) this.#delayed.add(item)
  }

  /** The next events that may be delivered together, at most `limit`; empty when there are none now. */
  takeWindow(now: number, limit: number): T[] {
    const window: T[] = []
    /** For each key the lowest rank that has to wait. */
    const blocked = new Map<string, number>()
    for (const key of this.#busy.keys()) blocked.set(key, EVERY_RANK)
    /** For each key the last row that an event of this window runs through. */
    const lastRows = new Map<string, number>()
    const left: T[] = []
    /** How many events behind this one may join the window: those of other scopes may not. */
    let candidates = this.#waiting.length
    let read = 0
    for (const item of this.#waiting) {
      if (window.length >= limit || candidates === 0) break
      read += 1
      if (window[0]?.scope === item.scope) candidates -= 1
      const keys = item.allKeys
      const isNow = item.notBefore <= now && (window[0]?.scope ?? item.scope) === item.scope
      const isFree = keys.every((key) => item.rank < (blocked.get(key) ?? NO_RANK))
      const isInOrder = keys.every((key) => (lastRows.get(key) ?? -1) <= item.rows.first)
      if (isNow && isFree && isInOrder) {
        if (window.length === 0) candidates = this.#countBehind(item.scope, left)
        window.push(item)
        for (const key of keys) lastRows.set(key, Math.max(lastRows.get(key) ?? -1, item.rows.last))
        continue
      }
      left.push(item)
      block(blocked, item, isFree)
    }
    if (window.length > 0) this.#waiting = left.concat(this.#waiting.slice(read))
    for (const item of window) {
      this.#forget(item)
      count(this.#busy, item.allKeys, 1)
    }
    return window
  }

  /** Ends a window; its events that are not settled have to be added again. */
  release(window: readonly T[]): void {
    for (const item of window) count(this.#busy, item.allKeys, -1)
  }

  /** The next time at which an event that is not due may be tried, in milliseconds since 1970. */
  nextAfter(now: number): number | undefined {
    let next: number | undefined
    for (const { notBefore } of this.#delayed) {
      if (notBefore > now && (next === undefined || notBefore < next)) next = notBefore
    }
    return next
  }

  /** The events that wait only because an earlier event with one of their keys is not due. */
  heldBack(now: number): T[] {
    const held: T[] = []
    const blocked = new Map<string, number>()
    for (const item of this.#waiting) {
      const isHeld = item.allKeys.some((key) => item.rank >= (blocked.get(key) ?? NO_RANK))
      if (isHeld) held.push(item)
      if (isHeld || item.notBefore > now) block(blocked, item, !isHeld)
    }
    return held
  }

  /** Whether an event with one of these keys waits. */
  isWaitingFor(keys: readonly string[]): boolean {
    return keys.some((key) => this.#waitingByKey.has(key))
  }

  /** Makes events due that wait for the contact of a person with one of these keys. */
  wakePerson(keys: readonly string[]): void {
    for (const item of this.#delayed) {
      if (item.waitsForContact && item.keys.person.some((key) => keys.includes(key))) item.notBefore = 0
    }
  }

  /** Makes a waiting event due, and the earlier ones that share a key with it. */
  wakeUpTo(picked: T): void {
    const end = this.#positionOf(picked)
    if (this.#waiting[end] !== picked) return
    for (const item of this.#waiting.slice(0, end + 1)) {
      if (item.allKeys.some((key) => picked.allKeys.includes(key))) item.notBefore = 0
    }
  }

  /** Makes every event due. */
  wakeAll(): void {
    for (const item of this.#delayed) item.notBefore = 0
  }

  /** Takes out one event, if it waits. */
  delete(item: T): boolean {
    const position = this.#positionOf(item)
    if (this.#waiting[position] !== item) return false
    this.#waiting.splice(position, 1)
    this.#forget(item)
    return true
  }

  /** Takes out the events for which the test holds, in order. */
  remove(isPicked: (item: T) => boolean): T[] {
    const removed: T[] = []
    const left: T[] = []
    for (const item of this.#waiting) (isPicked(item) ? removed : left).push(item)
    if (removed.length > 0) this.#waiting = left
    for (const item of removed) this.#forget(item)
    return removed
  }

  /** How many events of the scope wait behind its next one, when those are left in the queue. */
  #countBehind(scope: object, left: readonly T[]): number {
    const inFront = left.filter((item) => item.scope === scope).length
    return (this.#waitingByScope.get(scope) ?? 0) - inFront - 1
  }

  #forget(item: T): void {
    count(this.#waitingByKey, item.allKeys, -1)
    count(this.#waitingByScope, [item.scope], -1)
    this.#delayed.delete(item)
  }

  /** Where the item is, or belongs: a binary search by place. */
  #positionOf({ place }: T): number {
    let low = 0
    let high = this.#waiting.length
    // Most events are new and belong to the end.
    if ((this.#waiting[high - 1]?.place ?? -1) < place) return high
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#waiting[middle]?.place ?? 0) < place) low = middle + 1
      else high = middle
    }
    return low
  }
}

function count<K>(counts: Map<K, number>, keys: readonly K[], change: 1 | -1): void {
  for (const key of keys) {
    const next = (counts.get(key) ?? 0) + change
    if (next > 0) counts.set(key, next)
    else counts.delete(key)
  }
}

/**
 * Makes later events wait behind this one. Behind an event that waits for its contact, and behind those that wait only
 * for such an event, only events wait that cannot create the contact.
 */
function block(blocked: Map<string, number>, item: Ordered, isFree: boolean): void {
  const waitsForOther = !isFree && item.allKeys.every((key) => blocked.get(key) !== EVERY_RANK)
  const isPassable = (item.waitsForContact && isFree) || waitsForOther
  const rank = isPassable ? item.rank : EVERY_RANK
  for (const key of isPassable ? item.keys.person : item.allKeys) {
    blocked.set(key, Math.min(blocked.get(key) ?? NO_RANK, rank))
  }
}
