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

it('ends within five seconds where Intercom does not answer, and where its answer does not end', async () => {
  const open = openWorkspace()
  open.emulator.fault({ trouble: 'time-out', times: Infinity })
  const events = [
    { type: 'identify', userId: 'u1', timestamp: toTime(open, 1), traits: { name: 'Ada' } },
    { type: 'track', userId: 'u2', timestamp: toTime(open, 1), event: 'Opened' },
    { type: 'delete', userId: 'u3' },
    { type: 'page', userId: 'u4' }
  ]
  const { statuses, tookMs } = await run(events, open)
  expect(statuses).toEqual([500, 500, 500, 200])
  expect(tookMs).toBe(4000)
})
