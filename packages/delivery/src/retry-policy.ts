import { HTTP_STATUS } from './http-status'
import { withoutRequestId, type RetryOutcome } from './outcome'
import type { RetryBudget } from './retry-budget'

/** Milliseconds before each further attempt. Segment retries for hours; a caller of `send` is answered within seconds. */
export const BACKOFF_MS = [100, 300, 900] as const
/** After a 429 without a `Retry-After`: together longer than Intercom's window of ten seconds. */
export const BACKOFF_AFTER_429_MS = [1000, 3000, 9000] as const
/** How often an event waits as long as Intercom asks, because a busy workspace may ask several times. */
export const MAX_REQUESTED_WAITS = 20

/** What to do after an attempt that failed for now. `isRequested`: Intercom specified the wait. */
export type RetryDecision = { kind: 'wait'; ms: number; isRequested: boolean } | { kind: 'give-up' }

/** How often one event has waited. */
export interface Waits {
  /** For a time that the policy chose. */
  backoffs: number
  /** For a time that Intercom specified. */
  requested: number
}

/** Decides when an event is tried again, and when it is given up. */
export interface RetryPolicy {
  /** Whether an event may be given up: `false` for a policy that waits until the sender is closed. */
  readonly givesUp: boolean
  decide(outcome: RetryOutcome, waits: Waits): RetryDecision
}

/** A few waits for each event, within the budget of the whole sender. */
export function toLimitedPolicy(budget: RetryBudget): RetryPolicy {
  return {
    givesUp: true,
    decide: (outcome, waits) => {
      if (outcome.retryAfterMs !== undefined) {
        if (waits.requested >= MAX_REQUESTED_WAITS) return { kind: 'give-up' }
        return { kind: 'wait', ms: outcome.retryAfterMs, isRequested: true }
      }
      const ms = (outcome.status === HTTP_STATUS.tooManyRequests ? BACKOFF_AFTER_429_MS : BACKOFF_MS)[waits.backoffs]
      const kind = withoutRequestId(outcome.reason)
      if (ms === undefined || !budget.isLeftFor(kind)) return { kind: 'give-up' }
      budget.spend(kind, ms)
      return { kind: 'wait', ms, isRequested: false }
    }
  }
}

/** The longest wait of the policy that never gives up. */
export const LONGEST_BACKOFF_MS = 30_000
/** 2^20 times the first wait is far beyond the longest one. */
const MAX_DOUBLINGS = 20

/**
 * For a host that shows its events while they wait: waits double up to half a minute. An event that waits for its
 * contact is tried once more soon, then every half minute, because a delivery that creates the contact wakes it.
 */
export const PATIENT_POLICY: RetryPolicy = {
  givesUp: false,
  decide: ({ retryAfterMs, waitsForContact = false }, { backoffs }) => {
    if (retryAfterMs !== undefined) return { kind: 'wait', ms: retryAfterMs, isRequested: true }
    const doubled = Math.min(BACKOFF_MS[0] * 2 ** Math.min(backoffs, MAX_DOUBLINGS), LONGEST_BACKOFF_MS)
    return { kind: 'wait', ms: waitsForContact && backoffs > 0 ? LONGEST_BACKOFF_MS : doubled, isRequested: false }
  }
}

/** One attempt for each event. */
export const NO_RETRIES: RetryPolicy = { givesUp: true, decide: () => ({ kind: 'give-up' }) }
