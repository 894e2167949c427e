import type { ReportCard, ReportView as Answer } from '../../contract'
import { linkTo, route } from '../route'
import { ProblemList } from '../shown/problem-list'
import { useAnswer } from '../shown/use-answer'
import { CreateAttributes } from './create-attributes'
import { ReportBody } from './report-body'
import './report.css'
import { reportVersion } from './report-version'
import { SendAgain } from './send-again'

const ALL = 'all'

/** What arrived in Intercom, what was lost and why: of all events, or of the files that were sent last. */
export function ReportView() {
  const [, id = ALL] = route.value
  const cards = useAnswer<readonly ReportCard[]>('reports', reportVersion.value)
  const { answer, isMissing, problems, path } = useAnswer<Answer>(`reports/${id}`, reportVersion.value)
  return (
    <>
      {(cards.answer?.length ?? 0) > 1 && (
        <nav class="tabs report-tabs" aria-label="Reports">
          {cards.answer?.map((card) => (
            <a
              key={card.id}
              href={card.id === ALL ? linkTo('report') : linkTo('report', card.id)}
              aria-current={card.id === id ? 'page' : undefined}
            >
              {card.id === ALL ? 'All events' : card.title} <span class="count">{card.all.toLocaleString()}</span>
            </a>
          ))}
        </nav>
      )}
      <ProblemList problems={problems} />
      {isMissing && <Gone />}
      {answer && !isMissing && path === `reports/${id}` && <Shown key={id} {...answer} />}
    </>
  )
}

function Shown({ card, style, body }: Answer) {
  if (card.all === 0 && card.id === ALL) return <NoEvents />
  return (
    <>
      <p class="bar report-ways">
        <a class="button small" href={`/api/reports/${card.id}/page`} download="report.html">
          Save as a page
        </a>
        <span class="quiet">The cloud half’s deliveries. It names fields and places, and shows no values.</span>
      </p>
      <ReportBody style={style} body={body}>
        <CreateAttributes reportId={card.id} />
        <SendAgain card={card} />
      </ReportBody>
    </>
  )
}

function NoEvents() {
  return (
    <div class="card nothing">
      <h1>No event yet</h1>
      <p>
        Send a file of events: this report says what arrived in Intercom, which values were left out and why, and what
        to do about it.
      </p>
      <p>
        <a class="button primary" href={linkTo('source', 'editor')}>
          Send a file
        </a>
      </p>
    </div>
  )
}

function Gone() {
  return (
    <div class="card nothing">
      <h1>This report is gone</h1>
      <p>The workbench was started over, or too many files have been sent since.</p>
      <p>
        <a class="button" href={linkTo('report')}>
          The report of all events
        </a>
      </p>
    </div>
  )
}
