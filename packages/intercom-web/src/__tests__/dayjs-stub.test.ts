import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'
import fc from 'fast-check'
import stub from '../../build/dayjs-stub'

dayjs.extend(utc)

const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000)
const two = (number: number) => String(number).padStart(2, '0')
const date = fc
  .tuple(fc.integer({ min: 100, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
  .map(([year, month, day]) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`)
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map(two).join(':'))
const zone = fc.oneof(
  fc.constant('Z'),
  fc
    .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 59 }))
    .map(([sign, hours, minutes]) => `${sign}${two(hours)}:${two(minutes)}`)
)

it('property: formats an existing day like dayjs, and no other day', () => {
  fc.assert(
    fc.property(date, (text) => {
      const isThere = dayjs.utc(text).format('YYYY-MM-DD') === text
      expect(stub.utc(text).format() === text).toBe(isThere)
      expect(stub.utc(`${text}T00:00:00Z`).format() === text).toBe(isThere)
    }),
    { numRuns }
  )
})

it('property: parses the times of the shared mapping like dayjs', () => {
  fc.assert(
    fc.property(date, time, zone, (day, clock, offset) => {
      fc.pre(dayjs.utc(day).format('YYYY-MM-DD') === day)
      const iso = `${day}T${clock}${offset}`
      expect(stub.utc(iso).valueOf()).toBe(dayjs.utc(iso).valueOf())
    }),
    { numRuns }
  )
})
