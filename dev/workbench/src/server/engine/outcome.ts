import type { Outcome, SubscriptionTrace } from '../../contract'

export const WAITING: Outcome = { state: 'waiting', calls: 0, losses: 0 }

/** What has come of a half that has run. */
export function toOutcome(subscriptions: readonly SubscriptionTrace[]): Outcome {
  const runs = subscriptions.flatMap(({ run }) => run ?? [])
  const failures = runs.flatMap(({ failure }) => failure ?? [])
  const failure = failures.find(({ retryable }) => !retryable) ?? failures[0]
  const counts = {
    calls: runs.reduce((sum, { calls }) => sum + calls.length, 0),
    losses: runs.reduce((sum, { losses }) => sum + losses.length, 0)
  }
  if (failure) return { state: failure.retryable ? 'retrying' : 'failed', ...counts, reason: failure.reason }
  return { state: runs.length > 0 ? 'delivered' : 'unmatched', ...counts }
}
