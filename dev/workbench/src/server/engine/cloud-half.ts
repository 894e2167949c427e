import { isSwitchedOn, toTracedLoss, withEventLosses, type PreparedEvent } from '@intercom-destinations/cli'
import { transform } from '@segment/actions-core'
import type { DestinationState, Failure, JsonObject, Outcome, Run, Side } from '../../contract'
import { catalog } from '../catalog'
import type { Courier, Delivered } from './courier'
import type { CloudTarget } from './engine-types'
import { toMatches, toSubscriptionTrace, type Match } from './matches'
import { toOutcome } from './outcome'
import { RequestLog } from './request-log'

export const CLOUD_NAME = catalog.cloud.name

export interface CloudDelivery {
  readonly prepared: Pick<PreparedEvent, 'event' | 'losses'>
  readonly state: DestinationState
  /** `undefined` while nothing is connected. */
  readonly to: { readonly target: CloudTarget; readonly courier: Courier } | undefined
  /** What came of an earlier turn of the same event; what went well then is not sent again. */
  readonly earlier: CloudRuns
  /** When the first turn of the event came. */
  readonly startedAt: number
  readonly now: () => number
  readonly onFailedTry: (reason: string) => void
}

/** What came of each row, by the row's key. */
export type CloudRuns = ReadonlyMap<string, Run>

export interface CloudResult {
  readonly side: Side
  readonly runs: CloudRuns
}

/** Runs an event through the cloud destination, once for each row that takes it, as `deliver` does. */
export async function runCloud(delivery: CloudDelivery): Promise<CloudResult> {
  const { prepared, state, to, earlier } = delivery
  const { event } = prepared
  const matches = toMatches(state.subscriptions, event)
  const takers = matches.filter(({ takes }) => takes)
  const settled = (outcome: Outcome): CloudResult => ({
    side: toSide(matches, event, earlier, outcome),
    runs: earlier
  })
  const calls = [...earlier.values()].reduce((sum, run) => sum + run.calls.length, 0)
  if (!state.enabled) return settled({ state: 'off', calls, losses: 0, doubtful: 0, reason: 'It is switched off.' })
  if (!to) return settled({ state: 'off', calls, losses: 0, doubtful: 0, reason: 'Nothing is connected.' })
  if (!isSwitchedOn(event.integrations)) return settled({ state: 'kept-away', calls: 0, losses: 0, doubtful: 0 })
  const runs = new Map<string, Run>()
  for (const match of takers) {
    const before = earlier.get(match.key)
    const isDone = before !== undefined && !before.failure?.retryable
    runs.set(match.key, isDone ? before : await runOnce(match, { ...delivery, to, before }))
  }
  return { side: toSide(matches, event, runs), runs }
}

function toSide(matches: readonly Match[], event: JsonObject, runs: CloudRuns, outcome?: Outcome): Side {
  const subscriptions = matches.map((match) => {
    const run = runs.get(match.key)
    const traced = toSubscriptionTrace(match, event)
    return run ? { ...traced, run } : traced
  })
  return { destination: CLOUD_NAME, outcome: outcome ?? toOutcome(subscriptions), subscriptions }
}

type OneDelivery = Omit<CloudDelivery, 'to'> & {
  readonly to: NonNullable<CloudDelivery['to']>
  readonly before: Run | undefined
}

async function runOnce(
  { subscription }: Match,
  { prepared, state, to: { target, courier }, before, startedAt, now, onFailedTry }: OneDelivery
): Promise<Run> {
  const log = new RequestLog(now, startedAt, before?.calls)
  const settings = {
    ...state.settings,
    region: target.region,
    oauth: { access_token: target.token }
  }
  const { event } = prepared
  const delivered = await courier.deliver({ event, subscription, settings, log, onFailedTry })
  const failure = toFailure(delivered)
  const run: Run = {
    payload: toPayload(subscription.mapping, event),
    losses: delivered.kind === 'delivered' ? delivered.losses.map(toTracedLoss) : [],
    doubtful: delivered.kind === 'delivered' ? delivered.doubtful.map(toTracedLoss) : [],
    calls: log.calls,
    retries: log.retries,
    ...(failure ? { failure } : {})
  }
  return withEventLosses(run, prepared.losses)
}

/** What the mapping picks. An event that it cannot be applied to has failed in the destination already. */
function toPayload(mapping: Match['subscription']['mapping'], event: JsonObject): JsonObject {
  try {
    return transform(mapping, { ...event })
  } catch {
    return {}
  }
}

function toFailure(delivered: Delivered): Failure | undefined {
  switch (delivered.kind) {
    case 'delivered':
      return undefined
    case 'rejected':
      return delivered.failure
    case 'tired':
      return { reason: delivered.reason, retryable: true }
  }
}
