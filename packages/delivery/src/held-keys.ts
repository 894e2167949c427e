import type { Ordered } from './keyed-queue'

/**
 * The keys of events that ended as `retry`. The caller has to send those events again before any later event of the
 * same person, so later events with one of these keys are not sent.
 */
export class HeldKeys {
  /** For each key the lowest rank that is held. */
  readonly #ranks = new Map<string, number>()

  add(item: Ordered): void {
    // An event that waits for its contact still lets an identify pass, which may create the contact.
    const isPassable = item.waitsForContact
    const rank = isPassable ? item.rank : Number.NEGATIVE_INFINITY
    for (const key of isPassable ? item.keys.person : item.allKeys) {
      this.#ranks.set(key, Math.min(this.#ranks.get(key) ?? Number.POSITIVE_INFINITY, rank))
    }
  }

  isHeld({ allKeys, rank }: Ordered): boolean {
    if (this.#ranks.size === 0) return false
    return allKeys.some((key) => rank >= (this.#ranks.get(key) ?? Number.POSITIVE_INFINITY))
  }
}
