import { midnightOf } from './midnight'

/** JavaScript's own format has 67 characters in Central Europe. A much longer text is not a date, and slow to match. */
const MAX_LENGTH = 128
const SECONDS_PER_MINUTE = 60
const SECONDS_PER_HOUR = 3600
/** The easternmost zone is fourteen hours ahead. */
const LARGEST_OFFSET = 14 * SECONDS_PER_HOUR
const MONTHS = 'january february march april may june july august september october november december'.split(' ')

/** `20240307`, `20240307T100000Z`, `20240307100000`. In other centuries such digits are more likely a number. */
const COMPACT = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d))?(?!\d)/i
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i
const CLOCK = /(?:^|T|,?\s+|,?\sat\s)(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:\s?([ap])\.?m\.?)?(?![\d:])/i
/**
 * `+01:00`, `+0100`, `+01`, `GMT+0100`, `UTC`. After an offset, Go adds ` CET` or ` +01` and ` m=+0.01`, Elixir
 * ` CET Europe/Berlin`, Java `[Europe/Berlin]`, JavaScript ` (Central European Time)`. They are ignored.
 */
const ZONE =
  /^\s?(?:(?:utc|gmt)?\s?([+-])(\d\d?):?([0-5]\d)?(?:\s[a-z]{3,5}|\s[+-]\d{2,4})?|([a-z]{1,3}))(?![\da-z])(?:\sm=[+-][\d.]+|\s[a-z]+\/[a-z_/]+|\s?\([^()]*\)|\[[^[\]]*\])*/i
/** The named zones of RFC 2822, section 4.3. The index is the number of hours behind UTC. */
const NAMED_ZONES = ['z ut utc gmt', '', '', '', 'edt', 'est cdt', 'cst mdt', 'mst pdt', 'pst']

const YEAR_FIRST = /^(\d{4})([-/.])(\d\d?)(?:\2(\d\d?))?$/
const MONTH_FIRST = /^([a-z]{3,}\.?)\s+(\d\d?)(?:st|nd|rd|th)?,?\s+/i
const DAY_FIRST = /^(\d\d?)(?:st|nd|rd|th)?[\s-]([a-z]{3,})[.,]?[\s-](\d{4})$/i

/**
 * The Unix seconds of a written date: ISO 8601 and its common variants, RFC 2822, and the formats of Ruby, Go, Java,
 * Python, .NET, Postgres and JavaScript. Without a zone it is UTC. NaN if it is ambiguous (`03/07/2024`), if the zone has
 * no fixed offset, and if no calendar or clock has it.
 */
export function secondsOfWrittenDate(written: string): number {
  if (written.length > MAX_LENGTH) return NaN
  const text = written.replace(COMPACT, separated).replace(WEEKDAY, '')
  const clock = CLOCK.exec(text)
  if (!clock) return secondsOfDay(text)
  const rest = text.slice(clock.index + clock[0].length)
  const zone = ZONE.exec(rest)
  // In some formats the year follows the zone.
  const day = `${text.slice(0, clock.index)} ${rest.slice(zone?.[0].length ?? 0)}`
  return secondsOfDay(day) + secondsOfClock(clock) - (zone ? secondsOfZone(zone) : 0)
}

function separated(_: string, year: string, month: string, day: string, hour?: string, minute = '', second = '') {
  return `${year}-${month}-${day}${hour === undefined ? '' : `T${hour}:${minute}:${second}`}`
}

function secondsOfZone([, sign, hours, minutes = '0', name = '']: RegExpExecArray): number {
  if (sign === undefined) {
    const hoursBehind = NAMED_ZONES.findIndex((names) => names.split(' ').includes(name.toLowerCase()))
    return hoursBehind < 0 ? NaN : -hoursBehind * SECONDS_PER_HOUR
  }
  const offset = Number(hours) * SECONDS_PER_HOUR + Number(minutes) * SECONDS_PER_MINUTE
  return offset > LARGEST_OFFSET ? NaN : sign === '-' ? -offset : offset
}

/** Seconds since midnight. 24:00 of ISO 8601 is the next midnight; Unix time has no second 60. */
function secondsOfClock([, hours, minutes, seconds = '0', fraction = '0', half]: RegExpExecArray): number {
  const hour = half === undefined ? Number(hours) : hourOfHalf(Number(hours), half)
  const secondsOfHour = Number(minutes) * SECONDS_PER_MINUTE + Number(seconds)
  const isOnClock = hour < 24 || (hour === 24 && secondsOfHour + Number(fraction) === 0)
  return isOnClock && Number(minutes) < 60 && Number(seconds) < 60 ? hour * SECONDS_PER_HOUR + secondsOfHour : NaN
}

function hourOfHalf(hour: number, half: string): number {
  return hour < 1 || hour > 12 ? NaN : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

/** The last answer of `secondsOfDay`: most times of a stream of events are on one day. */
let lastDay = { text: '', seconds: NaN }

/** The Unix seconds at which a day begins, in UTC. */
function secondsOfDay(text: string): number {
  if (lastDay.text !== text) lastDay = { text, seconds: secondsOfDate(text.trim()) }
  return lastDay.seconds
}

function secondsOfDate(text: string): number {
  const [, year, separator, month, day] = YEAR_FIRST.exec(text) ?? []
  // `2024-03` is a month of ISO 8601, but `2011/12` may be a season or a fiscal year.
  if (year !== undefined && (day !== undefined || separator === '-')) return secondsOfIsoDate(year, month, day)
  const [, dayNamed, name = '', yearNamed] = DAY_FIRST.exec(text.replace(MONTH_FIRST, '$2 $1 ')) ?? []
  const index = MONTHS.findIndex((month) => month.startsWith(name.toLowerCase()))
  return yearNamed === undefined ? NaN : secondsOfIsoDate(yearNamed, String(index + 1), dayNamed)
}

function secondsOfIsoDate(year: string, month = '', day = '01'): number {
  return midnightOf(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}
