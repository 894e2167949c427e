import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'
import fc from 'fast-check'
import { runInNewContext } from 'node:vm'
import { toUnixSeconds } from '../unix-seconds'

dayjs.extend(utc)

test.each([
  ['ISO with a zone', '2024-01-02T03:04:05Z', 1704164645],
  ['ISO without a zone is UTC, not the machine’s', '2024-01-02T03:04:05', 1704164645],
  ['ISO with a space instead of the T', '2024-01-02 03:04:05', 1704164645],
  ['ISO with milliseconds', '2024-01-02T03:04:05.678Z', 1704164645],
  ['ISO with an offset', '2024-01-02T05:04:05+02:00', 1704164645],
  ['ISO with an offset without a colon', '2024-01-01T22:34:05-0430', 1704164645],
  ['ISO date alone', '2024-01-02', 1704153600],
  ['ISO month alone', '2024-01', 1704067200],
  ['a leap day', '2024-02-29', 1709164800],
  ['a JavaScript date as text', 'Thu Mar 24 2016 17:44:51 GMT+0000 (UTC)', 1458841491],
  [
    'a JavaScript date as text, elsewhere',
    'Thu Mar 24 2016 19:44:51 GMT+0200 (Central European Summer Time)',
    1458841491
  ],
  ['RFC 2822', 'Thu, 24 Mar 2016 17:44:51 +0000', 1458841491],
  ['RFC 2822 with a named zone', 'Thu, 24 Mar 2016 12:44:51 EST', 1458841491],
  ['RFC 2822 without day name and seconds', '4 Mar 2016 17:44 GMT', 1457113440],
  ['a toUTCString', 'Thu, 24 Mar 2016 17:44:51 GMT', 1458841491],
  ['a Date', new Date('2024-01-02T03:04:05.999Z'), 1704164645],
  ['seconds', 1516746535, 1516746535],
  ['seconds with a fraction', 1516746535.9, 1516746535],
  ['milliseconds', 1516746535111, 1516746535],
  ['seconds as text', '1516746535', 1516746535],
  ['milliseconds as text', '1516746535111', 1516746535],
  ['the last number that is seconds', 99999999999, 99999999999],
  ['the first number that is milliseconds', 100000000000, 100000000],
  ['the first number that is seconds', 100000000, 100000000],
  ['seconds before 1970', '-100000000', -100000000],
  ['a moment before 1970', '1969-12-31T23:59:59Z', -1],
  ['spaces around it', ' 2024-01-02T03:04:05Z ', 1704164645]
])('%s is read', (_title, input, seconds) => {
  expect(toUnixSeconds(input)).toBe(seconds)
})

/** 2024-03-07T10:00:00Z */
const TEN = 1709805600
/** 2024-03-07 */
const MIDNIGHT = 1709769600

