import { openWorkspace, SETTINGS } from '../test-support/workspace'

/** Milliseconds after which the runtime stops a call. */
const RUNTIME_LIMIT_MS = 5000

const LATENCY = { trouble: 'slow', ms: 50, times: Infinity } as const

async function run(events: readonly object[], open: ReturnType<typeof openWorkspace>) {
  const { result, tookMs } = await open.clock.run(open.call('onBatch', events, SETTINGS))
  const results: readonly unknown[] = Array.isArray(result) ? result : []
  const statuses = results.map((one) => (typeof one === 'object' && one !== null && 'status' in one ? one.status : one))
  return { statuses, tookMs }
}

const count = (statuses: readonly unknown[], status: number) => statuses.filter((one) => one === status).length
const toTime = (open: ReturnType<typeof openWorkspace>, second: number) =>
  new Date(open.clock.now() - 600_000 + second * 1000).toISOString()

it('delivers 400 mixed events of 100 new people at 50 ms a call', async () => {
  const open = openWorkspace()
  open.emulator.fault(LATENCY)
  const events = Array.from({ length: 100 }).flatMap((_, person) => {
    const known = { userId: `u${person}`, timestamp: toTime(open, person) }
    return [
      { ...known, type: 'track', event: 'Opened' },
      { ...known, type: 'identify', traits: { name: 'Ada', email: `u${person}@example.com` } },
      { ...known, type: 'group', groupId: `g${person % 10}`, traits: { name: 'Acme' } },
      { ...known, type: 'track', event: 'Closed' }
    ]
  })
  const { statuses, tookMs } = await run(events, open)
  expect(statuses).toEqual(Array(400).fill(200))
  expect(tookMs).toBeLessThan(RUNTIME_LIMIT_MS)
  expect(open.emulator.state.contacts).toHaveLength(100)
  expect(open.emulator.state.events).toHaveLength(200)
})

it('delivers what it can of 400 events of one person, and reports exactly those', async () => {
  const open = openWorkspace({ seed: { contacts: [{ role: 'user', external_id: 'u1' }] } })
  open.emulator.fault(LATENCY)
  const events = Array.from({ length: 400 }, (_, second) => ({
    type: 'track',
    userId: 'u1',
    event: 'Opened',
    timestamp: toTime(open, second)
  }))
  const { statuses, tookMs } = await run(events, open)
  expect(tookMs).toBeLessThan(RUNTIME_LIMIT_MS)
  // 3.8 seconds of calls of 50 ms: the first of them in order, and the others again.
  expect(statuses).toEqual([...Array<number>(75).fill(200), ...Array<number>(325).fill(500)])
  const again = await run(events, open)
  expect(count(again.statuses, 200)).toBeGreaterThan(140)
})

const FOUR = [
  { type: 'identify', userId: 'u1', traits: { name: 'Ada' } },
  { type: 'track', userId: 'u2', timestamp: '2023-11-14T22:13:20Z', event: 'Opened' },
  { type: 'delete', userId: 'u3' },
  { type: 'page', userId: 'u4' }
]

it.each([
  ['the runtime cannot abort a call', {}],
  ['the runtime can abort a call', { AbortController }]
])('ends after four seconds where Intercom does not answer and %s', async (_, globals) => {
  const open = openWorkspace({}, { globals })
  open.emulator.fault({ trouble: 'time-out', times: Infinity })
  const { statuses, tookMs } = await run(FOUR, open)
  expect(statuses).toEqual([500, 500, 500, 200])
  expect(tookMs).toBe(4000)
})

it('ends after four seconds where an answer begins and does not end', async () => {
  const endless = { status: 200, ok: true, redirected: false, text: () => new Promise(() => undefined) }
  const { statuses, tookMs } = await run(FOUR, openWorkspace({}, { fetch: () => Promise.resolve(endless) }))
  expect(statuses).toEqual([500, 500, 500, 200])
  expect(tookMs).toBe(4000)
})

it('does not spend four seconds on each call of an outage', async () => {
  const open = openWorkspace()
  open.emulator.fault({ trouble: 'time-out', times: Infinity })
  const people = Array.from({ length: 20 }, (_, index) => ({ ...FOUR[1], userId: `u${index}` }))
  expect((await run(people, open)).tookMs).toBe(3800)
  const { statuses, tookMs } = await run(FOUR, open)
  expect(statuses).toEqual([500, 500, 500, 200])
  expect(tookMs).toBe(0)
})

it('does not take a batch that is too large for an outage', async () => {
  const open = openWorkspace()
  open.emulator.fault({ trouble: 'slow', ms: 900, times: Infinity })
  const people = Array.from({ length: 400 }, (_, index) => ({ ...FOUR[0], userId: `u${index}` }))
  const first = await run(people, open)
  expect(count(first.statuses, 500)).toBeGreaterThan(200)
  const second = await run(people.slice(0, 20), open)
  expect(second.statuses).toEqual(Array(20).fill(200))
})
