import type { Timing } from '../clock'
import { TOO_MANY_REQUESTS } from './http-status'
import { IntercomApiError, RATE_LIMIT_AHEAD } from './intercom-api-error'
import { toRateLimitWindow, toRetryAfterMs, type ResponseHeaders } from './rate-limit-headers'
import type { WorkspaceState } from '../state/state-store'

/** The longest total wait in one call from Segment, which has a time limit. Segment does a longer wait itself. */
const MAX_TOTAL_WAIT_MS = 2000
/** Up to a fifth is added to a wait, so that rejected events do not all come back at the same moment. */
const JITTER = 0.2

/** Waits for the rate limit within one call from Segment: up to two seconds, else it fails with the time to wait. */
export class RateLimitWait {
  #deadline: number | undefined

  constructor(
    private readonly state: Pick<WorkspaceState, 'takeCall' | 'endCall'>,
    private readonly timing: Timing
  ) {}

  /** Resolves when a call may be made; throws a 429 with `retryAfterMs` if that is too far away. */
  async acquire(operation: string): Promise<void> {
    for (;;) {
      const wait = await this.state.takeCall()
      if (wait === 0) return
      const { now, sleep } = this.timing
      this.#deadline ??= now() + MAX_TOTAL_WAIT_MS
      if (now() + wait > this.#deadline) {
        const retryAfterMs = this.withJitter(wait)
        throw new IntercomApiError({
          operation,
          status: TOO_MANY_REQUESTS,
          code: RATE_LIMIT_AHEAD,
          text: '',
          retryAfterMs
        })
      }
      await sleep(wait)
    }
  }

  /** Ends a call, with the headers of its response if there was one. */
  async release(headers?: ResponseHeaders): Promise<void> {
    await this.state.endCall(headers && toRateLimitWindow(headers))
  }

  /** How long to wait after Intercom answered 429. */
  toRetryAfterMs(headers: ResponseHeaders): number {
    return this.withJitter(toRetryAfterMs(headers, this.timing.now()))
  }

  withJitter(milliseconds: number): number {
    return Math.ceil(milliseconds * (1 + JITTER * this.timing.random()))
  }
}
