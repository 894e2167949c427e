import { toDurationText } from '../text/duration'
import { amount, plural } from '../text/text-layout'
import type { Progress } from './deliver-options'
import type { Speed } from './speed'

const PERCENT = 100
const MILLISECONDS_PER_SECOND = 1000
const WIDEST_BAR = 24
/** A shorter one shows nothing. */
const NARROWEST_BAR = 6
/** Brackets around the bar and the blanks behind it. */
const AROUND_BAR = 4
/** `2026-11-09T14:03:21.000Z`: the clock of the local time, written as an ISO time, begins here. */
const CLOCK = { from: 11, to: 19 }
const MILLISECONDS_PER_MINUTE = 60_000

export interface ProgressState {
  readonly progress: Progress
  readonly speed: Speed | undefined
  /** The size of the input; unknown for a pipe. */
  readonly totalBytes: number | undefined
  /** Milliseconds since 1970 until which Intercom's rate limit holds everything. */
  readonly waitsUntil: number | undefined
  readonly now: number
}

/**
 * The progress in one line of at most so many columns: the most important first, and what does not fit is left out whole.
 * The bar gets the room that is left.
 */
export function toProgressLine(state: ProgressState, columns: number, hasBar = true): string {
  const { totalBytes, progress } = state
  let text = ''
  for (const part of toParts(state)) {
    const longer = text === '' ? part : `${text}, ${part}`
    if (longer.length > columns) break
    text = longer
  }
  const room = Math.min(WIDEST_BAR, columns - text.length - AROUND_BAR)
  if (!hasBar || !totalBytes || room < NARROWEST_BAR) return text
  const filled = Math.min(room, Math.round((progress.bytesDone / totalBytes) * room))
  return `[${'='.repeat(filled)}${' '.repeat(room - filled)}]  ${text}`
}

function toParts({ progress, speed, totalBytes, waitsUntil, now }: ProgressState): string[] {
  const { bytesDone, lines, delivered, failed } = progress
  const isWaiting = waitsUntil !== undefined && waitsUntil > now
  const share = totalBytes ? Math.min(PERCENT, Math.floor((bytesDone / totalBytes) * PERCENT)) : undefined
  return [
    ...(share === undefined ? [] : [`${share}%`]),
    ...(speed?.secondsLeft === undefined ? [] : [`${toDurationText(speed.secondsLeft)} left`]),
    ...(isWaiting ? [toWaitText(waitsUntil, now)] : []),
    `${amount(failed)} failed`,
    `${amount(delivered)} delivered`,
    plural(lines, 'line'),
    ...(speed === undefined || isWaiting ? [] : [`${amount(Math.round(speed.perSecond))} a second`])
  ]
}

/** Why nothing moves, and until when. */
export const toWaitText = (until: number, now: number): string =>
  `rate limit: waits ${Math.ceil((until - now) / MILLISECONDS_PER_SECOND)} s until ${toClock(until)}`

function toClock(at: number): string {
  const local = at - new Date(at).getTimezoneOffset() * MILLISECONDS_PER_MINUTE
  return new Date(local).toISOString().slice(CLOCK.from, CLOCK.to)
}
