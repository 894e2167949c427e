import { amount, plural } from '../../text/text-layout'
import { REPORT_RESULTS, type Report, type RunEnd } from '../report'
import { HELP_PAGES } from '../../text/documentation'
import { toTwiceText } from '../../text/twice-text'
import { toComparisonSection } from './comparison-section'
import { COMMANDS, SLOTS, type Controls } from './controls'
import { html, NOTHING, type Html } from './html'
import { toAttributeSection, toDoubtfulSection, toEventNameSection, toLossSection } from './loss-sections'
import { toRequestSection, toResultSection, toUnreadableSection } from './result-sections'
import { PATTERNS, RESULT_WORDS, toMark } from './result-marks'
import { STYLE } from './style'
import { toTimeSection } from './time-chart'
import { toWholeRun } from './whole-run'

/** Nothing is loaded and nothing runs, whatever a file contains. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/**
 * The report as one HTML page that needs no network and no scripts. It is readable at 390 pixels, in the dark and without
 * colour. Imports nothing of Node, so a browser can make it, too.
 */
export function toReportHtml(report: Report): string {
  const title = toTitle(report)
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        ${PATTERNS}
        <main>${toSections(report, COMMANDS)}</main>
      </body>
    </html> `.text
}

/**
 * The same sections for the shadow root of an element in another page, with its style. Where the page of a file names a
 * command, they have a slot: `send-again` where events have failed, `create-attributes` where attributes are missing.
 */
export function toReportSections(report: Report): { readonly style: string; readonly body: string } {
  return { style: STYLE.text, body: html`${PATTERNS}${toSections(report, SLOTS)}`.text }
}

const toSections = (report: Report, { again, createAttributes }: Controls): Html =>
  html`<h1>${toTitle(report)}</h1>
    ${toOpening(report)} ${toAlerts(report)} ${toTotals(report)} ${toLossSection(report)}
    ${toAttributeSection(report, createAttributes(report))} ${toResultSection(report, again(report))}
    ${toUnreadableSection(report)} ${toTimeSection(report.overTime)} ${toEventNameSection(report.eventNames)}
    ${toDoubtfulSection(report)} ${toRequestSection(report)}
    ${report.comparison ? toComparisonSection(report.comparison) : NOTHING}`

const toTitle = ({ source }: Report): string => `Delivery of ${source}`

function toOpening({ workspace, playedBy, startedAt, endedAt }: Report): Html {
  const target = playedBy === null ? workspace : `${workspace}, played by ${playedBy}`
  return html`<p class="quiet">To ${target}. From ${toSecond(startedAt)} to ${toSecond(endedAt)}.</p>`
}

/** ISO 8601 without milliseconds, as events have their times. */
const toSecond = (iso: string): Html => html`<time datetime="${iso}">${iso.slice(0, 19)}Z</time>`

const END_WORDS = {
  stopped: 'Stopped early',
  'broken-off': 'Broken off',
  'under-way': 'Under way'
} as const

function toEndText(end: Exclude<RunEnd, { kind: 'complete' }>): string {
  if (end.kind === 'under-way') return `${amount(end.settled)} of ${plural(end.events, 'event')} settled.`
  return end.kind === 'broken-off' ? end.reason : ''
}

/** What a reader must not miss. */
function toAlerts(report: Report): Html {
  const { end } = report
  const parts = [
    ...(end.kind === 'complete'
      ? []
      : [
          html`<p>
            <strong>${END_WORDS[end.kind]}.</strong>
            ${toEndText(end)} The report shows the part that was done.
          </p>`
        ]),
    ...(report.earlier === 0 ? [] : [toWholeRun(report)]),
    ...(report.countedTwice === 0
      ? []
      : [html`<p>${toTwiceText(report.countedTwice)} <a href="${HELP_PAGES.twice}">What to do</a>.</p>`])
  ]
  return parts.length === 0 ? NOTHING : html`<div class="alert">${parts}</div>`
}

function toTotals({ events, unreadable, losses, doubtful }: Report): Html {
  const sum = (rows: readonly { readonly count: number }[]) => rows.reduce((total, { count }) => total + count, 0)
  const results = REPORT_RESULTS.filter(
    (result) => result === 'delivered' || result === 'rejected' || events[result] > 0
  )
  return html`<ul class="totals">
    ${results.map((result) => html`<li><strong>${amount(events[result])}</strong>${toMark(result)}${RESULT_WORDS[result]}</li>`)}
    ${unreadable === 0 ? NOTHING : html`<li><strong>${amount(unreadable)}</strong>unreadable lines</li>`}
    <li><strong>${amount(sum(losses))}</strong>values left out</li>
    ${sum(doubtful) === 0 ? NOTHING : html`<li><strong>${amount(sum(doubtful))}</strong>doubtful values</li>`}
  </ul>`
}
