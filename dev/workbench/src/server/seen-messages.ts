/** Segment looks back over a day; here it is over as many events. */
const MOST_REMEMBERED = 50_000

/**
 * The message ids that have come in. Segment takes an event once however often a library sends it, and libraries do send
 * again: Analytics.js what was on its way when its page went.
 */
export class SeenMessages {
  readonly #ids = new Set<string>()

  /** Whether it is new; from then on it is not. */
  take(messageId: unknown): boolean {
    if (typeof messageId !== 'string') return true
    if (this.#ids.has(messageId)) return false
    this.#ids.add(messageId)
    const [oldest] = this.#ids
    if (this.#ids.size > MOST_REMEMBERED && oldest !== undefined) this.#ids.delete(oldest)
    return true
  }
}
