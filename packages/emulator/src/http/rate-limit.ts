import { Refusal } from './errors'
import { RATE_LIMIT_PER_WINDOW, RATE_LIMIT_WINDOW_PHASE_SECONDS, RATE_LIMIT_WINDOW_SECONDS } from '../model/limits'

/** docs/intercom.md, Rate limits and retries: the text of every 429; the number is the limit of the workspace. */
export const rateLimitMessage = (limit: number) =>
  `Exceeded rate limit of ${limit} in ${RATE_LIMIT_WINDOW_SECONDS}_seconds`

/** The headers need a number: so high that a client which obeys them never waits. */
const UNLIMITED = 1_000_000

/** Counts calls in windows of ten seconds, fills the three headers, and refuses calls over the limit. */
export class RateLimitWindow {
  readonly #currentLimit: () => number
  #start = Number.NEGATIVE_INFINITY
  #used = 0

  /** `currentLimit` returns the calls allowed in each window; Infinity refuses none. */
  constructor(currentLimit: () => number) {
    this.#currentLimit = currentLimit
  }

  /** The limit that the text of a 429 names. */
  get limit(): number {
    const limit = this.#currentLimit()
    return Number.isFinite(limit) ? limit : RATE_LIMIT_PER_WINDOW
  }

  /** Counts a call made at `now` (seconds) and returns its headers. Throws a 429 if the window is used up. */
  take(now: number): Record<string, string> {
    this.#startWindow(now)
    if (this.#used >= this.#currentLimit()) {
      throw new Refusal(429, 'rate_limit_exceeded', rateLimitMessage(this.limit), this.exceeded(now))
    }
    this.#used += 1
    if (Number.isFinite(this.#currentLimit())) return this.#headers(this.limit, this.limit - this.#used)
    return this.#headers(UNLIMITED, UNLIMITED)
  }

  /** The headers of a 429 at `now` (seconds): nothing remains until the window ends. */
  exceeded(now: number): Record<string, string> {
    this.#startWindow(now)
    return this.#headers(this.limit, 0)
  }

  /** Starts a new window if `now` is outside of the current one. */
  #startWindow(now: number): void {
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
