import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock'

interface Dated<Value> {
  value: Value
  since: number
}

/**
 * The entries that were used last, each for a limited time. The age is counted here, because the clock that lru-cache
 * counts by can be replaced from version 11 only, and Segment's repository has version 10.
 */
export class ExpiringCache<Value extends NonNullable<unknown>> {
  readonly #entries: LRUCache<string, Dated<Value>>

  /** `maxAgeMs`: milliseconds after which an entry is not found any more. */
  constructor(
    private readonly clock: Clock,
    maxEntries: number,
    private readonly maxAgeMs: number
  ) {
    this.#entries = new LRUCache(atMost(maxEntries))
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    if (this.clock() - entry.since <= this.maxAgeMs) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** Adds the entry, or replaces it; its age begins now. */
  set(key: string, value: Value): void {
    this.#entries.set(key, { value, since: this.clock() })
  }

  /** The entries that are not too old. */
  *entries(): Generator<[string, Value]> {
    for (const [key, { value, since }] of this.#entries.entries())
      if (this.clock() - since <= this.maxAgeMs) yield [key, value]
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}

/** A limit like lru-cache's `max`, which would allocate all slots in advance: 10 ms and 3 MB at every import. */
export function atMost(entries: number) {
  return { maxSize: entries, sizeCalculation: () => 1 }
}
