import { REPORT_RESULTS, type OverTime, type ReportResult, type TimeBucket } from './report'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Each is a multiple of the one before, so that spans can be merged. */
const WIDTHS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, DAY, 7 * DAY, 28 * DAY, 364 * DAY] as const
const WIDEST = 364 * DAY

/** The largest time of a JavaScript date, and the smallest without the sign. */
const LATEST_DATE = 8.64e15

/** As many bars as a chart can show. */
const MOST_BUCKETS = 60

type Counts = Record<ReportResult, number>

const toEmpty = (): Counts => ({ delivered: 0, ignored: 0, rejected: 0, retry: 0 })

/** Counts results over time. The spans become wider when there are too many of them. */
export class TimeCounts {
  #buckets = new Map<number, Counts>()
  #width: number = MINUTE
  #elsewhere = 0

  /** `time` in milliseconds since 1970; `undefined` if the event has none that can be read. */
  add(time: number | undefined, result: ReportResult): void {
    if (time === undefined || !(Math.abs(time) <= LATEST_DATE)) {
      this.#elsewhere += 1
      return
    }
    const isFull = this.#buckets.size >= MOST_BUCKETS
    if (isFull && this.#width === WIDEST && !this.#buckets.has(toStart(time, WIDEST))) {
      this.#elsewhere += 1
      return
    }
    this.#countsOf(toStart(time, this.#width))[result] += 1
    while (this.#buckets.size > MOST_BUCKETS && this.#width < WIDEST) this.#widen()
  }

  build(): OverTime {
    const buckets = [...this.#buckets].map(([start, counts]): TimeBucket => ({ start, ...counts }))
    return {
      widthMs: this.#width,
      buckets: buckets.sort((a, b) => a.start - b.start),
      elsewhere: this.#elsewhere
    }
  }

  #countsOf(start: number): Counts {
    const found = this.#buckets.get(start)
    if (found) return found
    const counts = toEmpty()
    this.#buckets.set(start, counts)
    return counts
  }

  #widen(): void {
    const narrow = [...this.#buckets]
    this.#width = WIDTHS.find((width) => width > this.#width) ?? WIDEST
    this.#buckets = new Map()
    for (const [start, counts] of narrow) {
      const merged = this.#countsOf(toStart(start, this.#width))
      for (const result of REPORT_RESULTS) merged[result] += counts[result]
    }
  }
}

const toStart = (time: number, width: number): number => Math.floor(time / width) * width
