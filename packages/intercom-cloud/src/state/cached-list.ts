import type { Clock } from '../clock'

/** Lists of a workspace seldom change: people seldom add attributes or teammates, and hardly ever remove one. */
export const MAX_LIST_AGE_MS = 10 * 60 * 1000
/**
 * An item that is missing may be new, so a list that is older than this is read again for it. A younger one is not: what is
 * missing has another cause.
 */
export const MIN_LIST_REREAD_AGE_MS = 60 * 1000

/** A list of a workspace that is read when an item of it is first needed. A list that could not be read is not kept. */
export class CachedList<T> {
  #last: { readAt: number; items: Promise<readonly T[]> } | undefined

  constructor(private readonly clock: Clock) {}

  /** The first item that matches; `undefined` if there is none. */
  async find(read: () => Promise<readonly T[]>, matches: (item: T) => boolean): Promise<T | undefined> {
    const found = (await this.#read(read, MAX_LIST_AGE_MS)).find(matches)
    return found ?? (await this.#read(read, MIN_LIST_REREAD_AGE_MS)).find(matches)
  }

  #read(read: () => Promise<readonly T[]>, maxAgeMs: number): Promise<readonly T[]> {
    if (this.#last && this.clock() - this.#last.readAt < maxAgeMs) return this.#last.items
    const last = { readAt: this.clock(), items: read() }
    this.#last = last
    last.items.catch(() => {
      if (this.#last === last) this.#last = undefined
    })
    return last.items
  }
}
