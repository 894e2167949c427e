import type { Dependencies } from '../dependencies'
import { IntercomApiError, RATE_LIMIT_AHEAD } from './intercom-api-error'
import type { RateLimiter } from './rate-limiter'

/** Segment counts the time of a call: a longer wait is Segment's to do, which is told how long. */
const LONGEST_WAIT_MS = 2000
/** So that all who were turned away do not come back at one moment. */
const JITTER = 0.2

const TOO_MANY_REQUESTS = 429

/** How one call of Segment's waits for its turn at Intercom: a little, and not at all where the wait is long. */
export class RateLimitWait {
  #until: number | undefined

  constructor(
    private readonly rateLimiter: RateLimiter,
    private readonly dependencies: Pick<Dependencies, 'now' | 'sleep' | 'random'>
  ) {}

  /** Resolves when a call may be made; throws where that is too far away. */
  async wait(operation: string): Promise<void> {
    for (;;) {
      const wait = this.rateLimiter.acquire()
      if (wait === 0) return
      const { now, sleep } = this.dependencies
      this.#until ??= now() + LONGEST_WAIT_MS
      if (now() + wait > this.#until) {
        const retryAfterMs = this.jittered(wait)
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

  jittered(milliseconds: number): number {
    return Math.ceil(milliseconds * (1 + JITTER * this.dependencies.random()))
  }
}
