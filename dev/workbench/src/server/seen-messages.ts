/** Segment looks back over a day; here it is over as many events. */
const MOST_REMEMBERED = 50_000

/**
 * The message ids that have come in. Segment takes an event once however often a library sends it, and libraries do send
 * again: Analytics.js what was on its way when its page went.
 */
export class SeenMessages {
  readonly #ids = new Set<string>()

  /** Whether it is new from that source; from then on it is not. */
  take(source: string, messageId: unknown): boolean {
    if (typeof messageId !== 'string') return true
    const id = `${source} ${messageId}`
    if (this.#ids.has(id)) return false
    this.#ids.add(id)
    const [oldest] = this.#ids
    if (this.#ids.size > MOST_REMEMBERED && oldest !== undefined) this.#ids.delete(oldest)
    return true
  }

  /** Whoever starts over may send the same again. */
  clear(): void {
    this.#ids.clear()
  }
}
