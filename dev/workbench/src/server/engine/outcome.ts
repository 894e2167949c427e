import type { Outcome, SubscriptionTrace } from '../../contract'

export const WAITING: Outcome = { state: 'waiting', calls: 0, losses: 0, doubtful: 0 }

/** The outcome of an event that has not been sent, because that would put it before an earlier event of its person. */
export const HELD_BACK: Outcome = {
  state: 'retrying',
  calls: 0,
  losses: 0,
  doubtful: 0,
  reason: 'An earlier event of the same person has to be delivered first.'
}

const REQUEST_TIMEOUT = 408
const TOO_MANY_REQUESTS = 429
const FIRST_SERVER_ERROR = 500

/**
 * Whether an attempt failed because of Intercom and not because of the event. `undefined` means that no answer came.
 */
export const isIntercomFailure = (status: number | undefined): boolean =>
  status === undefined || status === REQUEST_TIMEOUT || status === TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR

/** The outcome of a half that has run. */
export function toOutcome(subscriptions: readonly SubscriptionTrace[]): Outcome {
  const runs = subscriptions.flatMap(({ run }) => run ?? [])
  const failures = runs.flatMap(({ failure }) => failure ?? [])
  const failure = failures.find(({ retryable }) => !retryable) ?? failures[0]
  const counts = {
    calls: runs.reduce((sum, { calls }) => sum + calls.length, 0),
    losses: runs.reduce((sum, { losses }) => sum + losses.length, 0),
    doubtful: runs.reduce((sum, { doubtful }) => sum + doubtful.length, 0)
  }
  if (failure) return { state: failure.retryable ? 'retrying' : 'failed', ...counts, reason: failure.reason }
  if (runs.length === 0) return { state: 'unmatched', ...counts }
  return { state: counts.calls > 0 ? 'delivered' : 'nothing-sent', ...counts }
}
