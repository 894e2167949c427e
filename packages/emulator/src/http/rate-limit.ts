import { Refusal } from './errors'
import { RATE_LIMIT_PER_WINDOW, RATE_LIMIT_WINDOW_PHASE_SECONDS, RATE_LIMIT_WINDOW_SECONDS } from '../model/limits'

/** Facts A7: the text every throttled client reads; the number is the workspace's own. */
export const rateLimitMessage = (limit: number) =>
  `Exceeded rate limit of ${limit} in ${RATE_LIMIT_WINDOW_SECONDS}_seconds`

/** Headers need a number; a client that keeps to them must not wait where nobody is turned away. */
const UNLIMITED = 1_000_000

/** Counts calls in slices of ten seconds, fills the three headers, and turns away what is too much. */
export class RateWindow {
  readonly #limitNow: () => number
  #start = Number.NEGATIVE_INFINITY
  #used = 0

  /** `limit` calls in each slice; Infinity turns nobody away, and the headers tell one that nobody reaches. */
  constructor(limitNow: () => number) {
    this.#limitNow = limitNow
  }

  get #limit(): number {
    return this.#limitNow()
  }

  /** The limit that a 429 names. */
  get limit(): number {
    return Number.isFinite(this.#limit) ? this.#limit : RATE_LIMIT_PER_WINDOW
  }

  /** Counts a call made at `now` (seconds); refuses it, with its headers, when the slice is used up. */
  take(now: number): Record<string, string> {
    this.#turn(now)
    if (this.#used >= this.#limit) {
      throw new Refusal(429, 'rate_limit_exceeded', rateLimitMessage(this.limit), this.exceeded(now))
    }
    this.#used += 1
    if (Number.isFinite(this.#limit)) return this.#headers(this.limit, this.limit - this.#used)
    return this.#headers(UNLIMITED, UNLIMITED)
  }

  /** The headers of a 429 at `now`: nothing remains until the slice ends. */
  exceeded(now: number): Record<string, string> {
    this.#turn(now)
    return this.#headers(this.limit, 0)
  }

  #turn(now: number): void {
    const phase = (now - RATE_LIMIT_WINDOW_PHASE_SECONDS) % RATE_LIMIT_WINDOW_SECONDS
    const start = now - (phase < 0 ? phase + RATE_LIMIT_WINDOW_SECONDS : phase)
    if (start === this.#start) return
    this.#start = start
    this.#used = 0
  }

  #headers(limit: number, remaining: number): Record<string, string> {
    return {
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(remaining),
      'X-RateLimit-Reset': String(this.#start + RATE_LIMIT_WINDOW_SECONDS)
    }
  }
}
