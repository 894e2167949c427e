import type { JsonObject } from '../../../contract'
import { isSameEvent, toEventCode, toEventOfCode } from '../event-link'

test.each<JsonObject>([
  { type: 'track', event: 'Ünïcødé 🎉 <script>' },
  { type: 'track', properties: { a: '>>>???///+++' } },
  { type: 'identify', traits: { nested: { list: [1, 2, { deep: null }] } } }
])('a link holds the whole event: %j', (event) => {
  const code = toEventCode(event)
  expect(code).toMatch(/^[\w-]+$/)
  expect(toEventOfCode(code)).toEqual(event)
})

test.each(['', '%%%', 'e30x', 'W10', 'MQ', '_-_-'])(
  'a link that was cut or changed (%j) is no event and no error',
  (code) => {
    expect(toEventOfCode(code)).toBeUndefined()
  }
)

test('two events are equal if only the order of their keys differs', () => {
  expect(isSameEvent({ a: 1, b: { c: 1, d: [1, 2] } }, { b: { d: [1, 2], c: 1 }, a: 1 })).toBe(true)
  expect(isSameEvent({ a: [1, 2] }, { a: [2, 1] })).toBe(false)
})
