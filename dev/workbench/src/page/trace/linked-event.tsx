import { useState } from 'preact/hooks'
import type { JsonObject, Problem } from '../../contract'
import { CopyButton } from '../shown/copy-button'
import { JsonText } from '../shown/json'
import { ProblemList } from '../shown/problem-list'
import { goTo } from '../route'
import { sendEvents } from '../source/send-events'

/** An event of a link that this run of the workbench has not received. */
export function LinkedEvent({ event }: { readonly event: JsonObject }) {
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const send = async () => {
    const { rows, problems: found } = await sendEvents([JSON.stringify(event)])
    setProblems(found)
    if (rows[0]) goTo('trace', rows[0].id)
  }
  return (
    <div class="card stack">
      <h2>An event from a link</h2>
      <p>This workbench has not seen it. Send it, and watch its way.</p>
      <p class="bar">
        <button type="button" class="primary" onClick={() => void send()}>
          Send it
        </button>
        <CopyButton label="Copy as JSON" text={() => JSON.stringify(event, null, 2)} />
      </p>
      <ProblemList problems={problems} />
      <JsonText value={event} label="The event" />
    </div>
  )
}
