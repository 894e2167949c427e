import { withoutRequestId, type Outcome, type Run, type Verdict } from '@intercom-destinations/delivery'
import { isDoubtful, toAttributeType, toReasonText, type Loss } from '@intercom-destinations/intercom-cloud'
import type { SegmentEvent } from '@segment/actions-core'
import { toSubscriptionName } from '../deliver/subscription-names'
import { toEventMilliseconds } from '../input/prepare-event'
import { KEPT_AWAY } from '../text/kept-away'
import { maskValues } from '../text/mask-values'
import { isCountedTwice, isTrack } from './counted-twice'
import { toEventName } from './event-name'
import type { FailedAttempt, ReportedRun, ReportRules, SettledEvent } from './report-builder'

/** The rules of our cloud destination. */
export const REPORT_RULES: ReportRules = {
  toReasonText,
  toAttributeType
}

/** An event as the engine settled it, for a report. Reasons lose the values of the event. */
export function toSettledEvent(settled: {
  /** The event, in words such as `line 12`. */
  readonly at: string
  readonly event: SegmentEvent
  readonly verdict: Pick<Verdict, 'status' | 'reason'>
  readonly runs: readonly Run[]
  /** The losses of the event's preparation. */
  readonly losses?: readonly Loss[]
}): SettledEvent {
  const { at, event, verdict, runs, losses = [] } = settled
  return {
    at,
    event: { ...event },
    time: toEventMilliseconds(event.timestamp),
    result: verdict.status,
    reason: verdict.reason,
    isCountedTwice: isCountedTwice(event, runs),
    runs: runs.map((run, index) => toReportedRun(run, event, index === 0 ? losses : []))
  }
}

/** An event that no mapping takes, or that its integrations keep away. */
export const toUnsentEvent = (at: string, event: SegmentEvent, isAllowed: boolean): SettledEvent => ({
  at,
  event: { ...event },
  time: toEventMilliseconds(event.timestamp),
  result: 'ignored',
  reason: isAllowed ? `no subscription takes ${event.type} calls` : KEPT_AWAY,
  runs: []
})

function toReportedRun({ subscription, outcome }: Run, event: SegmentEvent, more: readonly Loss[]): ReportedRun {
  // Of an event without an answer, the mapping of the name may be what failed.
  const isSent = outcome.kind === 'delivered' || ('status' in outcome && outcome.status !== undefined)
  return {
    mapping: toSubscriptionName(subscription),
    result: outcome.kind,
    ...toReason(outcome, event),
    losses: [...('losses' in outcome ? outcome.losses : []), ...more.filter((loss) => !isDoubtful(loss))],
    doubtful: [...('doubtful' in outcome ? outcome.doubtful : []), ...more.filter(isDoubtful)],
    ...(isSent && isTrack(subscription) ? { eventName: toEventName(event, subscription) } : {})
  }
}

const toReason = (outcome: Outcome, event: SegmentEvent): Pick<ReportedRun, 'reason' | 'status'> => ({
  ...('reason' in outcome ? { reason: withoutRequestId(maskValues(outcome.reason, event)) } : {}),
  ...('status' in outcome ? { status: outcome.status } : {})
})

/** An attempt that failed for now; `undefined` for any other. */
export function toFailedAttempt(at: string, event: SegmentEvent, { outcome }: Run): FailedAttempt | undefined {
  if (outcome.kind !== 'retry' || outcome.waitsForEarlierEvent) return undefined
  return { at, reason: '', ...toReason(outcome, event) }
}
