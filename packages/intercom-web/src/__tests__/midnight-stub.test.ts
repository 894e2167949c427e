import fc from 'fast-check'
import { midnightOf as ofDayjs } from '../../../shared-mapping/src/values/midnight'
import { midnightOf } from '../../build/midnight-stub'

const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000)
const two = (number: number) => String(number).padStart(2, '0')
const date = fc
  .tuple(fc.integer({ min: 100, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
  .map(([year, month, day]) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`)

it('property: knows when a day begins, and which days there are, like dayjs', () => {
  fc.assert(
    fc.property(date, (text) => {
      expect(midnightOf(text)).toBe(ofDayjs(text))
    }),
    { numRuns }
  )
})

it.each([
  ['a day', '2024-02-29', 1709164800],
  ['a day that no calendar has', '2023-02-29', NaN],
  ['a month that no calendar has', '2024-13-01', NaN],
  ['no day', '', NaN]
])('%s', (_, text, seconds) => {
  expect(midnightOf(text)).toBe(seconds)
  expect(ofDayjs(text)).toBe(seconds)
})
