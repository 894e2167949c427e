import { FIRST_SECOND, InjectedClock, run, seededRandom, toMinimumCalls, toBatches, toStream, type Mode } from '..'

const SIZE = { events: 200, people: 40, companies: 8 }
const stream = toStream(SIZE, seededRandom(1))
const openClock = () => new InjectedClock((FIRST_SECOND + SIZE.events) * 1000)
const MODES: Mode[] = ['one at a time', 'batches', 'windows']

describe('the stream', () => {
  test('contains every person, and identifies each first', () => {
    expect(new Set(stream.map(({ person }) => person)).size).toBe(40)
    const first = new Map([...stream].reverse().map((event) => [event.person, event.kind]))
    expect(new Set(first.values())).toEqual(new Set(['identify']))
  })

  test('has one event a second, and the same stream for the same seed', () => {
    expect(new Set(stream.map(({ seconds }) => seconds)).size).toBe(200)
    expect(toStream(SIZE, seededRandom(1))).toEqual(stream)
    expect(toStream(SIZE, seededRandom(2))).not.toEqual(stream)
  })
})

test('the minimum: two calls for a new person, one for a known one, one each for changed company, attachment and event', () => {
  const eventOf = (kind: 'identify' | 'group' | 'track', person: number) => ({
    kind,
    person,
    company: 0,
    seconds: 0,
    json: {}
  })
  const events = [
    eventOf('identify', 1),
    eventOf('identify', 1),
    eventOf('identify', 2),
    eventOf('group', 1),
    eventOf('group', 1),
    eventOf('track', 1)
  ]
  expect(toMinimumCalls(toBatches(events, 'one at a time'))).toEqual({
    searches: 2,
    contacts: 3,
    companies: 1,
    attachments: 1,
    events: 1,
    total: 8
  })
  expect(toMinimumCalls(toBatches(events, 'one at a time'), 'send')).toMatchObject({ companies: 2, total: 9 })
  expect(toMinimumCalls(toBatches(events, 'batches'))).toEqual({
    searches: 1,
    contacts: 2,
    companies: 1,
    attachments: 1,
    events: 1,
    total: 6
  })
})

test.each(MODES)('%s: within 5 % of the minimum, nothing lost, no person twice', async (mode) => {
  const batches = toBatches(stream, mode)
  const result = await run(batches, { clock: openClock(), limit: Infinity, searchLag: 20 })
  expect(result).toMatchObject({ delivered: 200, failed: 0, redelivered: 0, brokenRules: [] })
  expect(result.traffic.calls).toBeLessThanOrEqual(toMinimumCalls(batches).total * 1.05)
})

const REPEATING = { ...SIZE, companyChanges: 0.1 }
test.each([...MODES.map((mode) => [mode, 'skip'] as const), ['one at a time', 'send'] as const])(
  '%s, unchanged values: %s: companies that repeat themselves have their last values in the end',
  async (mode, unchangedValues) => {
    const batches = toBatches(toStream(REPEATING, seededRandom(1)), mode)
    const result = await run(batches, { clock: openClock(), limit: Infinity, searchLag: 20, unchangedValues })
    expect(result).toMatchObject({ delivered: 200, failed: 0, brokenRules: [] })
    const minimum = toMinimumCalls(batches, unchangedValues)
    expect(result.traffic.byOperation.get('POST /companies')).toBe(minimum.companies)
  }
)

test.each(MODES)('%s: with every tenth call failing, everything arrives exactly once', async (mode) => {
  const faults = { share: 0.1, random: seededRandom(3) }
  const result = await run(toBatches(stream, mode), { clock: openClock(), limit: Infinity, searchLag: 20, faults })
  expect(result).toMatchObject({ delivered: 200, failed: 0, brokenRules: [] })
  expect(result.traffic.faulty).toBeGreaterThan(5)
})

test('a small limit is used up in every window, and never exceeded', async () => {
  const result = await run(toBatches(stream, 'batches'), { clock: openClock(), limit: 40, searchLag: 20, costMs: 5 })
  expect(result).toMatchObject({ delivered: 200, failed: 0, brokenRules: [], traffic: { throttled: 0 } })
  const windows = [...result.traffic.byWindow.values()].slice(0, 3)
  expect(windows.reduce((sum, calls) => sum + calls, 0)).toBeGreaterThanOrEqual(0.9 * 3 * 40)
  // Recorded windows end at a second that ends in 2.
  expect([...result.traffic.byWindow.keys()].slice(0, 3)).toEqual([1_704_164_852, 1_704_164_862, 1_704_164_872])
})
