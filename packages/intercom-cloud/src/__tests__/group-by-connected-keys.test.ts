import { groupByConnectedKeys } from '../batch/group-by-connected-keys'
import { mapWithConcurrency } from '../batch/map-with-concurrency'

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
])('%j gives the groups %j, each in the original order', (items, expected) => {
  const boxed = items.map((item) => ({ item }))
  expect(
    groupByConnectedKeys(boxed, ({ item }) => item.split('+')).map((group) => group.map(({ item }) => item))
  ).toEqual(expected)
})

test('items without a key have a separate group', () => {
  expect(groupByConnectedKeys([{ n: 1 }, { n: 2 }], () => [])).toEqual([[{ n: 1 }], [{ n: 2 }]])
})

test('runs all items, at most `limit` at a time', async () => {
  let running = 0
  let most = 0
  const done: number[] = []
  await mapWithConcurrency([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++running)
    await Promise.resolve()
    running--
    done.push(item)
  })
  expect([most, done.length]).toEqual([3, 7])
})

test('two people who are connected by a later item are in one group, with all items that share a key', () => {
  const items = ['a', 'b', 'c', 'a+c', 'b', 'c'].map((name, index) => ({ keys: name.split('+'), index }))
  const groups = groupByConnectedKeys(items, ({ keys }) => keys)
  expect(groups.map((group) => group.map(({ index }) => index))).toEqual([
    [0, 2, 3, 5],
    [1, 4]
  ])
})

test('keeps the original order when two groups are merged', () => {
  const items = ['a', 'b', 'a', 'b', 'a+b'].map((name, index) => ({ keys: name.split('+'), index }))
  expect(groupByConnectedKeys(items, ({ keys }) => keys).map((group) => group.map(({ index }) => index))).toEqual([
    [0, 1, 2, 3, 4]
  ])
})

test('ignores a repeated key', () => {
  expect(groupByConnectedKeys([{ n: 1 }, { n: 2 }], () => ['a', 'a'])).toEqual([[{ n: 1 }, { n: 2 }]])
})

/** Calls that end when the test ends them. */
function openCalls() {
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const run = (name: string) => {
    started.push(name)
    return new Promise<void>((resolve) => ends.set(name, resolve))
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const end = (name: string) => {
    ends.get(name)?.()
    return settle()
  }
  return { started, run, end, settle }
}

test('starts a call as soon as another one ends, in order, and waits for all', async () => {
  const { started, run, end, settle } = openCalls()
  let isDone = false
  const all = mapWithConcurrency(['a', 'b', 'c', 'd'], 2, run).then(() => (isDone = true))
  await settle()
  expect(started).toEqual(['a', 'b'])
  await end('b')
  expect(started).toEqual(['a', 'b', 'c'])
  await end('c')
  expect(started).toEqual(['a', 'b', 'c', 'd'])
  await end('d')
  expect(isDone).toBe(false)
  await end('a')
  await all
  expect(isDone).toBe(true)
})

test('ends with fewer items than the limit, and with none', async () => {
  const done: number[] = []
  const run = (item: number) => Promise.resolve(void done.push(item))
  await mapWithConcurrency([1, 2], 20, run)
  await mapWithConcurrency([], 20, run)
  expect(done).toEqual([1, 2])
})
