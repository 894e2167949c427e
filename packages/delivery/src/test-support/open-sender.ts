import type { ActionRunner } from '../action-runner'
import { CircuitBreaker } from '../circuit-breaker'
import { RateLimitPause } from '../rate-limit-pause'
import { RetryBudget } from '../retry-budget'
import { toLimitedPolicy } from '../retry-policy'
import { Sender } from '../sender'
import type { SenderParts } from '../sender-parts'
import { toSubscription } from '../subscriptions'
import { VirtualClock } from './virtual-clock'

export const ROWS = [
  { partnerAction: 'trackEvent', subscribe: 'type = "track"', mapping: {} },
  { partnerAction: 'groupIdentifyContact', subscribe: 'type = "group"', mapping: {} },
  { partnerAction: 'identifyContact', subscribe: 'type = "identify"', mapping: {} }
]

/** A sender with a scripted destination and a clock of its own. */
export function openScripted(runner: ActionRunner, parts: Partial<SenderParts> = {}) {
  const clock = new VirtualClock()
  const budget = new RetryBudget()
  const breaker = new CircuitBreaker(clock)
  const sender = new Sender({
    runner,
    subscriptions: ROWS.map(toSubscription),
    clock,
    pause: new RateLimitPause(clock),
    breaker,
    budget,
    policy: toLimitedPolicy(budget),
    concurrency: 10,
    holdAfterRetry: true,
    ...parts
  })
  return { sender, clock, breaker }
}
