/** Segment deduplicates over a day; here it is over this number of events. */
const MOST_REMEMBERED = 50_000

/**
 * The message ids that have come in. Segment takes an event once, however often a library sends it, and libraries do
 * repeat: Analytics.js sends events again that were unanswered when their page was left.
 */
export class SeenMessages {
  readonly #ids = new Set<string>()

  /** Returns whether the message is new from that source, and stores it. */
  take(source: string, messageId: unknown): boolean {
    if (typeof messageId !== 'string') return true
    const id = `${source} ${messageId}`
    if (this.#ids.has(id)) return false
    this.#ids.add(id)
    const [oldest] = this.#ids
    if (this.#ids.size > MOST_REMEMBERED && oldest !== undefined) this.#ids.delete(oldest)
    return true
  }

  /** After starting over the same messages may be sent again. */
  clear(): void {
    this.#ids.clear()
  }
}
