import { KeyedMutex } from '../state/keyed-mutex'

/** A call that ends when the test ends it. */
function openCall(log: string[], name: string) {
  let end: () => void = () => undefined
  let fail: (error: Error) => void = () => undefined
  const ended = new Promise<string>((resolve, reject) => {
    end = () => resolve(name)
    fail = reject
  })
  const call = () => {
    log.push(name)
    return ended
  }
  return { call, end: () => end(), fail: (error: Error) => fail(error) }
}

/** Lets all pending promises settle. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('two calls with the same key run one at a time, in order', async () => {
  const mutex = new KeyedMutex()
  const log: string[] = []
  const first = openCall(log, 'first')
  const second = openCall(log, 'second')
  const results = [mutex.runExclusive(['ada'], first.call), mutex.runExclusive(['ada'], second.call)]
  await settle()
  expect(log).toEqual(['first'])
  second.end()
  await settle()
  expect(log).toEqual(['first'])
  first.end()
  expect(await Promise.all(results)).toEqual(['first', 'second'])
  expect(log).toEqual(['first', 'second'])
})

test('a third call waits for the second, although the first has ended and removed its keys', async () => {
  const mutex = new KeyedMutex()
  const log: string[] = []
  const [first, second, third] = [openCall(log, 'first'), openCall(log, 'second'), openCall(log, 'third')]
  const results = [mutex.runExclusive(['ada'], first.call), mutex.runExclusive(['ada'], second.call)]
  first.end()
  await settle()
  results.push(mutex.runExclusive(['ada'], third.call))
  await settle()
  expect(log).toEqual(['first', 'second'])
  second.end()
  await settle()
  expect(log).toEqual(['first', 'second', 'third'])
  third.end()
  await Promise.all(results)
})

test('calls with different keys run concurrently', async () => {
  const mutex = new KeyedMutex()
  const log: string[] = []
  const [ada, grace] = [openCall(log, 'ada'), openCall(log, 'grace')]
  const results = [mutex.runExclusive(['ada'], ada.call), mutex.runExclusive(['grace'], grace.call)]
  await settle()
  expect(log).toEqual(['ada', 'grace'])
  grace.end()
  expect(await results[1]).toBe('grace')
  ada.end()
  await results[0]
})

test('a call with several keys waits for all of them, and later calls wait for it', async () => {
  const mutex = new KeyedMutex()
  const log: string[] = []
  const [a, b] = [openCall(log, 'a'), openCall(log, 'b')]
  const [both, after] = [openCall(log, 'both'), openCall(log, 'after')]
  const results = [
    mutex.runExclusive(['a'], a.call),
    mutex.runExclusive(['b'], b.call),
    mutex.runExclusive(['a', 'b'], both.call),
    mutex.runExclusive(['b'], after.call)
  ]
  a.end()
  await settle()
  expect(log).toEqual(['a', 'b'])
  b.end()
  await settle()
  expect(log).toEqual(['a', 'b', 'both'])
  both.end()
  after.end()
  expect(await Promise.all(results)).toEqual(['a', 'b', 'both', 'after'])
})

test('calls with the same keys in another order, or with a repeated key, do not deadlock', async () => {
  const mutex = new KeyedMutex()
  const call = (name: string) => () => Promise.resolve(name)
  const results = [
    mutex.runExclusive(['a', 'b'], call('first')),
    mutex.runExclusive(['b', 'a'], call('second')),
    mutex.runExclusive(['a', 'a'], call('third'))
  ]
  expect(await Promise.all(results)).toEqual(['first', 'second', 'third'])
})

test('a failed call rejects for its own caller only, and the next one runs', async () => {
  const mutex = new KeyedMutex()
  const log: string[] = []
  const [first, second] = [openCall(log, 'first'), openCall(log, 'second')]
  const failed = mutex.runExclusive(['ada'], first.call)
  const next = mutex.runExclusive(['ada'], second.call)
  first.fail(new Error('refused'))
  second.end()
  await expect(failed).rejects.toThrow('refused')
  expect(await next).toBe('second')
  const thrown = mutex.runExclusive(['ada'], () => {
    throw new Error('at once')
  })
  await expect(thrown).rejects.toThrow('at once')
  expect(await mutex.runExclusive(['ada'], () => Promise.resolve('again'))).toBe('again')
})

test('a key is removed after its last call, whether it succeeds or fails', async () => {
  const mutex = new KeyedMutex()
  const results = [
    mutex.runExclusive(['a', 'b'], () => Promise.resolve()),
    mutex.runExclusive(['b', 'c'], () => Promise.reject(new Error('refused'))),
    mutex.runExclusive(['c'], () => Promise.resolve())
  ]
  expect(mutex.size).toBe(3)
  await Promise.allSettled(results)
  expect(mutex.size).toBe(0)
})

test('a call without a key does not wait', async () => {
  const mutex = new KeyedMutex()
  const log: string[] = []
  const held = openCall(log, 'held')
  const result = mutex.runExclusive(['a'], held.call)
  expect(await mutex.runExclusive([], () => Promise.resolve('free'))).toBe('free')
  held.end()
  await result
})
