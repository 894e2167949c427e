import type { Clock } from '../clock'
import { WINDOW_MS, type RateLimitWindow } from './rate-limit-headers'

/** Counts the calls that a workspace has left in the current window, from the headers of Intercom's responses. */
export class RateLimiter {
  #limit = Infinity
  #remaining = Infinity
  #resetAt = 0
  #inFlight = 0
  /** The end of the window is an estimate, which the first response of the window corrects. */
  #isEstimated = false

  constructor(private readonly clock: Clock) {}

  /** Takes one call and returns 0, or returns the milliseconds until the next window if no call is left. */
  takeCall(): number {
    const now = this.clock()
    if (now >= this.#resetAt) this.#startWindow(now)
    if (this.#remaining < 1) return this.#resetAt - now
    this.#remaining -= 1
    this.#inFlight += 1
    return 0
  }

  /** Ends a call, with the window that the headers of its response report. */
  endCall(window?: RateLimitWindow): void {
    this.#inFlight -= 1
    if (!window) return
    this.#limit = window.limit ?? this.#limit
    const now = this.clock()
    // A local clock that is behind must not make the window longer than one.
    const resetAt = Math.min(window.resetAt, now + WINDOW_MS)
    const isOutdated = resetAt < this.#resetAt && !this.#isEstimated
    if (resetAt <= now || isOutdated) return
    const isSameWindow = resetAt === this.#resetAt || this.#isEstimated
    this.#isEstimated = false
    this.#resetAt = resetAt
    // In a new window Intercom may not have counted the calls in flight yet. In a known one, `takeCall` counted them.
    this.#remaining = isSameWindow ? Math.min(this.#remaining, window.remaining) : window.remaining - this.#inFlight
  }

  /** A new window has the full limit, less the calls in flight, which may be counted in it. */
  #startWindow(now: number): void {
    this.#remaining = this.#limit - this.#inFlight
    this.#isEstimated = Number.isFinite(this.#limit)
    this.#resetAt = this.#isEstimated ? now + WINDOW_MS : 0
  }
}
