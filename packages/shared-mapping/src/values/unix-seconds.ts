import { isDate } from './date'
import { secondsOfWrittenDate } from './written-date'

declare const unixSeconds: unique symbol

/** Whole seconds since 1970-01-01T00:00:00Z, the only form of a time that Intercom accepts. Made by `toUnixSeconds`. */
export type UnixSeconds = number & { readonly [unixSeconds]: true }

/** From here up a number is read as milliseconds. In seconds it would be the year 5138. */
const FIRST_MILLISECOND_NUMBER = 1e11
const MILLISECONDS_PER_SECOND = 1000
/** The last second of the year 9999. Anything later has the wrong unit. */
const LAST_SECOND = 253_402_300_799
/** The first second of the year 0001. */
const FIRST_SECOND = -62_135_596_800

/** With fewer than nine digits it would be a time before March 1973. It is more likely a year, a day or a count. */
const TIMESTAMP = /^-?\d{9,}(\.\d+)?$/

/**
 * A moment in time as whole Unix seconds.
 *
 * Accepts written dates (see `secondsOfWrittenDate`), `Date`, and numbers, also as text: seconds, or milliseconds from
 * 1e11 up. Numbers and their texts give the same result, because in the cloud half Segment converts numbers to text.
 * `undefined` for ambiguous dates (`'March 7'`) and impossible ones (`'2024-13-45'`).
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
