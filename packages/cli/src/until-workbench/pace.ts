import type { Clock } from '../clock'

const MILLISECONDS_PER_SECOND = 1000
/** Intercom's windows last ten seconds; whoever asks for more than this is not waited for. */
const LONGEST_WAIT_MS = 120_000

interface Headers {
  get(name: string): string | null
}

/** One pause for everybody: when Intercom tells one delivery to wait, the others have nothing to gain by going on. */
export class Pace {
  readonly #clock: Clock
  #until = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Reads what a 429 says about when to come back; nothing when it says nothing. */
  heed(headers: Headers): void {
    const waitMs = toWaitMs(headers, this.#clock.now())
    if (waitMs !== undefined) this.holdFor(waitMs)
  }

  holdFor(milliseconds: number): void {
    this.#until = Math.max(this.#until, this.#clock.now() + Math.min(milliseconds, LONGEST_WAIT_MS))
  }

  get isHeld(): boolean {
    return this.#until > this.#clock.now()
  }

  /** Waits until deliveries may go on; rejects when the signal ends the wait. */
  async ready(signal: AbortSignal | undefined): Promise<void> {
    while (this.isHeld) await this.#clock.sleep(this.#until - this.#clock.now(), signal)
  }
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), else Intercom's `X-RateLimit-Reset` in Unix seconds. */
function toWaitMs(headers: Headers, now: number): number | undefined {
  const after = headers.get('retry-after')
  if (after !== null) {
    const seconds = Number(after)
    const waitMs = Number.isFinite(seconds) ? seconds * MILLISECONDS_PER_SECOND : Date.parse(after) - now
    if (waitMs > 0) return waitMs
  }
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN)
  const waitMs = reset * MILLISECONDS_PER_SECOND - now
  return waitMs > 0 ? waitMs : undefined
}
