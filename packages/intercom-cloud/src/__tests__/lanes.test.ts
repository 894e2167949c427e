import { runSideBySide, toLanes } from '../lanes'

test.each([
  [
    ['a', 'b', 'a'],
    [['a', 'a'], ['b']]
  ],
  [
    ['a', 'b', 'a+b', 'c'],
    [['a', 'b', 'a+b'], ['c']]
  ],
  [['a+b', 'c+d', 'b+c', 'd'], [['a+b', 'c+d', 'b+c', 'd']]],
  [[], []]
])('%j makes the lanes %j, each in the order it came', (items, expected) => {
  const boxed = items.map((item) => ({ item }))
  expect(toLanes(boxed, ({ item }) => item.split('+')).map((lane) => lane.map(({ item }) => item))).toEqual(expected)
})

test('items without a key have a lane of their own', () => {
  expect(toLanes([{ n: 1 }, { n: 2 }], () => [])).toEqual([[{ n: 1 }], [{ n: 2 }]])
})

test('no more than the limit run at a time, and all of them run', async () => {
  let running = 0
  let most = 0
  const done: number[] = []
  await runSideBySide([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++running)
    await Promise.resolve()
    running--
    done.push(item)
  })
  expect([most, done.length]).toEqual([3, 7])
})
