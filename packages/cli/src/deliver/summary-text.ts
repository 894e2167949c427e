import { toReasonText } from '@intercom-destinations/intercom-cloud'
import { toDurationText } from '../text/duration'
import { toUnreadableText } from '../input/event-line'
import type { TopCount } from './top-counts'
import { HELP_PAGES } from '../text/documentation'
import { printable } from '../text/printable'
import type { ActionLoss, Summary } from './summary'
import { amount, noun, plural, wrap } from '../text/text-layout'
import { toTwiceText } from '../text/twice-text'

const NARROWEST_COUNT = 7
const LINES_NAMED = 5
const ROWS_OF_A_REASON = 10
const BOLD = '\x1b[1m'
const PLAIN = '\x1b[0m'

export interface SummaryStyle {
  /** Headings in bold: for a terminal. */
  readonly styled: boolean
}

/** A line of a section: a text with a count, a text below one, or a heading. */
type Row = { count: number; text: string } | { below: string } | { heading: string }

interface Section {
  readonly title: string
  readonly rows: readonly Row[]
}

/** The summary for people: 80 columns, with the counts in one column. */
export function toSummaryText(summary: Summary, { styled }: SummaryStyle): string {
  const countWidth = Math.max(NARROWEST_COUNT, 2 + amount(Math.max(summary.lines.read, summary.requests.total)).length)
  const toLines = ({ title, rows }: Section) => [
    ...wrap(title, 0).map((line) => (styled ? `${BOLD}${line}${PLAIN}` : line)),
    ...rows.flatMap((row) => linesOfRow(row, countWidth))
  ]
  const sections = sectionsOf(summary).filter(({ rows }) => rows.length > 0)
  const advice = adviceOn(summary).flatMap((text) => wrap(text, 0))
  return [...sections.map(toLines), ...(advice.length === 0 ? [] : [advice])]
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function sectionsOf(summary: Summary): Section[] {
  return [
    opening(summary),
    { title: 'Delivered', rows: delivered(summary) },
    { title: 'Rejected', rows: rejected(summary) },
    { title: 'Unreadable lines', rows: unreadable(summary) },
    { title: 'Not for Intercom', rows: notForIntercom(summary) },
    { title: `Left out of what was delivered: ${toValueCount(summary.losses)}`, rows: losses(summary.losses) },
    {
      title: `Doubtful, sent although Intercom may ignore or change it: ${toValueCount(summary.doubtful)}`,
      rows: losses(summary.doubtful)
    },
    { title: 'Requests', rows: requests(summary) },
    { title: 'Intercom now holds', rows: workspaceCounts(summary) }
  ]
}

function opening({ workspace, playedBy, stoppedEarly, brokeOff, lines, events, whole, seconds }: Summary): Section {
  const end = brokeOff === null ? (stoppedEarly ? 'Stopped early. ' : '') : `Broken off: ${printable(brokeOff.reason)} `
  const how = end === '' ? 'Delivered' : `${end}Until then: delivered`
  return {
    title: `${how} to ${printable(workspace)}${playedBy === null ? '' : `, played by ${playedBy}`}, in ${toDurationText(seconds)}`,
    rows: [
      ...(lines.earlier === 0 ? [] : wholeRun(whole)),
      { count: events.delivered, text: `of ${plural(lines.events, 'event')} delivered` },
      { count: events.rejected, text: 'rejected' },
      { count: events.notForIntercom, text: 'not for Intercom' },
      ...(lines.unreadable === 0
        ? []
        : [{ count: lines.unreadable, text: `of ${plural(lines.read, 'line')} unreadable` }])
    ]
  }
}

/** A run that was continued, counted from its beginning. What follows is about this part alone. */
const wholeRun = ({ delivered, failed, nothingToDeliver }: Summary['whole']): Row[] => [
  { heading: 'All parts of this run together:' },
  { count: delivered, text: 'delivered' },
  { count: failed, text: 'rejected or unreadable' },
  { count: nothingToDeliver, text: 'not for Intercom, or blank' },
  { heading: 'This part:' }
]

function delivered({ actions }: Summary): Row[] {
  return actions
    .filter((action) => action.delivered > 0)
    .map((action) => ({ count: action.delivered, text: printable(action.action) }))
}

function rejected({ rejections }: Summary): Row[] {
  return rejections.flatMap(({ action, reason, status, retryable, ...group }) => [
    {
      count: group.count,
      text: [
        `${printable(action)}, ${linesOf(group)}`,
        ...(status === undefined ? [] : [`status ${status}`]),
        ...(retryable ? ['every attempt failed'] : [])
      ].join(', ')
    },
    { below: printable(reason) }
  ])
}

function unreadable(summary: Summary): Row[] {
  return summary.unreadable.map((row) => ({
    count: row.count,
    text: `${toUnreadableText(row)}: ${linesOf(row)}`
  }))
}

function notForIntercom(summary: Summary): Row[] {
  return summary.notForIntercom.map(({ reason, count }) => ({ count, text: printable(reason) }))
}

const toValueCount = (all: Summary['losses']): string =>
  plural(
    all.reduce((sum, { count }) => sum + count, 0),
    'value'
  )

/** Grouped by reason, which is a sentence; below it the fields, the most frequent first. */
function losses(all: Summary['losses']): Row[] {
  const byReason = new Map<ActionLoss['reason'], (ActionLoss & TopCount)[]>()
  for (const loss of all) byReason.set(loss.reason, [...(byReason.get(loss.reason) ?? []), loss])
  const actionWidth = Math.max(0, ...all.map(({ action }) => action.length))
  return [...byReason].flatMap(([reason, group]): Row[] => {
    const hidden = group.length - ROWS_OF_A_REASON
    return [
      { heading: `${toReasonText(reason)}:` },
      ...group.slice(0, ROWS_OF_A_REASON).map(({ count, action, path }) => ({
        count,
        text: `${printable(action).padEnd(actionWidth)}  ${printable(path)}`
      })),
      ...(hidden <= 0 ? [] : [{ below: `and ${plural(hidden, 'more field')}; --json lists them` }])
    ]
  })
}

function requests({ requests: { total, perDeliveredEvent, operations }, retries }: Summary): Row[] {
  if (total === 0) return []
  const ratio = perDeliveredEvent === null ? '' : `, ${perDeliveredEvent.toFixed(2)} for each delivered event`
  return [
    { count: total, text: `in all${ratio}` },
    ...operations.map(({ operation, count, refused }) => ({
      count,
      text: `${operation}${refused === 0 ? '' : ` (${amount(refused)} answered with an error)`}`
    })),
    ...(retries === 0 ? [] : [{ count: retries, text: `${retries === 1 ? 'delivery' : 'deliveries'} tried again` }])
  ]
}

function workspaceCounts({ intercomHolds }: Summary): Row[] {
  if (intercomHolds === null) return []
  const { users, leads, companies, attachments, events, tags } = intercomHolds
  return [
    { count: users, text: noun(users, 'user') },
    { count: leads, text: noun(leads, 'lead') },
    { count: companies, text: companies === 1 ? 'company' : 'companies' },
    { count: attachments, text: `${noun(attachments, 'attachment')} of a contact to a company` },
    { count: events, text: noun(events, 'event') },
    { count: tags, text: noun(tags, 'tag') }
  ]
}

/** Explanations, and what the reader can do. */
function adviceOn(summary: Summary): string[] {
  const { losses: all, timesAdded, countedTwice, rejections, whole, requests } = summary
  const { operations } = requests
  return [
    ...(operations.some(({ refused }) => refused > 0)
      ? [
          'An error among the requests is no failure by itself: the destination reads it and sends what Intercom accepts.'
        ]
      : []),
    ...(all.some(({ reason }) => reason === 'unknown-attribute')
      ? [
          'Attributes the workspace lacks arrive once they are created in Intercom; here, once a --workspace file lists them.'
        ]
      : []),
    ...(timesAdded === 0
      ? []
      : [
          `${plural(timesAdded, 'event')} came without a timestamp and got the time of sending, else of this delivery.`
        ]),
    ...(countedTwice === 0 ? [] : [`${toTwiceText(countedTwice)} What to do: ${HELP_PAGES.twice}`]),
    ...(rejections.length === 0 ? [] : ['Numbers are those of the file. --json lists more of them.']),
    ...(rejections.length > 0
      ? [`What the reasons mean: ${HELP_PAGES.rejected}`]
      : all.length > 0
        ? [`What the reasons mean: ${HELP_PAGES.losses}`]
        : []),
    ...(summary.complete && whole.delivered + whole.failed === 0
      ? [`Nothing is for Intercom. What to check: ${HELP_PAGES.nothing}`]
      : [])
  ]
}

function linesOfRow(row: Row, countWidth: number): string[] {
  if ('heading' in row) return wrap(row.heading, 2)
  const indent = countWidth + 2
  if ('below' in row) return wrap(row.below, indent)
  const [first = '', ...rest] = wrap(row.text, indent)
  return [`${amount(row.count).padStart(countWidth)}${first.slice(countWidth)}`, ...rest]
}

function linesOf({ count, lines, places }: TopCount): string {
  const named = lines.slice(0, LINES_NAMED)
  const others = count - named.length
  const list = places
    ? places.slice(0, LINES_NAMED).map(printable).join(', ')
    : `${named.length === 1 ? 'line' : 'lines'} ${named.map(amount).join(', ')}`
  return others === 0 ? list : `${list} and ${amount(others)} more`
}
