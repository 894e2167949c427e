import { FIRST_SECOND, InjectedClock, run, seededRandom, toMinimumCalls, toBatches, toStream, type Mode } from '..'

const SIZE = { events: 200, people: 40, companies: 8 }
const stream = toStream(SIZE, seededRandom(1))
const openClock = () => new InjectedClock((FIRST_SECOND + SIZE.events) * 1000)
const MODES: Mode[] = ['one at a time', 'batches', 'windows']

describe('the stream', () => {
  test('everybody comes, and is identified first', () => {
    expect(new Set(stream.map(({ person }) => person)).size).toBe(40)
    const first = new Map([...stream].reverse().map((event) => [event.person, event.kind]))
    expect(new Set(first.values())).toEqual(new Set(['identify']))
  })

  test('no two events are of one second, and the same seed gives the same stream', () => {
    expect(new Set(stream.map(({ seconds }) => seconds)).size).toBe(200)
    expect(toStream(SIZE, seededRandom(1))).toEqual(stream)
    expect(toStream(SIZE, seededRandom(2))).not.toEqual(stream)
  })
})

test('the floor: two for a new person, one for a known one, one each for company, attachment and event', () => {
  const of = (kind: 'identify' | 'group' | 'track', person: number) => ({
    kind,
    person,
    company: 0,
    seconds: 0,
    json: {}
  })
  const events = [
    of('identify', 1),
    of('identify', 1),
    of('identify', 2),
    of('group', 1),
    of('group', 1),
    of('track', 1)
  ]
  expect(toMinimumCalls(toBatches(events, 'one at a time'))).toEqual({
    searches: 2,
    contacts: 3,
    companies: 2,
    attachments: 1,
    events: 1,
    total: 9
  })
  expect(toMinimumCalls(toBatches(events, 'batches'))).toEqual({
    searches: 1,
    contacts: 2,
    companies: 1,
    attachments: 1,
    events: 1,
    total: 6
  })
})

test.each(MODES)('%s: within 5 % of the floor, nothing lost, nobody twice', async (mode) => {
  const batches = toBatches(stream, mode)
  const done = await run(batches, { clock: openClock(), limit: Infinity, searchLag: 20 })
  expect(done).toMatchObject({ delivered: 200, failed: 0, redelivered: 0, brokenRules: [] })
  expect(done.traffic.calls).toBeLessThanOrEqual(toMinimumCalls(batches).total * 1.05)
})

test.each(MODES)('%s: with every tenth call failing, everything is there exactly once', async (mode) => {
  const faults = { share: 0.1, random: seededRandom(3) }
  const done = await run(toBatches(stream, mode), { clock: openClock(), limit: Infinity, searchLag: 20, faults })
  expect(done).toMatchObject({ delivered: 200, failed: 0, brokenRules: [] })
  expect(done.traffic.faulty).toBeGreaterThan(5)
})

test('a small limit is used up in every window, and never overrun', async () => {
  const done = await run(toBatches(stream, 'batches'), { clock: openClock(), limit: 40, searchLag: 20, costMs: 5 })
  expect(done).toMatchObject({ delivered: 200, failed: 0, brokenRules: [], traffic: { throttled: 0 } })
  const windows = [...done.traffic.byWindow.values()].slice(0, 3)
  expect(windows.reduce((sum, calls) => sum + calls, 0)).toBeGreaterThanOrEqual(0.9 * 3 * 40)
})
