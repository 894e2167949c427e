import { useState } from 'preact/hooks'
import type { Problem, ReportCard, SentAgain } from '../../contract'
import { post } from '../api'
import { rows } from '../live'
import { goTo } from '../route'
import { ProblemList } from '../shown/problem-list'
import { problemsOf } from '../shown/problems-of'

/** The failed events of a report once more, as a report of their own. */
export function SendAgain({ card: { id, failed, notKept } }: { readonly card: ReportCard }) {
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [isSending, setSending] = useState(false)
  const waiting = rows.value.filter(({ cloud }) => cloud.state === 'retrying').length
  if (failed + waiting === 0) return null
  const send = async () => {
    setSending(true)
    try {
      const { run } = await post<SentAgain>(`reports/${id}/again`)
      setProblems([])
      if (run !== undefined) goTo('report', run)
    } catch (thrown) {
      setProblems(problemsOf(thrown))
    }
    setSending(false)
  }
  return (
    <div slot="send-again" class="report-act">
      <p>
        {failed > 0 &&
          'Once the reasons are dealt with, send the failed events again: they become a report of their own. '}
        {waiting > 0 && `${toEvents(waiting)} waiting for Intercom, and tried again at once. `}
        {notKept > 0 && `${notKept.toLocaleString()} more failed than are kept here: send the file again for those.`}
      </p>
      <p>
        <button type="button" class="primary" disabled={isSending} onClick={() => void send()}>
          {failed === 0 ? 'Try what waits again' : `Send the failed ones again (${failed.toLocaleString()})`}
        </button>
      </p>
      <ProblemList problems={problems} />
    </div>
  )
}

const toEvents = (count: number): string => (count === 1 ? '1 event is' : `${count.toLocaleString()} events are`)
