import { runInNewContext } from 'node:vm'
import type { Json } from '../../../contract'
import { toLiteral } from '../literal-text'

test('a literal has the style of this repository', () => {
  expect(toLiteral({ type: 'track', 'a b': [1, true, null], empty: {} })).toBe(
    "{ type: 'track', 'a b': [1, true, null], empty: {} }"
  )
})

test('a long line is wrapped', () => {
  const text = toLiteral({ one: 'x'.repeat(80), two: ['y'.repeat(80), 'z'.repeat(80)] })
  expect(text.split('\n').every((line) => line.length <= 120)).toBe(true)
  expect(text.split('\n')[1]).toMatch(/^ {2}one: 'x+',$/)
})

test.each<Json>([
  "it's",
  '`${process.exit()}`',
  "\\'; alert(1); '",
  'a\u2028b\u2029c\n\r\t\u0000</script>',
  { "a'b": { '1x': 1, '': 2, constructor: 3 } },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  [[], [{}], -0.5, 1e21]
])('%j reads back as what it was', (value) => {
  const read: unknown = runInNewContext(`JSON.stringify(${toLiteral(value)})`)
  expect(read).toBe(JSON.stringify(value))
})
