import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)

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

const DIGITS = /^-?\d+(\.\d+)?$/
const ISO =
  /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i
/** `Thu Mar 24 2016 17:44:51 GMT+0000 (UTC)`: what a browser's `String(new Date())` gives. */
const JS_DATE = /^[a-z]{3} ([a-z]{3}) (\d{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (?:GMT|UTC)([+-]\d{4})?(?: \([^()]*\))?$/i
/** `Thu, 24 Mar 2016 17:44:51 +0000`, with or without the day's name and the seconds. */
const RFC_2822 =
  /^(?:[a-z]{3}, ?)?(\d{1,2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? ([+-]\d{4}|[a-z]{1,3})(?: \([^()]*\))?$/i

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** RFC 2822, section 4.3: the zones that still have a name there. */
const NAMED_ZONES: ReadonlyMap<string, string> = new Map([
  ['ut', 'Z'],
  ['utc', 'Z'],
  ['gmt', 'Z'],
  ['z', 'Z'],
  ['est', '-05:00'],
  ['edt', '-04:00'],
  ['cst', '-06:00'],
  ['cdt', '-05:00'],
  ['mst', '-07:00'],
  ['mdt', '-06:00'],
  ['pst', '-08:00'],
  ['pdt', '-07:00']
])

/**
 * A moment in time as whole Unix seconds.
 *
 * Reads ISO 8601 (no zone means UTC), `Date`, the text of a JavaScript date, RFC 2822, and numbers or their texts:
 * seconds, from 1e11 up milliseconds. Anything that two people could read differently (`'March 7'`) or that no
 * calendar has (`'2024-13-45'`) is `undefined`.
 */
export function toUnixSeconds(value: unknown): UnixSeconds | undefined {
  if (value instanceof Date) return secondsOfMilliseconds(value.getTime())
  if (typeof value === 'number') return secondsOfNumber(value)
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (DIGITS.test(text)) return secondsOfNumber(Number(text))
  const iso = isoOf(text)
  return iso === undefined ? undefined : secondsOfMilliseconds(dayjs.utc(iso).valueOf())
}

function secondsOfNumber(value: number): UnixSeconds | undefined {
  return Math.abs(value) < FIRST_MILLISECOND_NUMBER ? wholeSeconds(value) : secondsOfMilliseconds(value)
}

function secondsOfMilliseconds(value: number): UnixSeconds | undefined {
  return wholeSeconds(value / MILLISECONDS_PER_SECOND)
}

function wholeSeconds(value: number): UnixSeconds | undefined {
  // `+ 0` turns the -0 of `Math.floor(-0)` into 0.
  const seconds = Math.floor(value) + 0
  return isUnixSeconds(seconds) ? seconds : undefined
}

function isUnixSeconds(value: number): value is UnixSeconds {
  return Number.isInteger(value) && value >= FIRST_SECOND && value <= LAST_SECOND
}

/** Brings the three written forms to one that dayjs reads without guessing; `undefined` where no calendar has the day. */
function isoOf(text: string): string | undefined {
  const iso = ISO.exec(text)
  if (iso) {
    const [, year, month, day = '01', hour = '00', minute = '00', second = '00', zone = 'Z'] = iso
    return isoFrom({ year, month, day, hour, minute, second, zone: zone.toUpperCase() })
  }
  const js = JS_DATE.exec(text)
  if (js) {
    const [, monthName, day, year, hour, minute, second, zone = 'Z'] = js
    return isoFrom({ year, month: monthOf(monthName), day, hour, minute, second, zone })
  }
  const rfc = RFC_2822.exec(text)
  if (rfc) {
    const [, day, monthName, year, hour, minute, second = '00', zone = ''] = rfc
    return isoFrom({
      year,
      month: monthOf(monthName),
      day: day?.padStart(2, '0'),
      hour,
      minute,
      second,
      zone: NAMED_ZONES.get(zone.toLowerCase()) ?? zone
    })
  }
  return undefined
}

type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'zone', string | undefined>

function isoFrom({ year, month, day, hour, minute, second, zone }: Parts): string | undefined {
  const offset = offsetOf(zone)
  const onClock = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59
  if (offset === undefined || !onClock) return undefined
  const date = `${year}-${month}-${day}`
  // dayjs rolls 2024-02-30 over to March; asked to print it again, it betrays itself.
  return dayjs.utc(date).format('YYYY-MM-DD') === date ? `${date}T${hour}:${minute}:${second}${offset}` : undefined
}

function monthOf(name: string | undefined): string | undefined {
  const index = MONTHS.indexOf(name?.toLowerCase() ?? '')
  return index === -1 ? undefined : String(index + 1).padStart(2, '0')
}

function offsetOf(zone: string | undefined): string | undefined {
  if (zone === 'Z') return zone
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '')
  if (!match) return undefined
  const [, sign = '', hours = '', minutes = '00'] = match
  return Number(hours) <= 14 && Number(minutes) <= 59 ? `${sign}${hours}:${minutes}` : undefined
}
