import type { Clock } from './clock'

/** Intercom counts calls in windows of ten seconds (developers.intercom.com, rate limiting); longer requests are capped. */
export const LONGEST_PAUSE_MS = 120_000

/** One pause for all deliveries: when Intercom asks one of them to wait, the others would be refused too. */
export class RateLimitPause {
  #until = 0

  constructor(private readonly clock: Clock) {}

  holdFor(milliseconds: number): void {
    this.#until = Math.max(this.#until, this.clock.now() + Math.min(milliseconds, LONGEST_PAUSE_MS))
  }

  /** Milliseconds until deliveries may go on; 0 when they may. */
  get leftMs(): number {
    return Math.max(0, this.#until - this.clock.now())
  }

  /** Ends the pause at once. */
  end(): void {
    this.#until = 0
  }
}
