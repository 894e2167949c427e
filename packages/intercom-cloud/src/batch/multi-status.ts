import { MultiStatusResponse } from '@segment/actions-core'
import { OK } from '../client/http-status'
import { reportLosses, toHostReport, type DeliveryReport, type Listeners, type Loss } from '../delivery-report'
import type { MultiStatusError } from '../errors'

/** What became of one event of a batch. */
export type Outcome = { report: DeliveryReport } | { verdict: MultiStatusError }

/** A loss in the type that Segment's responses require. */
const toPlain = ({ path, reason }: Loss) => ({ path, reason })

/** The response to a batch of the action with this name. Reports the losses of the delivered events. */
export function toMultiStatus(name: string, outcomes: readonly Outcome[], listeners: Listeners): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (const outcome of outcomes) {
    if ('verdict' in outcome) {
      response.pushErrorResponse(outcome.verdict)
      continue
    }
    reportLosses(outcome.report.losses, listeners)
    const { losses, doubtful, ...ids } = toHostReport(outcome.report)
    const body = { ...ids, losses: losses.map(toPlain), ...(doubtful ? { doubtful: doubtful.map(toPlain) } : {}) }
    response.pushSuccessResponse({ status: OK, sent: name, body })
  }
  return response
}