test.each([
  ['Ruby', '2024-03-07 10:00:00 UTC', TEN],
  ['Ruby, elsewhere', '2024-03-07 02:00:00 -0800', TEN],
  ['Ruby on Rails, inspected', 'Thu, 07 Mar 2024 10:00:00.000000000 UTC +00:00', TEN],
  ['Go', '2024-03-07 10:00:00 +0000 UTC', TEN],
  ['Go, with a fraction and its own clock', '2024-03-07 11:00:00.123456789 +0100 CET m=+0.01', TEN],
  ['Go, where the zone has no name', '2024-03-07 07:00:00 -0300 -03', TEN],
  ['Java, ZonedDateTime', '2024-03-07T10:00:00Z[UTC]', TEN],
  ['Java, ZonedDateTime elsewhere', '2024-03-07T11:00:00+01:00[Europe/Berlin]', TEN],
  ['Java, without seconds', '2024-03-07T11:00+01:00[Europe/Berlin]', TEN],
  ['Elixir', '2024-03-07 11:00:00+01:00 CET Europe/Berlin', TEN],
  ['Java, Date', 'Thu Mar 07 10:00:00 UTC 2024', TEN],
  ['Java, Timestamp', '2024-03-07 10:00:00.0', TEN],
  ['JavaScript', 'Thu Mar 07 2024 11:00:00 GMT+0100 (Central European Standard Time)', TEN],
  ['JavaScript, a day', 'Thu Mar 07 2024', MIDNIGHT],
  ['JavaScript, in English', 'March 7, 2024 at 10:00\u202fAM', TEN],
  ['Python, isoformat', '2024-03-07T10:00:00.123456+00:00', TEN],
  ['Python, str', '2024-03-07 10:00:00.123456+00:00', TEN],
  ['C and Unix', 'Thu Mar  7 10:00:00 2024', TEN],
  ['Twitter', 'Thu Mar 07 10:00:00 +0000 2024', TEN],
  ['.NET', '2024-03-07T10:00:00.1234567Z', TEN],
  ['.NET, DateTimeOffset', '2024-03-07T11:00:00.0000000+01:00', TEN],
  ['Postgres', '2024-03-07 10:00:00+00', TEN],
  ['Postgres, with a fraction', '2024-03-07 15:30:00.123+05:30', TEN],
  ['Oracle', '07-MAR-2024', MIDNIGHT],
  ['PHP, a cookie’s date', 'Thursday, 07-Mar-2024 10:00:00 UTC', TEN],
  ['RFC 2822', 'Thu, 07 Mar 2024 12:00:00 +0200', TEN],
  ['RFC 2822 without the day’s name', '7 Mar 2024 10:00:00 GMT', TEN],
  ['year first with slashes', '2024/03/07', MIDNIGHT],
  ['year first with slashes and a time', '2024/03/07 10:00:00', TEN],
  ['year first with dots', '2024.03.07', MIDNIGHT],
  ['a month by its short name', 'Mar 7, 2024', MIDNIGHT],
  ['a day and a month', '7 Mar 2024', MIDNIGHT],
  ['a month by another short name', 'Sept. 7, 2024', 1725667200],
  ['a day with its ending', 'March 7th, 2024', MIDNIGHT],
  ['a clock of twelve hours', 'March 7, 2024 10:00 AM', TEN],
  ['noon on it', 'Mar 7, 2024 12:00 pm', TEN + 7200],
  ['midnight on it', 'Mar 7, 2024 12:00 a.m.', MIDNIGHT],
  ['24:00, the next midnight', '2024-03-06T24:00:00Z', MIDNIGHT],
  ['24:00 on the last day of a year', '2023-12-31T24:00:00+00:00', 1704067200],
  ['months and days of one digit', '2015-2-02T00:30:12.984Z', 1422837012],
  ['hours of one digit', '2024-3-7 9:05', 1709802300],
  ['eight digits that are a day', '20240307', MIDNIGHT],
  ['the same as a number', 20240307, MIDNIGHT],
  ['ISO 8601, basic', '20240307T100000Z', TEN],
  ['MySQL’s fourteen digits', '20240307100000', TEN],
  ['fourteen digits that are milliseconds', '10413792000000', 10413792000],
  ['an offset from Greenwich', '2024-03-07 12:00:00 GMT+2', TEN]
])('%s: %p is read', (_title, input, seconds) => {
  expect(toUnixSeconds(input)).toBe(seconds)
})

test('accepts a Date of another frame of the page', () => {
  const foreign: unknown = runInNewContext(`new Date('2024-03-07T10:00:00Z')`)
  expect(foreign).not.toBeInstanceOf(Date)
  expect(toUnixSeconds(foreign)).toBe(TEN)
})

const PRINTERS: Record<string, (date: Date) => string> = {
  'JavaScript, toString': String,
  'JavaScript, toUTCString': (date) => date.toUTCString(),
  'ISO 8601': (date) => date.toISOString(),
  'Ruby and BigQuery': (date) => dayjs.utc(date).format('YYYY-MM-DD HH:mm:ss [UTC]'),
  Go: (date) => dayjs.utc(date).utcOffset(345).format('YYYY-MM-DD HH:mm:ss.SSS ZZ ZZ [m=+0.01]'),
  Java: (date) => dayjs.utc(date).utcOffset(60).format('YYYY-MM-DDTHH:mm:ss.SSSZ[[Europe/Berlin]]'),
  'Java, Date': (date) => dayjs.utc(date).format('ddd MMM DD HH:mm:ss [GMT] YYYY'),
  Postgres: (date) => `${dayjs.utc(date).format('YYYY-MM-DD HH:mm:ss.SSS')}+00`,
  'short months': (date) => dayjs.utc(date).format('MMM D, YYYY h:mm:ss A'),
  'long months': (date) => dayjs.utc(date).format('D MMMM YYYY H:mm:ss'),
  slashes: (date) => dayjs.utc(date).format('YYYY/M/D HH:mm:ss')
}

