import { useState } from 'preact/hooks'
import type { EventTrace, Problem, Row } from '../../contract'
import { post, Refused } from '../api'
import { takeRows } from '../live'
import { goTo, linkTo } from '../route'
import { CopyButton } from '../shown/copy-button'
import { ProblemList } from '../shown/problem-list'
import { toCurlText } from './curl-text'
import { toEventCode } from './event-link'
import { findLatestTry } from './operation-text'
import { toScenarioText } from './scenario-text'

/** What can be done with an opened event. */
export function EventActions({ trace }: { readonly trace: EventTrace }) {
  const { row, event } = trace
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const sendAgain = async () => {
    try {
      const again = await post<Row>(`events/${encodeURIComponent(row.id)}/again`)
      takeRows([again])
      goTo('trace', again.id)
    } catch (error) {
      setProblems(error instanceof Refused ? error.problems : [{ path: '', message: String(error) }])
    }
  }
  const requests = findLatestTry(trace)
  return (
    <>
      <div class="bar event-actions">
        <button type="button" class="small primary" onClick={() => void sendAgain()}>
          Send again
        </button>
        <CopyButton
          label="Copy link"
          text={() => new URL(linkTo('trace', row.id, toEventCode(event)), location.href).href}
        />
        <CopyButton label="Copy as JSON" text={() => JSON.stringify(event, null, 2)} />
        {requests.length > 0 && <CopyButton label="Copy as curl" text={() => toCurlText(requests)} />}
        <CopyButton label="Copy as test scenario" text={() => toScenarioText(trace)} />
      </div>
      <ProblemList problems={problems} />
    </>
  )
}
