import { isDate } from './date'
import { secondsOfWrittenDate } from './written-date'

declare const unixSeconds: unique symbol

/** Whole seconds since 1970-01-01T00:00:00Z, the only form in which Intercom takes a time. Made by `toUnixSeconds`. */
export type UnixSeconds = number & { readonly [unixSeconds]: true }

/** From here up a number means milliseconds: as seconds it would be the year 5138. */
const FIRST_MILLISECOND_NUMBER = 1e11
const MILLISECONDS_PER_SECOND = 1000
/** The last second of the year 9999: what lies behind it is a mistake in the unit, not a date. */
const LAST_SECOND = 253_402_300_799
/** The first second of the year 0001. */
const FIRST_SECOND = -62_135_596_800

/** With fewer than nine digits it would be a moment before March 1973; it rather is a year, a day or a count. */
const TIMESTAMP = /^-?\d{9,}(\.\d+)?$/

/**
 * A moment in time as whole Unix seconds.
 *
 * Reads what is written out (see `secondsOfWrittenDate`), `Date`, and numbers or their texts: seconds, from 1e11 up
 * milliseconds. A number is read as its text is, because Segment makes a text of it on the cloud half. Anything that two
 * people could read differently (`'March 7'`) or that no calendar has (`'2024-13-45'`) is `undefined`.
 */
export function toUnixSeconds(value: unknown): UnixSeconds | undefined {
  if (isDate(value)) return wholeSeconds(value.getTime() / MILLISECONDS_PER_SECOND)
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value).trim()
  return wholeSeconds(secondsOfWrittenDate(text)) ?? (TIMESTAMP.test(text) ? secondsOfNumber(Number(text)) : undefined)
}

function secondsOfNumber(value: number): UnixSeconds | undefined {
  return wholeSeconds(Math.abs(value) < FIRST_MILLISECOND_NUMBER ? value : value / MILLISECONDS_PER_SECOND)
}

function wholeSeconds(value: number): UnixSeconds | undefined {
  // `+ 0` turns the -0 of `Math.floor(-0)` into 0.
  const seconds = Math.floor(value) + 0
  return isUnixSeconds(seconds) ? seconds : undefined
}

function isUnixSeconds(value: number): value is UnixSeconds {
  return Number.isInteger(value) && value >= FIRST_SECOND && value <= LAST_SECOND
}
