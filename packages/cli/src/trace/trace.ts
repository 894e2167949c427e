import type { SubscriptionRow } from '@intercom-destinations/delivery'
import { isDoubtful, toReasonText, type Loss } from '@intercom-destinations/intercom-cloud'
import type { IntercomWebSettings } from '@intercom-destinations/intercom-web'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'

/** What happened to an event in one of the two destinations. */
export interface TraceSide {
  readonly destination: string
  /** Whether the event's `integrations` let it through. */
  readonly switchedOn: boolean
  readonly subscriptions: readonly TracedSubscription[]
}

export interface TracedSubscription {
  readonly name: string
  readonly filter: string
  readonly takes: boolean
  /** What follows is there where it takes the event. */
  readonly run?: TracedRun
}

export interface TracedRun {
  readonly payload: JSONObject
  readonly sent: readonly TracedCall[]
  readonly losses: readonly TracedLoss[]
  /** What was sent although Intercom may ignore or change it. */
  readonly doubtful: readonly TracedLoss[]
  /** Why it failed, when it did. */
  readonly failure: string | undefined
}

export interface TracedLoss {
  readonly path: string
  /** The key of the reason: `nested-value`. */
  readonly reason: string
  /** The reason in words. */
  readonly text: string
}

/** A call of the Messenger or a request. */
export interface TracedCall {
  readonly call: string
  readonly body: unknown
  /** Of the answer; the Messenger gives none. */
  readonly status?: number
}

export interface Trace {
  readonly type: string
  /** What the reader has to know to read it rightly. */
  readonly notes: readonly string[]
  readonly web: TraceSide
  readonly cloud: TraceSide
}

export interface WebTraceOptions {
  readonly settings?: Partial<Omit<IntercomWebSettings, 'subscriptions'>>
  /** The presets when left out. */
  readonly subscriptions?: readonly SubscriptionRow[]
}

export const toTracedLoss = ({ path, reason }: Loss): TracedLoss => ({ path, reason, text: toReasonText(reason) })

/** The losses of an event itself stand at each of its runs. */
export function withEventLosses<Run extends Pick<TracedRun, 'losses' | 'doubtful'>>(
  run: Run,
  losses: readonly Loss[]
): Run {
  return {
    ...run,
    losses: [...run.losses, ...losses.filter((loss) => !isDoubtful(loss)).map(toTracedLoss)],
    doubtful: [...run.doubtful, ...losses.filter(isDoubtful).map(toTracedLoss)]
  }
}

/**
 * Runs the event through the web destination, in a page that has a Messenger and nothing else. Puts a `window` into this
 * process while it runs, so whoever does other work beside it gives it a thread of its own. The web destination is
 * loaded when it is first asked for.
 */
export async function traceWeb(event: SegmentEvent, options?: WebTraceOptions): Promise<TraceSide> {
  const half = await import('./trace-web')
  return half.traceWeb(event, options)
}
