import { findTagLosses } from '../tags/tags'

it.each([
  [{ tags_to_add: ['a', { b: 1 }, ['c']] }, ['tags_to_add[1]', 'tags_to_add[2]']],
  [{ tags_to_remove: { name: 'a' } }, ['tags_to_remove']],
  [{ tags_to_add: ['a', 1, null, ''], tags_to_remove: 'b' }, []],
  [{}, []]
])('reports values that are not tag names: %j', (input, paths) => {
  expect(findTagLosses(input)).toEqual(paths.map((path) => ({ path, reason: 'nested-value' })))
})

it('names a value that is no text, which a host in a process can pass', () => {
  expect(findTagLosses({ tags_to_add: ['a', NaN, () => 'b'] })).toEqual([
    { path: 'tags_to_add[1]', reason: 'not-text' },
    { path: 'tags_to_add[2]', reason: 'not-text' }
  ])
})

it('uses the path of the company for a company', () => {
  expect(findTagLosses({ tags_to_add: [{}] }, 'company.')).toEqual([
    { path: 'company.tags_to_add[0]', reason: 'nested-value' }
  ])
})
