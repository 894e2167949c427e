import { amount } from '../../text/text-layout'
import type { Comparison, ComparedExample, ComparedSide, DifferenceRow } from '../comparison'
import { html, NOTHING, toName, type Html } from './html'
import { toTable } from './table'

const GUESSES = 'https://github.com/intercom-destinations/intercom-destinations/blob/main/packages/emulator/README.md'

/** The two destinations side by side. */
export function toComparisonSection({ ours, theirs, operations, results, differences, notes }: Comparison): Html {
  return html`<h2 id="comparison">Compared with ${theirs.name}</h2>
    <p>
      The same events, through the same engine, into a second emulated workspace. Where Intercom’s answer to a value is
      not known, the emulator refuses it, so some refusals may not happen in Intercom:
      <a href="${GUESSES}">its guesses</a>.
    </p>
    ${
      notes.length === 0
        ? NOTHING
        : html`<ul>
            ${notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
    }
    ${toSideTable(ours, theirs)} ${toResultTable(results)} ${toDifferenceTable(differences)}
    ${toTable({
      caption: 'Requests, by operation',
      columns: [
        { title: 'Operation' },
        { title: 'This destination', kind: 'number' },
        { title: 'The other one', kind: 'number' }
      ],
      rows: operations.map((row) => [
        html`<code>${row.operation}</code>`,
        html`${amount(row.ours)}`,
        html`${amount(row.theirs)}`
      ])
    })}`
}

function toSideTable(ours: ComparedSide, theirs: ComparedSide): Html {
  const rows: [string, (side: ComparedSide) => number][] = [
    ['Events delivered', ({ events }) => events.delivered],
    ['Events refused', ({ events }) => events.refused],
    ['Events ignored', ({ events }) => events.ignored],
    ['Requests', ({ calls }) => calls],
    ['Requests answered with an error', ({ refusedCalls }) => refusedCalls],
    ['Contacts afterwards', ({ holds }) => holds.contacts],
    ['Companies afterwards', ({ holds }) => holds.companies],
    ['Events afterwards', ({ holds }) => holds.events]
  ]
  return toTable({
    caption: 'Side by side',
    columns: [
      { title: 'What' },
      { title: 'This destination', kind: 'number' },
      { title: 'The other one', kind: 'number' }
    ],
    rows: rows.map(([title, count]) => [html`${title}`, html`${amount(count(ours))}`, html`${amount(count(theirs))}`])
  })
}

const toResultTable = (results: Comparison['results']): Html =>
  toTable({
    caption: 'Events that one destination delivered and the other one did not',
    columns: [
      { title: 'Reason' },
      { title: 'By' },
      { title: 'Events', kind: 'number' },
      { title: 'Example', kind: 'where' }
    ],
    rows: results.map(({ side, result, reason, count, example }) => [
      html`${reason}`,
      html`${result} by ${side === 'ours' ? 'this destination' : 'the other one'}`,
      html`${amount(count)}`,
      html`${example.at}`
    ])
  })

const toDifferenceTable = (differences: readonly DifferenceRow[]): Html =>
  differences.length === 0
    ? html`<p>Both workspaces hold the same values afterwards.</p>`
    : toTable({
        caption: 'Differences between what the two workspaces hold afterwards',
        columns: [
          { title: 'Field' },
          { title: 'Only with this destination', kind: 'number' },
          { title: 'Only with the other one', kind: 'number' },
          { title: 'Other values', kind: 'number' },
          { title: 'Example', kind: 'where' }
        ],
        rows: differences.map(({ kind, field, onlyOurs, onlyTheirs, unequal, example }) => [
          field === '' ? html`the whole ${kind}` : html`${toName(field)} of the ${kind}`,
          html`${amount(onlyOurs)}`,
          html`${amount(onlyTheirs)}`,
          html`${amount(unequal)}`,
          toComparedCell(example)
        ])
      })

function toComparedCell({ at, values }: ComparedExample): Html {
  if (values === undefined) return html`${at}`
  const [ours, theirs] = values
  return html`${at}<br />here <code>${ours}</code><br />there <code>${theirs}</code>`
}
