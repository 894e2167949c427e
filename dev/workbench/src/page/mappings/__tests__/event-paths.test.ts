import type { JsonObject } from '../../../contract'
import { findEventPaths } from '../event-paths'

const pathsIn = (event: JsonObject) => findEventPaths(event).map(({ path }) => path)

it('lists the paths of an event with their values', () => {
  expect(findEventPaths({ event: 'Paid', properties: { total: 5, items: [{ id: 1 }] } })).toEqual([
    { path: '$.event', text: 'Paid', isWhole: false },
    { path: '$.properties', text: '{"total":5,"items":[{"id":1}]}', isWhole: true },
    { path: '$.properties.total', text: '5', isWhole: false },
    { path: '$.properties.items', text: '[{"id":1}]', isWhole: true },
    { path: '$.properties.items[0]', text: '{"id":1}', isWhole: true },
    { path: '$.properties.items[0].id', text: '1', isWhole: false }
  ])
})

it('does not offer a path that Segment reads differently', () => {
  expect(pathsIn({ 'a.b': 1, "it's": 2, 'c[0]': 3, '': 4, fine: 5 })).toEqual(['$.fine'])
})

it('stops at a limit for large events', () => {
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, index]))
  expect(pathsIn(wide).length).toBeLessThanOrEqual(400)
  let deep: JsonObject = {}
  for (let depth = 0; depth < 1000; depth += 1) deep = { deep }
  expect(pathsIn(deep).length).toBeLessThan(20)
})

it('shortens a long value', () => {
  expect(findEventPaths({ text: 'x'.repeat(500) })[0]?.text.length).toBe(60)
})

it('lists a key such as __proto__ as a key', () => {
  const event: JsonObject = JSON.parse('{ "__proto__": { "role": "admin" } }')
  expect(pathsIn(event)).toEqual(['$.__proto__', '$.__proto__.role'])
})
