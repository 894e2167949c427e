/** How an event is ordered. */
export interface Ordered {
  /** The place in the order of arrival. */
  readonly place: number
  /** Keys of its person, and of its group: events that share one are delivered in order. */
  readonly keys: { readonly person: readonly string[]; readonly group: readonly string[] }
  /** The positions of its first and last subscription in the order in which the subscriptions of a window run. */
  readonly rows: { readonly first: number; readonly last: number }
  /**
   * While an event waits for its contact, events of the same person with a lower rank may be delivered: an identify
   * (0) passes a group call (1) or a track (2), and so creates the contact.
   */
  readonly rank: number
  /** Events of different scopes never share a window: each scope has its own deadline. */
  readonly scope: object
  /** Not before this time, in milliseconds since 1970. */
  notBefore: number
  waitsForContact: boolean
}

const EVERY_RANK = Number.NEGATIVE_INFINITY

/**
 * The events that are not settled yet, in the order of arrival. A window is taken from it: events that may be delivered
 * together. No window holds an event while an earlier event with one of its keys waits, or is in another window.
 */
export class KeyedQueue<T extends Ordered> {
  #waiting: T[] = []
  /** How many events in windows hold each key. */
  readonly #busy = new Map<string, number>()

  get size(): number {
    return this.#waiting.length
  }

  add(item: T): void {
    // New events come last; one that is tried again goes back to its place, near the front.
    let index = this.#waiting.length
    while (index > 0 && (this.#waiting[index - 1]?.place ?? 0) > item.place) index -= 1
    this.#waiting.splice(index, 0, item)
  }

  /** The next events that may be delivered together; empty when there are none now. */
  takeWindow(now: number, limit: number): T[] {
    const window: T[] = []
    /** For each key the lowest rank that has to wait. */
    const blocked = new Map<string, number>([...this.#busy.keys()].map((key) => [key, EVERY_RANK]))
    /** For each key the last row that an event of this window runs through. */
    const lastRows = new Map<string, number>()
    const left: T[] = []
    for (const [index, item] of this.#waiting.entries()) {
      if (window.length >= limit) {
        left.push(...this.#waiting.slice(index))
        break
      }
      const keys = toKeys(item)
      const isNow = item.notBefore <= now && (window[0]?.scope ?? item.scope) === item.scope
      const isFree = keys.every((key) => item.rank < (blocked.get(key) ?? Number.POSITIVE_INFINITY))
      const isInOrder = keys.every((key) => (lastRows.get(key) ?? -1) <= item.rows.first)
      if (isNow && isFree && isInOrder) {
        window.push(item)
        for (const key of keys) lastRows.set(key, Math.max(lastRows.get(key) ?? -1, item.rows.last))
        continue
      }
      left.push(item)
      block(blocked, item, isFree)
    }
    this.#waiting = left
    for (const item of window) for (const key of toKeys(item)) this.#busy.set(key, (this.#busy.get(key) ?? 0) + 1)
    return window
  }

  /** The window is done; events that are not settled are added again. */
  release(window: readonly T[]): void {
    for (const key of window.flatMap(toKeys)) {
      const holders = (this.#busy.get(key) ?? 0) - 1
      if (holders > 0) this.#busy.set(key, holders)
      else this.#busy.delete(key)
    }
  }

  /** When the next event that waits for a time may be tried again. */
  nextAfter(now: number): number | undefined {
    let next: number | undefined
    for (const { notBefore } of this.#waiting) {
      if (notBefore > now && (next === undefined || notBefore < next)) next = notBefore
    }
    return next
  }

  /** What waits only because an earlier event with one of its keys waits for a later time. */
  heldBack(now: number): T[] {
    const held: T[] = []
    const blocked = new Map<string, number>()
    for (const item of this.#waiting) {
      const isHeld = toKeys(item).some((key) => item.rank >= (blocked.get(key) ?? Number.POSITIVE_INFINITY))
      if (isHeld) held.push(item)
      if (isHeld || item.notBefore > now) block(blocked, item, !isHeld)
    }
    return held
  }

  /** Lets what waits for a contact be tried now: an event of the same person was delivered. */
  wake(keys: readonly string[]): void {
    for (const item of this.#waiting) {
      if (item.waitsForContact && item.keys.person.some((key) => keys.includes(key))) item.notBefore = 0
    }
  }

  /** Lets the event that the test picks be tried now, and first the earlier ones that share a key with it. */
  wakeOne(isPicked: (item: T) => boolean): void {
    const picked = this.#waiting.find(isPicked)
    if (!picked) return
    const keys = toKeys(picked)
    for (const item of this.#waiting) {
      if (item.place <= picked.place && toKeys(item).some((key) => keys.includes(key))) item.notBefore = 0
    }
  }

  /** Lets every event be tried now. */
  wakeAll(): void {
    for (const item of this.#waiting) item.notBefore = 0
  }

  /** Takes out the events that the test picks, in order. */
  remove(isPicked: (item: T) => boolean): T[] {
    const removed = this.#waiting.filter(isPicked)
    if (removed.length > 0) this.#waiting = this.#waiting.filter((item) => !removed.includes(item))
    return removed
  }
}

/**
 * Later events wait behind this one. Behind one that waits for its contact, and behind those that wait only for such a
 * one, only events wait that may not create the contact.
 */
function block(blocked: Map<string, number>, item: Ordered, isFree: boolean): void {
  const waitsForOther = !isFree && toKeys(item).every((key) => blocked.get(key) !== EVERY_RANK)
  const isPassable = (item.waitsForContact && isFree) || waitsForOther
  const rank = isPassable ? item.rank : EVERY_RANK
  for (const key of isPassable ? item.keys.person : toKeys(item)) {
    blocked.set(key, Math.min(blocked.get(key) ?? Number.POSITIVE_INFINITY, rank))
  }
}

/** All keys of an event, each once. */
export function toKeys({ keys }: Pick<Ordered, 'keys'>): string[] {
  return [...new Set([...keys.person, ...keys.group])]
}
