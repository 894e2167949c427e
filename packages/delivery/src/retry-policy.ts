import type { RetryOutcome } from './outcome'
import type { RetryBudget } from './retry-budget'

/** Waits before each further attempt. Segment retries for hours; a caller of `send` is answered within seconds. */
export const WAITS_MS = [100, 300, 900] as const
/** After a 429 that does not say when to come back: together longer than Intercom's window of ten seconds. */
export const WAITS_AFTER_429_MS = [1000, 3000, 9000] as const
/** How often an event waits as long as Intercom asks, because a busy workspace may ask several times. */
export const MAX_WAITS_AS_TOLD = 20

const TOO_MANY_REQUESTS = 429
/** A reason names Intercom's request for its support; failures of one kind differ in nothing else. */
const REQUEST_ID = /, request [^,)\s]+/

/** What to do after an attempt that failed for now. `asTold`: Intercom said how long to wait. */
export type RetryDecision = { kind: 'wait'; ms: number; asTold: boolean } | { kind: 'give-up' }

/** How often one event has waited. */
export interface Waits {
  guessed: number
  asTold: number
}

/** When an event is tried again, and when no longer. */
export interface RetryPolicy {
  decide(outcome: RetryOutcome, waits: Waits): RetryDecision
}

/** A few waits for each event, within the budget of the whole run. */
export function toLimitedPolicy(budget: RetryBudget): RetryPolicy {
  return {
    decide: (outcome, waits) => {
      if (outcome.retryAfterMs !== undefined) {
        if (waits.asTold >= MAX_WAITS_AS_TOLD) return { kind: 'give-up' }
        return { kind: 'wait', ms: outcome.retryAfterMs, asTold: true }
      }
      const ms = (outcome.status === TOO_MANY_REQUESTS ? WAITS_AFTER_429_MS : WAITS_MS)[waits.guessed]
      const kind = outcome.reason.replace(REQUEST_ID, '')
      if (ms === undefined || !budget.isLeftFor(kind)) return { kind: 'give-up' }
      budget.spend(kind, ms)
      return { kind: 'wait', ms, asTold: false }
    }
  }
}

/** The longest wait of the policy that never gives up. */
export const LONGEST_WAIT_MS = 30_000

/**
 * For a host that shows its events while they wait: waits double up to half a minute. An event that waits for its
 * contact is tried again soon once. After that asking is of little use: a delivery that creates the contact wakes it.
 */
export const PATIENT_POLICY: RetryPolicy = {
  decide: ({ retryAfterMs, waitsForContact = false }, { guessed }) => {
    if (retryAfterMs !== undefined) return { kind: 'wait', ms: retryAfterMs, asTold: true }
    const doubled = Math.min(WAITS_MS[0] * 2 ** Math.min(guessed, 20), LONGEST_WAIT_MS)
    return { kind: 'wait', ms: waitsForContact && guessed > 0 ? LONGEST_WAIT_MS : doubled, asTold: false }
  }
}

/** One attempt for each event. */
export const NO_RETRIES: RetryPolicy = { decide: () => ({ kind: 'give-up' }) }
