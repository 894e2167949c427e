import { withEventLosses, type PreparedEvent } from '@intercom-destinations/cli'
import { isAllowedByIntegrations, WEB_NAMES } from '@intercom-destinations/delivery'
import type { DestinationState, JsonObject, Outcome, Run, Side, SubscriptionTrace } from '../../contract'
import { catalog } from '../configuration/catalog'
import { toJson } from './json'
import { toMatches, toSubscriptionTrace } from './matches'
import { toOutcome } from './outcome'
import type { WebConfiguration, WebRun, WebThread } from './web-worker'

export const WEB_NAME = catalog.web.name

export interface WebDelivery {
  readonly prepared: Pick<PreparedEvent, 'event' | 'losses'>
  readonly state: DestinationState
  readonly thread: Pick<WebThread, 'run'>
}

/** Runs an event through the web destination, in the thread that has a `window`. */
export async function runWeb({ prepared: { event, losses }, state, thread }: WebDelivery): Promise<Side> {
  const matches = toMatches(state.subscriptions, event)
  const traces = matches.map((match) => toSubscriptionTrace(match, event))
  const settled = (outcome: Outcome): Side => ({ destination: WEB_NAME, outcome, subscriptions: traces })
  if (!state.enabled) return settled({ state: 'off', calls: 0, losses: 0, doubtful: 0, reason: 'It is switched off.' })
  if (!isAllowedByIntegrations(event.integrations, WEB_NAMES))
    return settled({ state: 'kept-away', calls: 0, losses: 0, doubtful: 0 })
  const takers = matches.flatMap(({ takes }, place) => (takes ? place : []))
  if (takers.length === 0) return settled({ state: 'unmatched', calls: 0, losses: 0, doubtful: 0 })
  const answer = await thread.run({ event, configuration: toConfiguration(state), takers })
  const failed: WebRun = {
    payload: {},
    sent: [],
    losses: [],
    doubtful: [],
    failure: 'failure' in answer ? answer.failure : undefined
  }
  const runs = 'runs' in answer ? [...answer.runs] : []
  const subscriptions = traces.map((trace): SubscriptionTrace => {
    if (!trace.takes) return trace
    return { ...trace, run: withEventLosses(toRun(runs.shift() ?? failed), losses) }
  })
  return { destination: WEB_NAME, outcome: toOutcome(subscriptions), subscriptions }
}

const configurations = new WeakMap<DestinationState, WebConfiguration>()

/** Returns the same object until the state changes, so that the thread is sent each configuration once. */
function toConfiguration(state: DestinationState): WebConfiguration {
  const known = configurations.get(state)
  if (known) return known
  const configuration = { settings: toWebSettings(state.settings), subscriptions: state.subscriptions }
  configurations.set(state, configuration)
  return configuration
}

/** A blank App ID is left out, so that the trace uses its own: the web destination does not start without one. */
function toWebSettings({ appId, ...settings }: JsonObject): JsonObject {
  return typeof appId === 'string' && appId.trim() !== '' ? { appId, ...settings } : settings
}

function toRun({ payload, sent, losses, doubtful, failure }: WebRun): Run {
  return {
    payload,
    losses,
    doubtful,
    calls: sent.map(({ call, body }) => ({ call, body: toJson(body) })),
    retries: 0,
    ...(failure === undefined ? {} : { failure: { reason: failure, retryable: false } })
  }
}
