import { EVERYTHING, isEverything, toRowTest, type RowFilter } from '../row-filter'
import { orderTrace } from '../test-support/order-trace'

const finds = (filter: Partial<RowFilter>): boolean =>
  toRowTest({ ...EVERYTHING, ...filter })({ ...orderTrace.row, email: 'Ada@example.com' })

test('shows every event without a filter', () => {
  expect(finds({})).toBe(true)
})

test.each<Partial<RowFilter>>([
  { search: 'order COMPLETED u1' },
  { search: 'ada@' },
  { type: 'track' },
  { source: 'shop' },
  { state: 'delivered' },
  { onlyLosses: true }
])('%j finds the order', (filter) => {
  expect(finds(filter)).toBe(true)
})

test.each<Partial<RowFilter>>([
  { search: 'order u2' },
  { type: 'page' },
  { source: 'file' },
  { state: 'failed' },
  { onlyDiffering: true },
  { onlyDoubtful: true },
  { type: 'track', state: 'failed' }
])('%j does not', (filter) => {
  expect(finds(filter)).toBe(false)
})

test('filters doubtful values separately from losses', () => {
  const cloud = { ...orderTrace.row.cloud, losses: 0, doubtful: 1 }
  const row = { ...orderTrace.row, web: cloud, cloud }
  const finds = (only: Partial<RowFilter>) => toRowTest({ ...EVERYTHING, ...only })(row)
  expect([finds({ onlyDoubtful: true }), finds({ onlyLosses: true })]).toEqual([true, false])
})

test('shows every row again after a filter is emptied', () => {
  expect(isEverything({ ...EVERYTHING })).toBe(true)
  expect(isEverything({ ...EVERYTHING, search: ' ' })).toBe(true)
})

test.each<Partial<RowFilter>>([
  { search: 'a' },
  { type: 'page' },
  { source: 'file' },
  { state: 'failed' },
  { onlyLosses: true },
  { onlyDoubtful: true },
  { onlyDiffering: true }
])('%j is a filter', (filter) => {
  expect(isEverything({ ...EVERYTHING, ...filter })).toBe(false)
})
