import type { Clock } from './clock'
import { HTTP_STATUS, isServerError } from './http-status'

/** How many calls in a row without a usable answer are an outage. */
export const FAILURES_TO_OPEN = 20
/** How many milliseconds the breaker stays open before one event is tried again. */
export const COOL_DOWN_MS = 30_000

/** `half-open`: the cool-down is over, and one event is tried. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** Stops deliveries while Intercom does not answer or refuses the token. */
export class CircuitBreaker {
  #failures = 0
  #isUnauthorized = false
  #openedAt: number | undefined

  constructor(
    private readonly clock: Clock,
    private readonly failuresToOpen = FAILURES_TO_OPEN
  ) {}

  get state(): BreakerState {
    if (this.#openedAt === undefined) return 'closed'
    return this.clock.now() - this.#openedAt < COOL_DOWN_MS ? 'open' : 'half-open'
  }

  /** Milliseconds until the next event may be tried; 0 when it may. */
  get leftMs(): number {
    return this.#openedAt === undefined ? 0 : Math.max(0, this.#openedAt + COOL_DOWN_MS - this.clock.now())
  }

  /** Why it is open, as a sentence for people; `undefined` while it is closed. */
  get reason(): string | undefined {
    if (this.#openedAt === undefined) return undefined
    if (this.#isUnauthorized) return 'Intercom no longer accepts the access token.'
    return `Intercom does not answer: ${this.failuresToOpen} calls in a row failed.`
  }

  /** Whether calls have failed since the last usable answer. */
  get hasRecentFailures(): boolean {
    return this.#failures > 0
  }

  /** Records the status of an answer. A 401 changes nothing: it may come from a proxy, and the destination decides. */
  answered(status: number): void {
    if (isServerError(status)) this.failed()
    else if (status !== HTTP_STATUS.unauthorized) this.reset()
  }

  /** Records that no answer came, or an unusable one. */
  failed(): void {
    this.#failures += 1
    if (this.#openedAt !== undefined || this.#failures >= this.failuresToOpen) this.#openedAt = this.clock.now()
  }

  /** Records that Intercom no longer accepts the token. */
  refusedToken(): void {
    this.#isUnauthorized = true
    this.#openedAt = this.clock.now()
  }

  /** Closes the breaker, as a usable answer does. */
  reset(): void {
    this.#failures = 0
    this.#isUnauthorized = false
    this.#openedAt = undefined
  }
}
