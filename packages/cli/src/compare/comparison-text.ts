import type { Comparison, ComparedSide, DifferenceRow } from '../report/comparison'
import { printable } from '../text/printable'
import { amount, plural, wrap } from '../text/text-layout'

const COUNT_WIDTH = 9
const ROWS_SHOWN = 15

const GUESSES =
  'Where Intercom’s answer to a value is not known, the emulator refuses it; its README lists these guesses.'

const COUNTS: readonly (readonly [string, (side: ComparedSide) => number])[] = [
  ['events delivered', ({ events }) => events.delivered],
  ['events refused', ({ events }) => events.refused],
  ['events ignored', ({ events }) => events.ignored],
  ['requests', ({ calls }) => calls],
  ['requests answered with an error', ({ refusedCalls }) => refusedCalls],
  ['contacts afterwards', ({ holds }) => holds.contacts],
  ['companies afterwards', ({ holds }) => holds.companies],
  ['events afterwards', ({ holds }) => holds.events]
]

/** The comparison for people: 80 columns; this destination in the first column, the other one in the second. */
export function toComparisonText({ ours, theirs, results, differences, notes }: Comparison): string {
  const title = `Compared with ${printable(theirs.name)}: this destination first, then the other one`
  const counts = COUNTS.map(([text, count]) => toRow([count(ours), count(theirs)], text))
  return [
    [...wrap(title, 0), ...counts.flat(), ...[...notes, GUESSES].flatMap((note) => wrap(printable(note), 2))],
    [
      'Delivered by one only',
      ...toShown(results, ({ side, result, reason, count, example }) =>
        toRow([count], `${result} by ${side === 'ours' ? 'this one' : 'the other one'}, ${example.at}: ${reason}`)
      )
    ],
    [
      'Differences afterwards: held by this one only, the other one only, other values',
      ...toShown(differences, (row) =>
        toRow([row.onlyOurs, row.onlyTheirs, row.unequal], `${toFieldText(row)}, ${row.example.at}`)
      )
    ]
  ]
    .filter((lines) => lines.length > 1)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function toShown<T>(rows: readonly T[], toLines: (row: T) => string[]): string[] {
  const hidden = rows.length - ROWS_SHOWN
  return [
    ...rows.slice(0, ROWS_SHOWN).flatMap(toLines),
    ...(hidden > 0 ? [`  and ${plural(hidden, 'more row')}; --report and --json list them`] : [])
  ]
}

const toFieldText = ({ kind, field }: DifferenceRow): string => (field === '' ? `whole ${kind}` : `${kind} ${field}`)

/** Counts in columns, and a text that stays to their right. */
function toRow(counts: readonly number[], text: string): string[] {
  const columns = counts.map((count) => amount(count).padStart(COUNT_WIDTH)).join('')
  const indent = columns.length + 2
  const [first = '', ...rest] = wrap(printable(text), indent)
  return [columns + first.slice(columns.length), ...rest]
}
