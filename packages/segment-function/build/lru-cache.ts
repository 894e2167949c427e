/**
 * In the place of the package of this name, which is a tenth of what can be pasted: the entries that were used last, with the
 * methods that the destination calls. A test compares the two.
 */
export class LRUCache<Key, Value extends NonNullable<unknown>> {
  /** The entry that was used last is the last one. */
  readonly #entries = new Map<Key, Value>()
  readonly #maxSize: number

  constructor({ maxSize }: { maxSize: number }) {
    this.#maxSize = maxSize
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key)
    if (value !== undefined) this.set(key, value)
    return value
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.size <= this.#maxSize) return
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest)
      return
    }
  }

  delete(key: Key): boolean {
    return this.#entries.delete(key)
  }

  /** From the entry that was used last to the one that was not used for longest. */
  entries(): Iterable<[Key, Value]> {
    return [...this.#entries].reverse()
  }
}
