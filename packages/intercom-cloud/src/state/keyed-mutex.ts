/**
 * Lets what concerns one person happen one after another, and everything else side by side. Whoever names several
 * keys waits for all of them; because all are taken at one moment, nobody waits in a circle.
 */
export class KeyedMutex {
  readonly #last = new Map<string, Promise<unknown>>()

  async runExclusive<T>(keys: readonly string[], call: () => Promise<T>): Promise<T> {
    const before = Promise.all(keys.map((key) => this.#last.get(key) ?? Promise.resolve()))
    const mine = before.then(call)
    // Who comes next waits for the end, whatever it is.
    const ended = mine.catch(() => undefined)
    for (const key of keys) this.#last.set(key, ended)
    try {
      return await mine
    } finally {
      for (const key of keys) if (this.#last.get(key) === ended) this.#last.delete(key)
    }
  }

  /** Keys that somebody waits for or works on. */
  get size(): number {
    return this.#last.size
  }
}
