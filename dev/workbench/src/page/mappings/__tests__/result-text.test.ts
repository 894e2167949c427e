import { toResultText } from '../result-text'

it.each([
  ['Paid', 'Paid'],
  [0, '0'],
  [false, 'false'],
  [null, 'null'],
  [{}, 'no keys'],
  [{ a: 1 }, '1 key'],
  [[1, 2], '2 items']
])('shows %j as %s', (value, text) => {
  expect(toResultText(value)).toBe(text)
})
