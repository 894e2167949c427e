import { EVERYTHING, toRowTest, type RowFilter } from '../row-filter'
import { orderTrace } from '../test-support/order-trace'

const finds = (filter: Partial<RowFilter>): boolean => toRowTest({ ...EVERYTHING, ...filter })(orderTrace.row)

test('without a filter every event is there', () => {
  expect(finds({})).toBe(true)
})

test.each<Partial<RowFilter>>([
  { search: 'order COMPLETED u1' },
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
  { type: 'track', state: 'failed' }
])('%j does not', (filter) => {
  expect(finds(filter)).toBe(false)
})
