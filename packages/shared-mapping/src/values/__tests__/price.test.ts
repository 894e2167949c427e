import { hasCents, isExact, toCents, toCurrency } from '../price'

test.each([
  [19.99, 1999],
  ['19.99', 1999],
  [1.1, 110],
  [8.2, 820],
  [1.005, 101],
  ['1.005', 101],
  [0.004, 0],
  [0, 0],
  [-0, 0],
  ['0', 0],
  [1e-7, 0],
  [5, 500],
  ['5.', 500],
  ['.5', 50],
  [' 12.3 ', 1230],
  ['90071992547409.91', 9007199254740991]
])('revenue %p becomes %p cents', (input, cents) => {
  expect(toCents(input)).toBe(cents)
})

test.each([
  ['$19.99'],
  ['1,000'],
  ['1e3'],
  [''],
  ['.'],
  [Number.NaN],
  [1e21],
  [Number.POSITIVE_INFINITY],
  [-1],
  ['-1'],
  ['90071992547409.92'],
  [{}],
  [[1]],
  [true],
  [null],
  [undefined]
])('revenue %p is not an amount', (input) => {
  expect(toCents(input)).toBeUndefined()
})

test.each([
  ['eur', 'EUR'],
  [' USD ', 'USD'],
  ['JPY', 'JPY']
])('currency %p is %p', (input, code) => {
  expect(toCurrency(input)).toBe(code)
})

test.each([['euro'], ['€'], [''], [978], [null]])('%p is not a currency', (input) => {
  expect(toCurrency(input)).toBeUndefined()
})

test.each([
  ['USD', true],
  ['EUR', true],
  ['JPY', false],
  ['KRW', false],
  ['ISK', false],
  ['XOF', false],
  ['KWD', false],
  ['BHD', false]
])('%s has hundredths: %p', (code, expected) => {
  expect(hasCents(code)).toBe(expected)
})

test.each([
  [19.99, true],
  ['19.990', true],
  [0.1 + 0.2, true],
  [0.7 + 0.1, true],
  [1e-7, true],
  [1.005, false],
  ['0.004', false],
  [19.999, false],
  [1234567.891, false]
])('%p is exact in cents: %p', (revenue, expected) => {
  const cents = toCents(revenue)
  expect(cents !== undefined && isExact(revenue, cents)).toBe(expected)
})
