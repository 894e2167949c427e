import { KEPT_AWAY } from '../text/kept-away'
import { printable } from '../text/printable'
import type { Trace, TracedLoss, TracedRun, TraceSide } from './trace-model'

const GAP = 2
const LEAST_COLUMN = 48
const INDENT = 2
const SECTIONS = ['Subscriptions', 'Payload', 'Sent', 'Left out', 'Doubtful'] as const

type Section = (typeof SECTIONS)[number]

/** Web half and cloud half side by side where there is room for two columns, otherwise one below the other. */
export function toTraceText({ type, notes, web, cloud }: Trace, width: number): string {
  const column = Math.floor((width - GAP) / 2)
  const isWide = column >= LEAST_COLUMN
  const textWidth = isWide ? column : width
  const halves = [web, cloud].map((side) => ({
    title: side.destination,
    sections: SECTIONS.map((section) => ({
      section,
      lines: linesOf(side, section).flatMap((line) => wrap(line, textWidth))
    }))
  }))
  const opening = [`Trace of one ${printable(type)} call`, ...notes.flatMap((note) => wrap(note, width))]
  const [left, right] = halves
  if (!isWide || !left || !right) {
    const stacked = halves.flatMap(({ title, sections }) => [
      '',
      title,
      '='.repeat(title.length),
      ...sections.flatMap(({ section, lines }) => ['', section, ...lines.map((line) => ' '.repeat(INDENT) + line)])
    ])
    return [...opening, ...stacked].join('\n')
  }
  const rows = SECTIONS.flatMap((section, index) => [
    '',
    `${`${section} `.padEnd(column, '-')}${' '.repeat(GAP)}${`${section} `.padEnd(column, '-')}`,
    ...besides(left.sections[index]?.lines ?? [], right.sections[index]?.lines ?? [], column)
  ])
  return [...opening, '', ...besides([left.title], [right.title], column), ...rows].join('\n')
}

function besides(left: readonly string[], right: readonly string[], column: number): string[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    `${(left[index] ?? '').padEnd(column + GAP)}${right[index] ?? ''}`.trimEnd()
  )
}

function linesOf({ switchedOn, subscriptions }: TraceSide, section: Section): string[] {
  if (section === 'Subscriptions') {
    return [
      ...(switchedOn ? [] : [KEPT_AWAY]),
      ...subscriptions.map(({ name, filter, takes }) => `${takes ? 'yes' : 'no '}  ${name}: ${filter}`)
    ]
  }
  const runs = subscriptions.flatMap(({ name, run }) => (run ? [{ name, run }] : []))
  const lines = runs.flatMap(({ name, run }) => [...(runs.length > 1 ? [`${name}:`] : []), ...linesOfRun(run, section)])
  return lines.length === 0 ? ['nothing'] : lines
}

function linesOfRun({ payload, sent, losses, doubtful, failure }: TracedRun, section: Section): string[] {
  if (section === 'Payload') return toJsonLines(payload)
  if (section === 'Left out') return losses.map(toLossLine)
  if (section === 'Doubtful') return doubtful.map(toLossLine)
  return [
    ...sent.flatMap(({ call, body, status }) => [
      `${call}${status === undefined ? '' : ` -> ${status}`}`,
      ...(body === null ? [] : toJsonLines(body))
    ]),
    ...(failure === undefined ? [] : [`rejected: ${failure}`])
  ]
}

const toLossLine = ({ path, text }: TracedLoss): string => `${path}: ${text}`

const toJsonLines = (value: unknown): string[] => JSON.stringify(value, undefined, INDENT).split('\n')

/** Breaks a line that is too long, and keeps its indentation. */
function wrap(text: string, width: number): string[] {
  const line = printable(text)
  const indent = ' '.repeat(line.length - line.trimStart().length)
  const lines: string[] = []
  let rest = line
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width)
    const end = space > indent.length ? space : width
    lines.push(rest.slice(0, end))
    rest = `${indent}${' '.repeat(INDENT)}${rest.slice(end).trimStart()}`
  }
  return [...lines, rest]
}
