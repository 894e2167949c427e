import type { Clock } from '../clock'

/** developers.intercom.com, rate limiting: the limit of a minute is dealt out in slices of ten seconds. */
const WINDOW_MS = 10_000
const MILLISECONDS_PER_SECOND = 1000

interface Headers {
  get(name: string): string | null
}

/** The calls that are left to a workspace in this window, as Intercom's answers tell it. */
export class RateLimiter {
  #limit = Infinity
  #remaining = Infinity
  #resetAt = 0
  #inFlight = 0
  /** Whether the end of the window is our own estimate, which the first answer of the window corrects. */
  #isGuessed = false

  constructor(private readonly clock: Clock) {}

  /** Takes one call of the window; or answers how many milliseconds it is until there is one. */
  acquire(): number {
    const now = this.clock()
    if (now >= this.#resetAt) this.#turn(now)
    if (this.#remaining < 1) return this.#resetAt - now
    this.#remaining -= 1
    this.#inFlight += 1
    return 0
  }

  /** Gives back the call: it was answered, or will not be. */
  release(headers?: Headers): void {
    this.#inFlight -= 1
    const remaining = toNumber(headers, 'x-ratelimit-remaining')
    const reset = toNumber(headers, 'x-ratelimit-reset')
    if (remaining === undefined || reset === undefined) return
    this.#limit = toNumber(headers, 'x-ratelimit-limit') ?? this.#limit
    const now = this.clock()
    // Where our clock is behind, the window still is no longer than one.
    const resetAt = Math.min(reset * MILLISECONDS_PER_SECOND, now + WINDOW_MS)
    if (resetAt <= now || (resetAt < this.#resetAt && !this.#isGuessed)) return
    const isSame = resetAt === this.#resetAt || this.#isGuessed
    this.#isGuessed = false
    this.#resetAt = resetAt
    // Calls on their way may not be counted in the answer yet; in a window that we knew, we counted them ourselves.
    this.#remaining = isSame ? Math.min(this.#remaining, remaining) : remaining - this.#inFlight
  }

  /** How long the window lasts, for a call that Intercom turned away. */
  toRetryAfterMs(headers: Headers): number {
    const now = this.clock()
    const after = toNumber(headers, 'retry-after')
    if (after !== undefined) return after * MILLISECONDS_PER_SECOND
    const reset = toNumber(headers, 'x-ratelimit-reset')
    const left = reset === undefined ? 0 : reset * MILLISECONDS_PER_SECOND - now
    return left > 0 && left <= WINDOW_MS ? left : WINDOW_MS
  }

  /** A new window begins with all of its calls, less those that are on their way and may be counted in it. */
  #turn(now: number): void {
    this.#remaining = this.#limit - this.#inFlight
    this.#isGuessed = Number.isFinite(this.#limit)
    this.#resetAt = this.#isGuessed ? now + WINDOW_MS : 0
  }
}

function toNumber(headers: Headers | undefined, name: string): number | undefined {
  const text = headers?.get(name) ?? ''
  return /^\d+$/.test(text) ? Number(text) : undefined
}
