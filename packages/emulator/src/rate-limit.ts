import { RATE_LIMIT_PER_WINDOW, RATE_LIMIT_WINDOW_SECONDS } from './limits'

/** Counts calls in slices of ten seconds, for the three headers. It only counts: nothing is turned away yet. */
export class RateWindow {
  #start = Number.NEGATIVE_INFINITY
  #used = 0

  /** The headers for a call made at `now` (seconds). */
  headers(now: number): Record<string, string> {
    const start = now - (now % RATE_LIMIT_WINDOW_SECONDS)
    if (start !== this.#start) {
      this.#start = start
      this.#used = 0
    }
    this.#used += 1
    return {
      'X-RateLimit-Limit': String(RATE_LIMIT_PER_WINDOW),
      'X-RateLimit-Remaining': String(Math.max(0, RATE_LIMIT_PER_WINDOW - this.#used)),
      'X-RateLimit-Reset': String(start + RATE_LIMIT_WINDOW_SECONDS)
    }
  }
}
