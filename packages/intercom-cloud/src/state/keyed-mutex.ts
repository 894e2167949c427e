/**
 * Runs calls that share a key one at a time, in order, and all others concurrently. A call with several keys waits for
 * all of them. The keys are acquired together, so there is no deadlock.
 */
export class KeyedMutex {
  readonly #tails = new Map<string, Promise<unknown>>()

  async runExclusive<T>(keys: readonly string[], call: () => Promise<T>): Promise<T> {
    const earlier = Promise.all(keys.map((key) => this.#tails.get(key) ?? Promise.resolve()))
    const result = earlier.then(call)
    // The next call waits for the end of this one, also if it fails.
    const ended = result.catch(() => undefined)
    for (const key of keys) this.#tails.set(key, ended)
    try {
      return await result
    } finally {
      for (const key of keys) if (this.#tails.get(key) === ended) this.#tails.delete(key)
    }
  }

  /** Keys in use. */
  get size(): number {
    return this.#tails.size
  }
}
