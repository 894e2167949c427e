import type { Json } from '../../../contract'
import { isWithin, toJsonLines } from '../json-lines'

test.each<Json>(['text', null, [], {}, [1, [], { a: {} }], { a: { b: [{ c: '"' }] }, 'd.e': -1 }])(
  '%j looks as JSON.stringify writes it',
  (value) => {
    const text = toJsonLines(value)
      .map((line) => line.text)
      .join('\n')
    expect(text).toBe(JSON.stringify(value, null, 2))
  }
)

test('marks a lost value and everything inside it, and nothing else', () => {
  const marked = toJsonLines({ metadata: { cart: { items: [2] }, carton: 1 } }).filter(({ path }) =>
    isWithin(path, ['metadata.cart'])
  )
  expect(marked.map(({ text }) => text.trim())).toEqual(['"cart": {', '"items": [', '2', ']', '},'])
})
