import { transform, type SegmentEvent } from '@segment/actions-core'
import { systemClock } from './clock'
import { CLOUD_NAMES, isSwitchedOn } from './integrations'
import { Pace } from './pace'
import { Patience } from './patience'
import { toSentRequest } from './request-text'
import { sendEvent } from './send-event'
import { toSubscriptions, type Subscription } from './subscriptions'
import type { Target } from './target'
import { toTracedLoss, type TracedRun, type TracedSubscription, type TraceSide } from './trace'

/** Runs the event through the real destination, each subscription once: whoever reads a trace wants the first answer. */
export async function traceCloud(
  event: SegmentEvent,
  target: Target,
  given: readonly Subscription[] | undefined
): Promise<TraceSide> {
  const switchedOn = isSwitchedOn(event.integrations)
  const subscriptions: TracedSubscription[] = []
  for (const subscription of given ?? toSubscriptions(target.definition.presets ?? [])) {
    const { name, action, filter } = subscription
    const takes = subscription.takes(event)
    const traced = { name: name ?? target.definition.actions[action]?.title ?? action, filter, takes }
    subscriptions.push(takes && switchedOn ? { ...traced, run: await run(event, subscription, target) } : traced)
  }
  return { destination: CLOUD_NAMES[0], switchedOn, subscriptions }
}

async function run(event: SegmentEvent, subscription: Subscription, target: Target): Promise<TracedRun> {
  const { destination, settings } = target
  const sent = await sendEvent(event, subscription, {
    destination,
    settings,
    clock: systemClock,
    patience: new Patience(0),
    pace: new Pace(systemClock),
    signal: undefined
  })
  const requests = destination.responses.splice(0).map(toSentRequest)
  return {
    payload: transform(subscription.mapping, { ...event }),
    sent: requests.map(({ method, path, body, status }) => ({ call: `${method} ${path}`, body, status })),
    losses: sent.kind === 'delivered' ? sent.losses.map(toTracedLoss) : [],
    doubtful: sent.kind === 'delivered' ? sent.doubtful.map(toTracedLoss) : [],
    failure: sent.kind === 'rejected' ? sent.failure.reason : undefined
  }
}
