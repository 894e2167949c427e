import type { SegmentEvent } from '@segment/actions-core'
import type { ActionRunner } from './action-runner'
import type { CircuitBreaker } from './circuit-breaker'
import type { Clock } from './clock'
import type { Hooks } from './hooks'
import type { RateLimitPause } from './rate-limit-pause'
import type { RetryBudget } from './retry-budget'
import type { RetryPolicy } from './retry-policy'
import type { Subscription } from './subscriptions'

/** What a sender consists of. */
export interface SenderParts extends Hooks {
  runner: ActionRunner
  /** With `DELETIONS` among them, `delete` events are delivered too. */
  subscriptions: readonly Subscription[]
  clock: Clock
  pause: RateLimitPause
  breaker: CircuitBreaker
  budget: RetryBudget
  policy: RetryPolicy
  /** How many calls to Intercom are under way at most. */
  concurrency: number
  /** Whether later events of a person end as `retry`, unsent, after one that ended as `retry` in the same scope. */
  holdAfterRetry: boolean
  /** How many events share a window at most. */
  windowEvents?: number
  /** Whether an event may go to Intercom; by default its `integrations` decide. */
  isAllowed?: (event: SegmentEvent) => boolean
  /** Checked before every call; while it returns `false`, no call is made. */
  mayCall?: () => boolean
}

/** How many events share a window at most by default, and so the searches and writes of a batch. */
export const WINDOW_EVENTS = 100
