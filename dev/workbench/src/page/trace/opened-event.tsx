import { useRef } from 'preact/hooks'
import type { EventSource, EventTrace } from '../../contract'
import { useFocusedHeading } from '../by-keyboard'
import { Moment } from '../shown/moment'
import { OutcomeBadge } from '../shown/outcome-badge'
import { ProblemList } from '../shown/problem-list'
import { useSubject } from '../subject'
import { DifferenceList } from './difference-list'
import { Answer } from './answer'
import { EventActions } from './event-actions'
import { isSameEvent, toEventOfCode } from './event-link'
import { useEventTrace } from './event-loading'
import { LinkedEvent } from './linked-event'
import { toOutcomeSentence } from './outcome-sentence'
import { EventFlow } from './event-flow'

interface OpenedEventProps {
  readonly id: string
  /** The event, if the link contains it. */
  readonly code: string | undefined
}

/** One event with its trace. */
export function OpenedEvent({ id, code }: OpenedEventProps) {
  const { trace, problems } = useEventTrace(id)
  const linked = code === undefined ? undefined : toEventOfCode(code)
  if (trace && (!linked || isSameEvent(trace.event, linked))) return <Traced trace={trace} />
  if (!trace && !problems) return <p class="quiet">Opening…</p>
  if (linked) return <LinkedEvent event={linked} />
  return (
    <div class="card stack">
      <h2>This event is not here</h2>
      <p>
        The workbench does not know {id}. It forgets its events when it stops; a link made with “Copy link” brings the
        event along.
      </p>
      {code !== undefined && <p>The link was meant to hold its event, but a part of it is missing.</p>}
      {problems && <ProblemList problems={problems} />}
    </div>
  )
}

const FROM = {
  shop: 'from the shop',
  editor: 'from the editor',
  file: 'from a file',
  api: 'over the tracking API'
} as const satisfies Record<EventSource, string>

function Traced({ trace }: { readonly trace: EventTrace }) {
  const { row, web, cloud, notes, differences } = trace
  const title = useRef<HTMLHeadingElement>(null)
  useFocusedHeading(title, row.id)
  useSubject(`${row.name === '' ? row.type : row.name} (${row.id})`)
  return (
    <article class="stack opened" aria-labelledby="opened-title">
      <header>
        <h2 id="opened-title" ref={title} tabIndex={-1}>
          {row.name === '' ? (
            row.type
          ) : (
            <>
              <span class="opened-type">{row.type}</span> {row.name}
            </>
          )}
        </h2>
        <p class="quiet opened-facts">
          {row.person === '' ? 'no person' : row.person} · {FROM[row.source]} · <Moment at={row.receivedAt} /> ·{' '}
          {row.id}
        </p>
        <EventActions trace={trace} />
      </header>
      <dl class="verdicts" aria-live="polite">
        {(['web', 'cloud'] as const).map((half) => {
          const side = half === 'web' ? web : cloud
          return (
            <div key={half} class={`verdict verdict-${side.outcome.state}`} aria-atomic="true">
              <dt>
                {half === 'web' ? 'Web' : 'Cloud'} <OutcomeBadge outcome={{ ...side.outcome, calls: 0 }} />
              </dt>
              <dd>{toOutcomeSentence(half, side)}</dd>
            </div>
          )
        })}
      </dl>
      <Answer trace={trace} />
      <DifferenceList differences={differences} differs={row.differs} />
      {notes.length > 0 && (
        <ul class="notes quiet">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <EventFlow trace={trace} />
    </article>
  )
}
