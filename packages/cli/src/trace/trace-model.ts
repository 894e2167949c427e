import type { SavedSubscription } from '@intercom-destinations/delivery'
import { isDoubtful, toReasonText, type Loss } from '@intercom-destinations/intercom-cloud'
import type { IntercomWebSettings } from '@intercom-destinations/intercom-web'
import type { JSONObject } from '@segment/actions-core'

/** What one of the two destinations made of an event. */
export interface TraceSide {
  readonly destination: string
  /** Whether the event's `integrations` allow the destination. */
  readonly switchedOn: boolean
  readonly subscriptions: readonly TracedSubscription[]
}

export interface TracedSubscription {
  readonly name: string
  readonly filter: string
  readonly takes: boolean
  /** Present when the subscription takes the event. */
  readonly run?: TracedRun
}

export interface TracedRun {
  readonly payload: JSONObject
  readonly sent: readonly TracedCall[]
  readonly losses: readonly TracedLoss[]
  /** What was sent although Intercom may ignore or change it. */
  readonly doubtful: readonly TracedLoss[]
  /** Why it failed; `undefined` when it did not. */
  readonly failure: string | undefined
}

export interface TracedLoss {
  readonly path: string
  /** The key of the reason: `nested-value`. */
  readonly reason: string
  /** The reason as text. */
  readonly text: string
}

/** A call of the Messenger or a request. */
export interface TracedCall {
  readonly call: string
  readonly body: unknown
  /** The status of the answer; the Messenger gives none. */
  readonly status?: number
}

export interface Trace {
  readonly type: string
  /** Explanations for the reader. */
  readonly notes: readonly string[]
  readonly web: TraceSide
  readonly cloud: TraceSide
}

export interface WebTraceOptions {
  readonly settings?: Partial<Omit<IntercomWebSettings, 'subscriptions'>>
  /** The presets by default. */
  readonly subscriptions?: readonly SavedSubscription[]
}

export const toTracedLoss = ({ path, reason }: Loss): TracedLoss => ({ path, reason, text: toReasonText(reason) })

/** Adds the losses of the event's preparation to a run. */
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
