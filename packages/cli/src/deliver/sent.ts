import { withoutRequestId, type Outcome, type Run } from '@intercom-destinations/delivery'
import { isDoubtful, type Loss } from '@intercom-destinations/intercom-cloud'
import type { SegmentEvent } from '@segment/actions-core'
import { maskValues } from '../text/mask-values'

export interface Failure {
  readonly reason: string
  readonly status?: number
  readonly code?: string
  /** Whether it may succeed later: every attempt of this run failed for a reason that passes. */
  readonly retryable: boolean
}

/** The result of one event through one subscription. */
export type Sent =
  /** `losses` were left out, `doubtful` was sent and Intercom may ignore or change it. */
  | { kind: 'delivered'; losses: readonly Loss[]; doubtful: readonly Loss[]; retries: number }
  | { kind: 'rejected'; failure: Failure; retries: number }

/** The result of a run, with the losses of the event's preparation, and a reason without the event's values. */
export function toSent({ outcome, attempts }: Run, event: SegmentEvent, more: readonly Loss[] = []): Sent {
  const retries = attempts - 1
  if (outcome.kind === 'rejected' || outcome.kind === 'retry') {
    return { kind: 'rejected', failure: toFailure(outcome, event), retries }
  }
  const doubtful = outcome.kind === 'delivered' ? outcome.doubtful : []
  return {
    kind: 'delivered',
    losses: [...outcome.losses, ...more.filter((loss) => !isDoubtful(loss))],
    doubtful: [...doubtful, ...more.filter(isDoubtful)],
    retries
  }
}

/** What Segment would do next, and a run that has ended does not. */
const SENT_AGAIN = / The event is (?:recent, so it is )?sent again[^.]*\./

const toEndedText = (reason: string): string => reason.replace(SENT_AGAIN, ' Deliver the failed lines again later.')

function toFailure(
  { kind, reason, status, code }: Extract<Outcome, { kind: 'rejected' | 'retry' }>,
  event: SegmentEvent
): Failure {
  return {
    reason: toEndedText(withoutRequestId(maskValues(reason, event))),
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    retryable: kind === 'retry'
  }
}
