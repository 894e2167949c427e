import type { Json } from '../../../contract'
import { toValueText } from '../value-text'

test.each<[Json, string]>([
  [{ amount: 2160, currency: 'eur' }, '21.60 EUR'],
  [{ amount: -5, currency: 'USD' }, '-0.05 USD'],
  [{ url: 'https://example.com/1', value: 'PP-1' }, 'PP-1 (https://example.com/1)'],
  [{ url: 'javascript:alert(1)', value: '<b>' }, '<b> (javascript:alert(1))'],
  [{ amount: '2160', currency: 'eur' }, '{"amount":"2160","currency":"eur"}'],
  ['text', 'text'],
  [0, '0'],
  [false, 'false'],
  [null, 'null'],
  [[1], '[1]']
])('%j is read as %s', (value, text) => {
  expect(toValueText(value)).toBe(text)
})
