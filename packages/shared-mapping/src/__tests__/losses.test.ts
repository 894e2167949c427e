import { isDoubtful, readTimeOrLose, readWholeNumberOrLose, toLossText, type Loss } from '..'

it('reports a loss as a value that was left out', () => {
  const loss = { path: 'metadata.cart', reason: 'nested-value' } as const
  expect(isDoubtful(loss)).toBe(false)
  expect(toLossText(loss)).toBe('metadata.cart was left out: Intercom stores single values only, not objects or lists')
})

it('reports a doubtful value as one that was sent', () => {
  const doubtful = { path: 'company', reason: 'unnamed-company' } as const
  expect(isDoubtful(doubtful)).toBe(true)
  expect(toLossText(doubtful)).toBe('company was sent, but: Intercom may ignore a new company that has no name')
})

it('explains what happens to a refund and to an amount in yen', () => {
  expect(toLossText({ path: 'revenue', reason: 'not-a-price' })).toBe(
    'revenue was sent, but: as a plain value, because the prices of Intercom are zero or more'
  )
  expect(toLossText({ path: 'metadata.price', reason: 'currency-without-cents' })).toBe(
    'metadata.price was sent, but: Intercom does not document how it counts currencies without hundredths'
  )
})

it.each<[unknown, number | undefined, string[]]>([
  [100, 100, []],
  ['100', 100, []],
  [99.5, 100, ['rounded']],
  ['99.4', 99, ['rounded']],
  [-0.4, 0, ['rounded']],
  [1000.4, 1000, ['rounded']],
  [1000.5, undefined, ['out-of-range']],
  [-1001, undefined, ['out-of-range']],
  ['11-50', undefined, ['not-a-number']],
  [' ', undefined, []],
  [undefined, undefined, []]
])('reads %p as the whole number %p', (value, number, reasons) => {
  const losses: Loss[] = []
  expect(readWholeNumberOrLose(losses, 'size', value, 1000)).toBe(number)
  expect(losses).toEqual(reasons.map((reason) => ({ path: 'size', reason })))
})

it.each<[unknown, number | undefined, string[]]>([
  ['1970-01-01', 0, []],
  [99999999999, 99999999999, []],
  ['1969-12-31T23:59:59Z', undefined, ['out-of-range']],
  ['5138-11-16T09:46:40Z', undefined, ['out-of-range']],
  [new Date('1965-05-01'), undefined, ['out-of-range']],
  ['yesterday', undefined, ['not-a-date']],
  ['\t', undefined, []]
])('reads %p as the time %p', (value, seconds, reasons) => {
  const losses: Loss[] = []
  expect(readTimeOrLose(losses, 'signed_up_at', value)).toBe(seconds)
  expect(losses).toEqual(reasons.map((reason) => ({ path: 'signed_up_at', reason })))
})
