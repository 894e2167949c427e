import { atMostEvery } from '../at-most-every'

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

test('shows one event at once, and draws many events in a few updates, including the last', () => {
  let asked = 0
  const drawn: number[] = []
  const { ask } = atMostEvery(150, () => drawn.push(asked))
  for (; asked < 100; asked += 1) {
    ask()
    jest.advanceTimersByTime(10)
  }
  jest.advanceTimersByTime(150)
  expect(drawn[0]).toBe(0)
  expect(drawn.at(-1)).toBe(100)
  expect(drawn.length).toBeLessThanOrEqual(8)
  ask()
  expect(drawn.length).toBeLessThanOrEqual(9)
})

test('an urgent update runs at once, and only once', () => {
  const draw = jest.fn()
  const { ask, now } = atMostEvery(150, draw)
  ask()
  ask()
  now()
  expect(draw).toHaveBeenCalledTimes(2)
  jest.advanceTimersByTime(1000)
  expect(draw).toHaveBeenCalledTimes(2)
})