test.each(Object.entries(PRINTERS))('property: reads %s to the second', (_title, print) => {
  const dates = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(dates, (date) => {
      expect(toUnixSeconds(print(date))).toBe(Math.floor(date.getTime() / 1000))
    })
  )
})

test('property: any text gives a time or undefined, and the same result twice', () => {
  const pieces = fc.constantFrom('2024', '03', '7', '-', '/', 'T', ' ', '10:00', ':00', 'Z', '+01', 'AM', 'Mar', '(x)')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((parts) => parts.join(''))
      ),
      (text) => {
        const seconds = toUnixSeconds(text)
        expect(seconds === undefined || Number.isSafeInteger(seconds)).toBe(true)
        expect(toUnixSeconds(` ${text} `)).toBe(seconds)
      }
    )
  )
})

test.each([
  ['a word', 'yesterday'],
  ['a day without a year, which dayjs would read as 2001', 'March 7'],
  ['a day that no calendar has, which dayjs would roll over', '2024-13-45'],
  ['the 30th of February', '2024-02-30'],
  ['the 29th of February in a common year', '2023-02-29'],
  ['an hour that no clock has', '2024-01-02T25:00:00Z'],
  ['a minute that no clock has', '2024-01-02T03:60:05Z'],
  ['a second that Unix time does not count', '2024-01-02T03:04:60Z'],
  ['an offset that no zone has', '2024-01-02T03:04:05+15:00'],
  ['a month that no calendar has', 'Thu Foo 24 2016 17:44:51 GMT+0000'],
  ['a slashed date, which two continents read differently', '03/04/2024'],
  ['a slashed date with a time', '3/7/2024, 10:00:00 AM'],
  ['a date with dots, read differently too', '03.04.2024'],
  ['a year', '2024'],
  ['a year as a number, which is the same on the cloud half', 2024],
  ['zero, which is no sign-up but a field that was never set', 0],
  ['eight digits that no calendar has', '20241345'],
  ['eight digits of another century', '31121999'],
  ['seven digits', '1234567'],
  ['a season or a fiscal year', '2011/12'],
  ['a month and a year in words', 'March 2024'],
  ['a day of the year', '2024-067'],
  ['a zero date of MySQL', '0000-00-00 00:00:00'],
  ['a second after 24:00', '2024-03-06T24:00:01Z'],
  ['a fraction after 24:00', '2024-03-06T24:00:00.5Z'],
  ['a time on a clock of twelve hours that it has not', 'March 7, 2024 13:00 PM'],
  ['a zone by name alone, of which there are several', '2024-03-07T10:00:00[Europe/Berlin]'],
  ['a zone in brackets alone', '2024-03-07 10:00:00 (CET)'],
  ['a zone behind a time without an offset', '2024-03-07 10:00:00 Europe/Berlin'],
  ['an unknown zone', '2024-03-07 10:00:00 IST'],
  ['two times', '2024-03-07 10:00:00 11:00:00'],
  ['a time alone', '10:00'],
  ['a time without a year', 'March 7 10:00'],
  ['words around a date', 'before 7 Mar 2024'],
  ['a word that only begins like a month', 'Marble 7, 2024'],
  ['a hundred thousand spaces', `x${' '.repeat(100000)}x`],
  ['an object that claims to be a date', Object.create(Date.prototype)],
  ['an object', {}],
  ['a list', [2024]],
  ['true', true],
  ['NaN', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['microseconds', 1704164645678000],
  ['an invalid Date', new Date('soon')],
  ['nothing', undefined],
  ['null', null],
  ['an empty text', '']
])('%s is not a time', (_title, input) => {
  expect(toUnixSeconds(input)).toBeUndefined()
})
