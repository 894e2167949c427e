import { openVirtualEngine } from '../../test-support/open-virtual-engine'
import type { JsonObject, Row } from '../../../contract'
import { CloudHalf } from '../cloud-half'

const timestamp = '2024-01-02T03:04:05Z'
const toTrack = (userId: string) => ({ type: 'track', userId, event: `Step of ${userId}`, timestamp })
const toIdentify = (userId: string) => ({ type: 'identify', userId, timestamp, traits: { name: userId } })
const toNames = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`)
const seconds = (count: number) => count * 1000
const minutes = (count: number) => seconds(60 * count)

const UNAVAILABLE = { status: 503, times: Infinity }
/** A 429 that names the second at which Intercom's window ends. */
const toLimit = (comeBackAt: number) => ({
  status: 429,
  times: Infinity,
  headers: { 'X-RateLimit-Reset': String(Math.ceil(comeBackAt / 1000)), 'X-RateLimit-Remaining': '0' }
})

let opened: ReturnType<typeof openVirtualEngine>
let close: (() => Promise<void>) | undefined

function open(options: Parameters<typeof openVirtualEngine>[0] = {}) {
  opened = openVirtualEngine({
    seed: { contacts: toNames(300).map((external_id) => ({ external_id, name: 'Old name' })) },
    ...options
  })
  close = () => opened.close()
  return opened
}

afterEach(() => close?.())

const stateOf = (row: Row | undefined) => row?.cloud.state

test('delivers hundreds of events within a small rate limit, however often Intercom asks to wait', async () => {
  const { engine, pass } = open({ rateLimit: 6 })
  for (const name of toNames(200)) engine.submit(toTrack(name), 'file')
  await pass(minutes(6))
  expect(engine.rows().filter(({ cloud }) => cloud.state === 'delivered')).toHaveLength(200)
})

test('keeps the order of events within a rate limit, and does not spend it on deliveries that it cannot finish', async () => {
  const { engine, emulator, pass } = open({ rateLimit: 10 })
  // Each identify makes two calls: one to create the contact, which is a conflict, and one to update it.
  const names = toNames(30)
  for (const name of names) engine.submit(toIdentify(name), 'file')
  await pass(seconds(90))
  expect(engine.rows().map(stateOf)).toEqual(names.map(() => 'delivered'))
  const updated = emulator.requests.filter(({ method, status }) => method === 'PUT' && status === 200)
  expect(updated.map(({ path }) => path)).toEqual(
    emulator.state.contacts.slice(0, 30).map(({ id }) => `/contacts/${id}`)
  )
})

test('shows that events are being retried when an outage follows a rate limit', async () => {
  const { clock, engine, emulator, pass } = open()
  const endLimit = emulator.fault(toLimit(clock.now() + 1000))
  for (const name of toNames(100)) engine.submit(toTrack(name), 'file')
  await pass(10)
  endLimit()
  emulator.fault(UNAVAILABLE)
  await pass(seconds(40))
  expect(engine.rows().filter(({ cloud }) => cloud.state !== 'retrying')).toEqual([])
})

test('does not show an event as failing because of an outage that has ended', async () => {
  const { clock, engine, emulator, pass } = open()
  const endOutage = emulator.fault(UNAVAILABLE)
  engine.submit(toTrack('n1'), 'api')
  await pass(50)
  endOutage()
  await pass(seconds(1))
  const endLimit = emulator.fault(toLimit(clock.now() + seconds(60)))
  engine.submit(toTrack('n2'), 'api')
  await pass(seconds(58))
  expect(engine.rows().map(stateOf)).toEqual(['delivered', 'waiting'])
  endLimit()
  await pass(seconds(10))
  expect(engine.rows().map(stateOf)).toEqual(['delivered', 'delivered'])
})

test('shows an event as waiting for as long as Intercom asks to wait', async () => {
  const { engine, emulator, pass } = open()
  const end = emulator.fault({ status: 429, times: Infinity, headers: { 'Retry-After': '9' } })
  const { id } = engine.submit(toTrack('n1'), 'api')
  await pass(minutes(9))
  expect(engine.rows()[0]?.cloud).toMatchObject({
    state: 'waiting',
    reason: expect.stringMatching(/^Intercom’s rate limit is reached/)
  })
  end()
  await pass(minutes(2))
  expect(stateOf(engine.trace(id)?.row)).toBe('delivered')
})

test('tries each later event once during an outage, and shows the reason of that attempt', async () => {
  const { engine, emulator, pass } = open()
  emulator.fault({ ...UNAVAILABLE, match: { path: '/events' } })
  engine.submit(toTrack('n1'), 'api')
  await pass(seconds(20))
  // A failure during the outage does not start a new one.
  engine.submit(toTrack('n2'), 'api')
  await pass(seconds(6))
  emulator.fault({ ...UNAVAILABLE, status: 500, match: { path: '/contacts' } })
  const before = emulator.requests.length
  engine.submit(toIdentify('n3'), 'api')
  await pass(50)
  expect(emulator.requests.slice(before).map(({ path, status }) => [path, status])).toEqual([['/contacts', 500]])
  expect(engine.rows().map(({ cloud }) => [cloud.state, cloud.reason?.match(/ (50\d) /)?.[1]])).toEqual([
    ['retrying', '503'],
    ['retrying', '503'],
    ['retrying', '500']
  ])
})

test('waits for an event again when it fails after Intercom has taken others', async () => {
  const { engine, emulator, pass } = open()
  const end = emulator.fault(UNAVAILABLE)
  engine.submit(toTrack('n1'), 'api')
  await pass(seconds(26))
  end()
  engine.submit(toTrack('n2'), 'api')
  await pass(100)
  emulator.fault(UNAVAILABLE)
  const before = emulator.requests.length
  engine.submit(toTrack('n3'), 'api')
  await pass(500)
  expect(stateOf(engine.rows()[2])).toBe('waiting')
  await pass(500)
  expect(stateOf(engine.rows()[2])).toBe('retrying')
  expect(emulator.requests.slice(before).map(({ status }) => status)).toEqual([503, 503, 503, 503])
})

test('does not take an unknown contact for an outage of Intercom', async () => {
  const { clock, engine, emulator, pass } = open()
  engine.submit({ ...toTrack('unknown'), timestamp: new Date(clock.now()).toISOString() }, 'api')
  await pass(seconds(26))
  emulator.fault(UNAVAILABLE)
  engine.submit(toTrack('n1'), 'api')
  await pass(500)
  expect(engine.rows().map(stateOf)).toEqual(['retrying', 'waiting'])
})

test('tries what waits for the rate limit at once when a retry is requested', async () => {
  const { engine, emulator, pass } = open()
  const end = emulator.fault({ status: 429, times: Infinity, headers: { 'Retry-After': '100' } })
  engine.submit(toTrack('n1'), 'api')
  engine.submit(toTrack('n2'), 'api')
  await pass(seconds(1))
  expect(engine.rows().map(stateOf)).toEqual(['waiting', 'waiting'])
  end()
  engine.retry()
  await pass(seconds(11))
  expect(engine.rows().map(stateOf)).toEqual(['delivered', 'delivered'])
})

test('retries an event whose fourth attempt was running when a retry was requested', async () => {
  const { engine, emulator, pass, until } = open()
  const end = emulator.fault(UNAVAILABLE)
  engine.submit(toTrack('n1'), 'api')
  await until(() => emulator.requests.length === 3)
  emulator.fault({ trouble: 'slow', ms: 1000 })
  await pass(500)
  engine.retry()
  await pass(700)
  end()
  await pass(seconds(2))
  expect(stateOf(engine.rows()[0])).toBe('delivered')
})

test('calls Intercom no more after the connection was removed, and gives the reason', async () => {
  const { clock, engine, emulator, around, pass } = open()
  const end = emulator.fault(toLimit(clock.now() + seconds(5)))
  engine.submit(toTrack('n1'), 'api')
  await pass(seconds(1))
  const before = emulator.requests.length
  around.target = undefined
  end()
  await pass(seconds(10))
  expect(engine.rows()[0]?.cloud).toMatchObject({
    state: 'retrying',
    reason: expect.stringMatching(/^Intercom’s rate limit is reached/)
  })
  expect(emulator.requests).toHaveLength(before)
})

test('counts no attempt that made no call', async () => {
  const { engine, emulator, pass } = open()
  emulator.fault({ status: 503 })
  engine.submit(toTrack('n1'), 'api')
  await pass(50)
  await pass(minutes(1))
  const run = engine.trace('e1')?.cloud.subscriptions.flatMap((one) => one.run ?? [])[0]
  expect(run?.calls.map(({ request }) => [request?.attempt, request?.status])).toEqual([
    [0, 503],
    [1, 202]
  ])
  expect(run?.retries).toBe(1)
})

test('delivers what waited behind an event that was forgotten', async () => {
  const { clock, around, connected, emulator } = open()
  const states = new Map<string, string>()
  const half = new CloudHalf({
    configuration: () => around.configuration.cloud,
    target: () => connected,
    clock,
    publish: (id, { outcome }) => states.set(id, outcome.state),
    onIdle: () => undefined
  })
  const prepare = (event: JsonObject) => ({ event: { ...event, type: 'track' as const }, losses: [] })
  emulator.fault({ status: 503, times: 4 })
  half.add('e1', prepare(toTrack('n1')))
  half.add('e2', prepare({ ...toTrack('n1'), event: 'Second' }))
  await clock.run(clock.sleep(seconds(1)))
  expect([...states]).toEqual([
    ['e1', 'retrying'],
    ['e2', 'retrying']
  ])
  half.forget('e1')
  await clock.run(clock.sleep(100))
  half.close()
  expect([states.get('e1'), states.get('e2')]).toEqual(['retrying', 'delivered'])
  expect(emulator.state.events.map(({ event_name }) => event_name)).toEqual(['Second'])
})
