import { amount, plural } from '../../text/text-layout'
import { REPORT_RESULTS, type OverTime, type ReportResult, type TimeBucket } from '../report'
import { html, NOTHING, type Html } from './html'
import { RESULT_WORDS, toMark } from './result-marks'
import { toTable } from './table'

const WIDTH = 720
const HEIGHT = 140
/** More spans than this would be narrower than a line. */
const MOST_BARS = 200
/** The part of a span that its bar fills. */
const BAR_PART = 0.8
/** From this width on, the time of the day says nothing. */
const DAY = 86_400_000

const ORDER = REPORT_RESULTS

const UNITS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute']
] as const

/** The results over time: a chart, and the same as a table. */
export function toTimeSection({ widthMs, buckets, elsewhere }: OverTime): Html {
  if (buckets.length < 2) return NOTHING
  const shown = toBars({ widthMs, buckets })
  const largest = Math.max(...shown.bars.map(totalOf))
  const used = ORDER.filter((result) => buckets.some((bucket) => bucket[result] > 0))
  const first = buckets[0]?.start ?? 0
  const last = buckets.at(-1)?.start ?? 0
  const alternative = `From ${toTime(first, widthMs)} to ${toTime(last, widthMs)}, ${plural(buckets.length, 'span')} of ${toSpan(widthMs)} with events, at most ${plural(largest, 'event')} in one. The numbers are in the table below.`
  return html`<h2 id="time">Over time</h2>
    <p class="quiet">
      By the time at which the events happened, in UTC. One bar is ${toSpan(widthMs)}; the highest is
      ${plural(largest, 'event')}.${shown.isGapless ? '' : ' Times without events are left out.'}${elsewhere > 0 ? ` ${plural(elsewhere, 'event')} without a readable time ${elsewhere === 1 ? 'is' : 'are'} not shown.` : ''}
    </p>
    <figure>
      <ul class="legend">
        ${used.map((result) => html`<li>${toMark(result)}${RESULT_WORDS[result]}</li>`)}
      </ul>
      <svg
        class="chart"
        viewBox="0 0 ${WIDTH} ${HEIGHT}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${alternative}"
      >
        ${shown.bars.map((bar, index) => toBar(bar, index, shown.bars.length, largest))}
      </svg>
      <div class="axis" aria-hidden="true">
        <span>${toTime(first, widthMs)}</span><span>${toTime(last, widthMs)}</span>
      </div>
    </figure>
    <details>
      <summary>The same as a table</summary>
      ${toTable({
        caption: 'Events over time, in UTC',
        columns: [
          { title: 'From' },
          ...used.map((result) => ({ title: RESULT_WORDS[result], kind: 'number' as const }))
        ],
        rows: buckets.map((bucket) => [
          html`${toTime(bucket.start, widthMs)}`,
          ...used.map((result) => html`${amount(bucket[result])}`)
        ])
      })}
    </details>`
}

const totalOf = (bucket: TimeBucket): number => ORDER.reduce((sum, result) => sum + bucket[result], 0)

/** All spans from the first to the last, or, if that would be too many, those with events. */
function toBars({ widthMs, buckets }: Pick<OverTime, 'widthMs' | 'buckets'>) {
  const first = buckets[0]?.start ?? 0
  const last = buckets.at(-1)?.start ?? 0
  const count = (last - first) / widthMs + 1
  if (count > MOST_BARS) return { bars: buckets, isGapless: false }
  const known = new Map(buckets.map((bucket) => [bucket.start, bucket]))
  const bars = Array.from({ length: count }, (_, index): TimeBucket => {
    const start = first + index * widthMs
    return known.get(start) ?? { start, delivered: 0, ignored: 0, rejected: 0, retry: 0 }
  })
  return { bars, isGapless: true }
}

function toBar(bucket: TimeBucket, index: number, bars: number, largest: number): Html {
  const step = WIDTH / bars
  const x = index * step + (step * (1 - BAR_PART)) / 2
  let top = HEIGHT
  const toPart = (result: ReportResult) => {
    const height = (bucket[result] / largest) * HEIGHT
    top -= height
    return height === 0
      ? NOTHING
      : html`<rect
          class="${result}"
          x="${toShort(x)}"
          y="${toShort(top)}"
          width="${toShort(step * BAR_PART)}"
          height="${toShort(height)}"
        />`
  }
  return html`${ORDER.map(toPart)}`
}

const toShort = (number: number): string => number.toFixed(2)

function toSpan(widthMs: number): string {
  const [unit, word] = UNITS.find(([length]) => widthMs >= length) ?? [60_000, 'minute']
  const count = widthMs / unit
  return count === 1 ? `one ${word}` : `${count} ${word}s`
}

function toTime(start: number, widthMs: number): string {
  const text = new Date(start).toISOString()
  return widthMs >= DAY ? text.slice(0, 10) : `${text.slice(0, 16)}Z`
}
