import { useState } from 'preact/hooks'
import type { EventTrace, Problem, Row } from '../../contract'
import { post } from '../api'
import { goTo, linkTo } from '../route'
import { CopyButton } from '../shown/copy-button'
import { ProblemList } from '../shown/problem-list'
import { problemsOf } from '../shown/problems-of'
import { toCurlText } from './curl-text'
import { toEventCode } from './event-link'
import { findLatestTry } from './operation-text'
import { toScenarioText } from './scenario-text'

/** The actions for an opened event. */
export function EventActions({ trace }: { readonly trace: EventTrace }) {
  const { row, event } = trace
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const ask = async (what: 'again' | 'retry') => {
    try {
      const { id } = await post<Row>(`events/${encodeURIComponent(row.id)}/${what}`)
      setProblems([])
      if (id !== row.id) goTo('trace', id)
    } catch (thrown) {
      setProblems(problemsOf(thrown))
    }
  }
  const requests = findLatestTry(trace)
  return (
    <>
      <div class="bar event-actions">
        {row.cloud.state === 'retrying' && (
          <button type="button" class="small primary" onClick={() => void ask('retry')}>
            Try again now
          </button>
        )}
        <button
          type="button"
          class={row.cloud.state === 'retrying' ? 'small' : 'small primary'}
          onClick={() => void ask('again')}
        >
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
