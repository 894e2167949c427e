import {
  CLOUD_NAMES,
  isAllowedByIntegrations,
  openSender,
  type ObservedRequest,
  type Run,
  type Subscription
} from '@intercom-destinations/delivery'
import { transform, type SegmentEvent } from '@segment/actions-core'
import { toSentRequest } from '../text/request-text'
import { toSent } from '../deliver/sent'
import { PRESETS, toSubscriptionName } from '../deliver/subscription-names'
import type { Target } from '../target/target'
import { toTracedLoss, type TracedRun, type TraceSide } from './trace-model'

/** Runs the event through the destination, each subscription once: a trace shows the first answer. */
export async function traceCloud(
  event: SegmentEvent,
  target: Pick<Target, 'connection'>,
  subscriptions: readonly Subscription[] = PRESETS
): Promise<TraceSide> {
  const switchedOn = isAllowedByIntegrations(event.integrations)
  const runs = switchedOn ? await runOnce(event, target, subscriptions) : new Map<Subscription, TracedRun>()
  const traced = subscriptions.map((subscription) => {
    const run = runs.get(subscription)
    const { filter } = subscription
    const name = toSubscriptionName(subscription)
    return { name, filter, takes: subscription.takes(event), ...(run ? { run } : {}) }
  })
  return { destination: CLOUD_NAMES[0], switchedOn, subscriptions: traced }
}

async function runOnce(
  event: SegmentEvent,
  { connection }: Pick<Target, 'connection'>,
  subscriptions: readonly Subscription[]
): Promise<ReadonlyMap<Subscription, TracedRun>> {
  const traced = new Map<Subscription, TracedRun>()
  const requests: ObservedRequest[] = []
  const sender = openSender({
    ...connection,
    subscriptions,
    concurrency: 1,
    retries: 'none',
    holdAfterRetry: false,
    onRequest: (request) => requests.push(request),
    // Runs do not overlap, so the requests since the previous run belong to this one.
    onAttempt: ({ run }) => traced.set(run.subscription, toTracedRun(run, event, requests.splice(0)))
  })
  const count = subscriptions.filter(({ takes }) => takes(event)).length
  let runs: readonly Run[] = []
  do {
    // The sender stops after a failure that may pass; a trace shows the later subscriptions too.
    const settled = await sender.deliver(event, undefined, runs.map(toFinalRun))
    if (settled.runs.length === runs.length) break
    runs = settled.runs
  } while (runs.length < count)
  await sender.close()
  return traced
}

function toFinalRun(run: Run): Run {
  return run.outcome.kind === 'retry' ? { ...run, outcome: { ...run.outcome, kind: 'rejected' } } : run
}

function toTracedRun(run: Run, event: SegmentEvent, requests: readonly ObservedRequest[]): TracedRun {
  const sent = toSent(run, event)
  return {
    payload: transform(run.subscription.mapping, { ...event }),
    sent: requests.map(toSentRequest).map(({ method, path, body, status }) => ({
      call: `${method} ${path}`,
      body,
      ...(status === undefined ? {} : { status })
    })),
    losses: sent.kind === 'delivered' ? sent.losses.map(toTracedLoss) : [],
    doubtful: sent.kind === 'delivered' ? sent.doubtful.map(toTracedLoss) : [],
    failure: sent.kind === 'rejected' ? sent.failure.reason : undefined
  }
}
