import { CircuitBreaker, RateLimitPause, systemClock } from '@intercom-destinations/delivery'
import { toCacheKey } from '@intercom-destinations/intercom-cloud'

/** What the calls of one workspace have in common: whether Intercom asked for a pause, and whether it answers at all. */
export interface WorkspaceLimits {
  readonly pause: RateLimitPause
  readonly breaker: CircuitBreaker
}

/** More than the connections of one function. */
const MOST_WORKSPACES = 100

/** The limits of each workspace while the process lives. Their keys are hashes, because settings must not be kept. */
export class WorkspaceLimitsCache {
  readonly #limits = new Map<string, WorkspaceLimits>()

  forWorkspace(token: string, region: string): WorkspaceLimits {
    const key = toCacheKey(region, token)
    const known = this.#limits.get(key)
    if (known) return known
    if (this.#limits.size >= MOST_WORKSPACES) this.#limits.clear()
    const limits = { pause: new RateLimitPause(systemClock), breaker: new CircuitBreaker(systemClock) }
    this.#limits.set(key, limits)
    return limits
  }
}
