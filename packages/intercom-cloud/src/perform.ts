import { MultiStatusResponse, type ExecuteInput, type RequestClient } from '@segment/actions-core'
import { reportLosses, type DeliveryReport, type Listeners } from './delivery-report'
import type { Environment } from './environment'
import { inSegmentsWords, toVerdict, type Verdict } from './errors'
import type { Settings } from './generated-types'
import { openSession, type Session } from './session'

/** What an action does with one payload. */
export type Send<P> = (session: Session, payload: P) => Promise<DeliveryReport>

const OK = 200
const UNAUTHORIZED = 401

/** The two doors through which Segment calls an action, around one way of sending. */
export function toPerform<P extends object>(environment: Environment, action: string, send: Send<P>) {
  async function sendOne(session: Session, payload: P, listeners: Listeners): Promise<DeliveryReport> {
    const report = await inSegmentsWords(() => send(session, payload))
    reportLosses(report.losses, listeners)
    return report
  }

  return {
    perform: (request: RequestClient, data: ExecuteInput<Settings, P>): Promise<DeliveryReport> =>
      sendOne(openSession(environment, request, data), data.payload, data),

    /** One after another and in order; sending side by side, and within the rate limit, will live here. */
    performBatch: async (request: RequestClient, data: ExecuteInput<Settings, P[]>): Promise<MultiStatusResponse> => {
      const session = openSession(environment, request, data)
      const verdicts = new MultiStatusResponse()
      let dead: Verdict | undefined
      for (const payload of data.payload) {
        if (dead) {
          // Without a connection the rest cannot succeed either.
          verdicts.pushErrorResponse(dead)
          continue
        }
        try {
          const { losses, ...ids } = await sendOne(session, withoutBlanks(payload), data)
          const body = { ...ids, losses: losses.map(({ path, reason }) => ({ path, reason })) }
          verdicts.pushSuccessResponse({ status: OK, sent: action, body })
        } catch (thrown) {
          const verdict = toVerdict(thrown)
          if (verdict.status === UNAUTHORIZED) dead = verdict
          verdicts.pushErrorResponse(verdict)
        }
      }
      return verdicts
    }
  }
}

/** Segment drops a field that is `''` from a single event and leaves it in a batch; it means nothing in both. */
function withoutBlanks<P extends object>(payload: P): P {
  const copy = { ...payload }
  for (const [key, value] of Object.entries(copy)) if (value === '') Reflect.deleteProperty(copy, key)
  return copy
}
