import { amount, plural } from '../../text/text-layout'
import type { Example, OutcomeRow, Report } from '../report'
import { html, NOTHING, toName, type Html } from './html'
import { RESULT_WORDS } from './result-marks'
import { toCount, toTable } from './table'

const TROUBLESHOOTING =
  'https://github.com/intercom-destinations/intercom-destinations/blob/main/docs/troubleshooting.md'

/** The first occurrence: the place in the event, the event, and the value if it was asked for. */
export function toExampleCell({ at, place, value }: Example): Html {
  const where = place === undefined ? NOTHING : html`${toName(place)}, `
  return html`${where}${at}${value === undefined ? NOTHING : html`<br /><code>${value}</code>`}`
}

const largestOf = (rows: readonly { readonly count: number }[]): number =>
  Math.max(0, ...rows.map(({ count }) => count))

/** What was not delivered, what was tried again, and how the failed events are sent again (`again`). */
export function toResultSection({ outcomes, retries }: Report, again: Html): Html {
  const failed = outcomes.filter(({ result }) => result !== 'ignored')
  const ignored = outcomes.filter(({ result }) => result === 'ignored')
  if (outcomes.length + retries.length === 0) return NOTHING
  return html`<h2 id="results">What was not delivered</h2>
    ${toOutcomeTable('Rejected or given up, by reason', failed)} ${again}
    ${failed.length === 0 ? NOTHING : html`<p class="quiet">What each error means: <a href="${TROUBLESHOOTING}">docs/troubleshooting.md</a>.</p>`}
    ${toOutcomeTable('Ignored, by reason', ignored)}
    ${toTable({
      caption: 'Attempts that failed for now and were repeated or given up, by reason',
      columns: [{ title: 'Reason' }, { title: 'Attempts', kind: 'number' }, { title: 'First at', kind: 'where' }],
      rows: retries.map(({ reason, status, count, example }) => [
        html`${withStatus(reason, status)}`,
        toCount(count, largestOf(retries)),
        toExampleCell(example)
      ])
    })}`
}

const withStatus = (reason: string, status: number | null): string =>
  status === null ? reason : `${reason} (status ${status})`

const toOutcomeTable = (caption: string, rows: readonly OutcomeRow[]): Html =>
  toTable({
    caption,
    columns: [
      { title: 'Reason' },
      { title: 'Mapping' },
      { title: 'Events', kind: 'number' },
      { title: 'First at', kind: 'where' },
      { title: 'What to do' }
    ],
    rows: rows.map(({ result, mapping, reason, status, count, example, advice }) => [
      html`${withStatus(reason, status)}${result === 'retry' ? html` <span class="quiet">(${RESULT_WORDS.retry})</span>` : NOTHING}`,
      html`${mapping ?? 'none'}`,
      toCount(count, largestOf(rows)),
      toExampleCell(example),
      html`${advice}`
    ])
  })

export function toUnreadableSection({ unreadableLines, unreadable }: Report): Html {
  if (unreadable === 0) return NOTHING
  return html`<h2 id="unreadable">${plural(unreadable, 'line')} ${unreadable === 1 ? 'is' : 'are'} no event</h2>
    ${toTable({
      caption: 'Unreadable lines, by reason',
      columns: [{ title: 'Reason' }, { title: 'Lines', kind: 'number' }, { title: 'First at', kind: 'where' }],
      rows: unreadableLines.map(({ reason, count, example }) => [
        html`${reason}`,
        toCount(count, largestOf(unreadableLines)),
        toExampleCell(example)
      ])
    })}`
}

export function toRequestSection({ requests }: Report): Html {
  if (requests.length === 0) return NOTHING
  const total = requests.reduce((sum, { count }) => sum + count, 0)
  return html`<h2 id="requests">${plural(total, 'request')} to Intercom</h2>
    <p class="quiet">
      An answer with an error is no failure by itself: the destination reads it and sends what Intercom accepts.
    </p>
    ${toTable({
      caption: 'Requests, by operation',
      columns: [
        { title: 'Operation' },
        { title: 'Requests', kind: 'number' },
        { title: 'Answered with an error', kind: 'number' }
      ],
      rows: requests.map(({ operation, count, refused }) => [
        html`<code>${operation}</code>`,
        toCount(count, largestOf(requests)),
        html`${amount(refused)}`
      ])
    })}`
}
