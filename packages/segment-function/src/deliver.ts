import {
  DELETIONS,
  PerformBatchRunner,
  RetryBudget,
  Sender,
  systemClock,
  toLimitedPolicy,
  toPlainVerdict,
  type Verdict
} from '@intercom-destinations/delivery'
import definition from '@intercom-destinations/intercom-cloud'
import { createRequestClient } from './request-client'
import type { Configuration } from './settings'
import { WorkspaceLimitsCache } from './workspace-limits'

/** Milliseconds for one call of the runtime, which stops it after five seconds and then tries all of its events again. */
export const DEADLINE_MS = 4000
/** How many calls to Intercom are under way at most: as many as the destination has people of a batch at once. */
const CONCURRENCY = 40

const UNREADABLE = 'The event cannot be read.'

/**
 * The cloud destination keeps what it knows of people under hashes that include the token, and this is kept the same way.
 * The token itself and the mappings live in the sender, which ends with its call.
 */
const limitsCache = new WorkspaceLimitsCache()

/** Delivers the events of one call of the runtime: one verdict for each, in order, within the deadline. */
export function deliver(events: readonly unknown[], configuration: Configuration): Promise<Verdict[]> {
  const { token, region, subscriptions } = configuration
  const budget = new RetryBudget()
  const sender = new Sender({
    ...limitsCache.forWorkspace(token, region),
    runner: new PerformBatchRunner({ definition, settings: { region }, token, createRequestClient }),
    subscriptions: [...subscriptions, DELETIONS],
    clock: systemClock,
    budget,
    policy: toLimitedPolicy(budget),
    concurrency: CONCURRENCY,
    holdAfterRetry: true,
    // Segment has decided already: it calls the function only for events whose `integrations` allow it.
    isAllowed: () => true
  })
  const scope = sender.openScope({ deadlineMs: DEADLINE_MS })
  return Promise.all(
    events.map((event) =>
      sender.deliver(event, scope).then(
        ({ verdict }) => verdict,
        () => toPlainVerdict('rejected', UNREADABLE)
      )
    )
  )
}
