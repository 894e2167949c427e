import { toUnixSeconds } from '../unix-seconds'

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
  ['the beginning of time', 0, 0],
  ['a moment before 1970', '1969-12-31T23:59:59Z', -1],
  ['spaces around it', ' 2024-01-02T03:04:05Z ', 1704164645]
])('%s is read', (_title, input, seconds) => {
  expect(toUnixSeconds(input)).toBe(seconds)
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
])('%s is no moment in time', (_title, input) => {
  expect(toUnixSeconds(input)).toBeUndefined()
})
