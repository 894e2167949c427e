import type { Clock } from './clock'

/**
 * Milliseconds. Intercom counts calls in windows of ten seconds (`docs/intercom.md, Rate limits and retries`), so a much
 * longer `Retry-After` is a mistake and is capped.
 */
export const LONGEST_PAUSE_MS = 120_000

/** One pause for all deliveries: while Intercom asks one of them to wait, it would refuse the others too. */
export class RateLimitPause {
  #until = 0

  constructor(private readonly clock: Clock) {}

  /** Pauses all deliveries, unless a longer pause is set already. */
  holdFor(milliseconds: number): void {
    this.#until = Math.max(this.#until, this.clock.now() + Math.min(milliseconds, LONGEST_PAUSE_MS))
  }

  /** Milliseconds until deliveries may continue; 0 when there is no pause. */
  get leftMs(): number {
    return Math.max(0, this.#until - this.clock.now())
  }

  /** Ends the pause at once. */
  end(): void {
    this.#until = 0
  }
}
