import { toFreshIds } from '../fresh-ids'

const table = (...ids: readonly string[]) => ({ rows: ids.map((id) => ({ id, cells: [] })) })

test('only what came after the first answer is new', () => {
  expect([...toFreshIds(table('a', 'b'), undefined)]).toEqual([])
  expect([...toFreshIds(table('c', 'a'), table('a', 'b'))]).toEqual(['c'])
  expect([...toFreshIds(table('a'), table())]).toEqual(['a'])
})
