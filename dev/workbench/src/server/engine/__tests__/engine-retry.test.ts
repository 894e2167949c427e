import type { EventTrace, JsonObject } from '../../../contract'
import { openEmulator, openVirtualEngine } from '../../test-support/open-virtual-engine'

const timestamp = '2024-01-02T03:04:05Z'
const signUp = { type: 'identify', userId: 'u1', timestamp, traits: { email: 'ada@example.com' } }
const order = { type: 'track', userId: 'u1', event: 'Order Completed', timestamp }
/** Young, so that it waits for its person. */
const toYoung = (event: string, more: JsonObject = {}) => ({
  ...{ type: 'track', userId: 'new', event, timestamp: new Date(opened.clock.now()).toISOString() },
  ...more
})

let opened: ReturnType<typeof openVirtualEngine>

beforeEach(() => {
  opened = openVirtualEngine({ seed: { contacts: [{ external_id: 'u1', name: 'Ada' }] } })
})

afterEach(() => opened.close())

const statusesOf = (trace: EventTrace | undefined) =>
  trace?.cloud.subscriptions.flatMap(({ run }) => run?.calls ?? []).map(({ request }) => request?.status)

test('events that came before their person are delivered in order once the person exists', async () => {
  const { engine, emulator, watch, idle } = opened
  engine.submit(toYoung('First'), 'shop')
  engine.submit(toYoung('Second'), 'shop')
  engine.submit(toYoung('Of another person', { userId: 'other' }), 'shop')
  await idle()
  expect(engine.rows().map(({ cloud }) => cloud.state)).toEqual(['retrying', 'retrying', 'retrying'])
  await watch({ type: 'identify', userId: 'new', timestamp, traits: { email: 'new@example.com' } })
  expect(engine.rows().map(({ id, cloud }) => [id, cloud.state])).toEqual([
    ['e1', 'delivered'],
    ['e2', 'delivered'],
    ['e3', 'retrying'],
    ['e4', 'delivered']
  ])
  expect(emulator.state.events.map(({ event_name }) => event_name)).toEqual(['First', 'Second'])
})

test('after an outage a person has the values of the last event', async () => {
  const { engine, emulator, until, idle } = opened
  const mend = emulator.fault({ status: 503, times: Infinity })
  const say = (name: string) => engine.submit({ type: 'identify', userId: 'u1', timestamp, traits: { name } }, 'api')
  for (let number = 1; number <= 20; number += 1) say(`Ada ${number}`)
  // The first was given up, and the second has begun or waits behind it.
  await until(() => emulator.requests.length >= 4)
  await until(() => engine.rows()[0]?.cloud.state === 'retrying')
  say('Ada at last')
  mend()
  engine.retry()
  await idle()
  expect(engine.rows().map(({ cloud }) => cloud.state)).toEqual(Array.from({ length: 21 }, () => 'delivered'))
  expect(emulator.state.contacts[0]?.name).toBe('Ada at last')
})

test('during an outage later events of a person are held behind the first and show that', async () => {
  const { engine, emulator, idle } = opened
  emulator.fault({ status: 503, times: Infinity })
  engine.submit(signUp, 'api')
  engine.submit(order, 'api')
  await idle()
  expect(engine.rows().map(({ cloud }) => [cloud.state, cloud.calls])).toEqual([
    ['retrying', 4],
    ['retrying', 0]
  ])
  expect(engine.rows()[1]?.cloud.reason).toBe('An earlier event of the same person has to be delivered first.')
})

test('waiting events are kept beyond the limit of ten thousand', async () => {
  const { engine, emulator, clock } = opened
  const track = (number: number) => ({ type: 'track', userId: 'u1', event: `Step ${number}`, timestamp })
  for (let number = 1; number <= 10_100; number += 1) engine.submit(number === 1 ? order : track(number), 'api')
  expect(engine.rows()[0]?.name).toBe('Order Completed')
  await clock.run(engine.clear())
  expect(emulator.state.events.length).toBeLessThan(10_100)
})

test('one event can be retried without the others', async () => {
  const { engine, emulator, idle } = opened
  engine.submit(toYoung('First'), 'shop')
  engine.submit(toYoung('Of another person', { userId: 'other' }), 'shop')
  await idle()
  const [, other] = engine.rows()
  emulator.seed({ contacts: [{ external_id: 'new' }, { external_id: 'other' }] })
  expect(engine.retry('e1')?.cloud.state).toBe('waiting')
  await idle()
  expect(engine.rows()[0]?.cloud.state).toBe('delivered')
  expect(engine.rows()[1]).toEqual(other)
  expect(engine.retry('e1')?.cloud.state).toBe('delivered')
  expect(engine.retry('e99')).toBeUndefined()
})

test('a delivery after an outage causes the retry of earlier events', async () => {
  const { engine, emulator, watch } = opened
  emulator.fault({ status: 503, times: 4 })
  expect((await watch(order))?.cloud.outcome.state).toBe('retrying')
  await watch({ type: 'identify', userId: 'u2', timestamp, traits: { email: 'bob@example.com' } })
  expect(engine.rows().map(({ cloud }) => cloud.state)).toEqual(['delivered', 'delivered'])
})

test('saving unchanged mappings sends nothing twice', async () => {
  const { engine, emulator, around, change, watch, idle } = opened
  const track = around.configuration.cloud.subscriptions.find(({ partnerAction }) => partnerAction === 'trackEvent')
  if (!track) throw new Error('there is such a preset')
  const rows = [track, { ...track, mapping: { ...track.mapping, event_name: 'Second' } }]
  change('cloud', { subscriptions: rows })
  emulator.fault({ status: 503, times: 4 })
  expect((await watch(order))?.cloud.outcome.state).toBe('retrying')
  const saved = rows.map((row) => ({
    ...row,
    name: 'Renamed',
    mapping: Object.fromEntries(Object.entries(row.mapping).reverse())
  }))
  change('cloud', { subscriptions: saved })
  engine.retry()
  await idle()
  expect(statusesOf(engine.trace('e1'))).toEqual([503, 503, 503, 503, 202, 202])
  expect(emulator.state.events.map(({ event_name, duplicates }) => [event_name, duplicates])).toEqual([
    ['Order Completed', 0],
    ['Second', 0]
  ])
})

test('two equal mappings are both run', async () => {
  const { around, change, watch } = opened
  const track = around.configuration.cloud.subscriptions.filter(({ partnerAction }) => partnerAction === 'trackEvent')
  change('cloud', { subscriptions: [...track, ...track] })
  const trace = await watch(order)
  const [first, second] = trace?.cloud.subscriptions.map(({ run }) => run) ?? []
  expect(statusesOf(trace)).toEqual([202])
  expect(first).not.toBe(second)
})

test('a value that the first attempt changed is still marked after the second', async () => {
  const { engine, emulator, around, change, watch, idle } = opened
  const [identify, , track] = around.configuration.cloud.subscriptions
  if (!identify || !track) throw new Error('there are such presets')
  const signedUp = { ...track, subscribe: 'type = "identify"', mapping: { ...track.mapping, event_name: 'Signed Up' } }
  change('cloud', { subscriptions: [identify, signedUp] })
  emulator.fault({ status: 503, match: { path: '/events' }, times: 4 })
  expect((await watch(signUp))?.cloud.outcome.state).toBe('retrying')
  engine.retry()
  await idle()
  const contact = engine.trace('e1')?.held?.find(({ kind }) => kind === 'contact')
  expect(engine.trace('e1')?.row.cloud.state).toBe('delivered')
  expect(contact?.values.find(({ name }) => name === 'email')).toEqual({
    ...{ name: 'email', value: 'ada@example.com', before: null, changed: true }
  })
})

test('the times of requests count from the first attempt of their event', async () => {
  const { engine, emulator, watch, idle, pass } = opened
  emulator.fault({ status: 503, times: 4 })
  await watch(order)
  await pass(300)
  engine.retry()
  await idle()
  const requests = engine.trace('e1')?.cloud.subscriptions.flatMap(({ run }) => run?.calls ?? []) ?? []
  const [before = 0, after = 0] = requests.slice(-2).map(({ request }) => request?.startedAfter)
  expect(after - before).toBeGreaterThanOrEqual(290)
})

test('an event whose workspace was disconnected is kept and delivered after a new connection', async () => {
  const { engine, emulator, around, connected, until, idle } = opened
  const mend = emulator.fault({ status: 503, times: Infinity })
  engine.submit(order, 'shop')
  await until(() => emulator.requests.length >= 1)
  around.target = undefined
  mend()
  await idle()
  expect(engine.rows()[0]?.cloud.state).toBe('retrying')
  expect(emulator.state.events).toEqual([])
  // Nor is it lost by what is tried again meanwhile: it goes on once something is connected.
  engine.retry()
  around.target = connected
  engine.retry()
  await idle()
  expect(engine.rows()[0]?.cloud.state).toBe('delivered')
})

test('each event that waits behind another causes one retry of it at most', async () => {
  const { engine, emulator, idle } = opened
  emulator.fault({ status: 503, times: Infinity })
  engine.submit(signUp, 'api')
  engine.submit(order, 'api')
  await idle()
  for (const event of ['Second', 'Third', 'Fourth']) engine.submit({ ...order, event }, 'api')
  engine.retry('e2')
  await idle()
  expect(engine.rows().map(({ cloud }) => cloud.state)).toEqual(Array.from({ length: 5 }, () => 'retrying'))
  expect(emulator.requests.length).toBeLessThan(40)
})

test('an event that always fails does not hold later events forever', async () => {
  const { emulator, watch } = opened
  emulator.fault({ status: 500, match: { path: '/events' }, times: Infinity })
  expect((await watch(order))?.cloud.outcome.state).toBe('retrying')
  for (let count = 0; count < 8; count += 1) {
    await watch({
      type: 'identify',
      userId: 'u2',
      timestamp,
      traits: { email: 'bob@example.com', name: `Bob ${count}` }
    })
  }
  const asked = emulator.requests.filter(({ path }) => path === '/events').length
  expect(asked).toBeLessThanOrEqual(4 * 6)
  expect((await watch({ ...signUp, traits: { name: 'Ada at last' } }))?.cloud.outcome.state).toBe('delivered')
})

test('an event of an unknown person is tried twice and then waits', async () => {
  const { engine, emulator, idle } = opened
  engine.submit(toYoung('First'), 'shop')
  await idle()
  expect(emulator.requests.filter(({ path }) => path === '/events')).toHaveLength(2)
})

test('a running delivery continues to the workspace that is connected meanwhile', async () => {
  const { engine, emulator, around, until, idle } = opened
  emulator.fault({ status: 503, times: Infinity })
  const { emulator: other, target } = openEmulator(opened.clock, { seed: { contacts: [{ external_id: 'u1' }] } })
  engine.submit(order, 'shop')
  await until(() => emulator.requests.length >= 1)
  around.target = target
  await idle()
  expect(engine.rows()[0]?.cloud.state).toBe('delivered')
  expect(other.state.events.map(({ event_name }) => event_name)).toEqual(['Order Completed'])
  expect(engine.trace('e1')?.held?.map(({ kind }) => kind)).toContain('event')
})

test('a waiting event is settled when the destination is switched off', async () => {
  const { engine, emulator, change, idle } = opened
  const mend = emulator.fault({ status: 503, times: Infinity })
  engine.submit(order, 'shop')
  await idle()
  change('cloud', { enabled: false })
  mend()
  engine.retry()
  await idle()
  expect(engine.rows()[0]?.cloud).toMatchObject({ state: 'off', calls: 4, reason: 'It is switched off.' })
  expect(statusesOf(engine.trace('e1'))).toEqual([503, 503, 503, 503])
})

test('faults of the page are noted first, where the web half ran', async () => {
  const { around, watch, change } = opened
  around.remarks = ['The Messenger was blocked.']
  await watch(order)
  around.remarks = []
  await watch(order)
  around.remarks = ['The Messenger was blocked.']
  change('web', { enabled: false })
  await watch(order)
  const notes = ['e1', 'e2', 'e3'].map((id) => opened.engine.trace(id)?.notes)
  expect(notes).toEqual([
    ['The Messenger was blocked.'],
    [],
    ['Intercom Web (Actions) was left out. It is switched off.']
  ])
})

test.each<[JsonObject, string]>([
  [{ traits: { email: 'a@b.c' } }, 'a@b.c'],
  [{ properties: { email: 'b@b.c' } }, 'b@b.c'],
  [{ context: { traits: { email: 'c@b.c' } } }, 'c@b.c'],
  [{ traits: { email: '' }, properties: { email: null }, context: 'none' }, '']
])('a row of %j can be found by its e-mail address', (more, email) => {
  expect(opened.engine.submit({ type: 'track', userId: 'u1', event: 'A', ...more }, 'api').email).toBe(email)
})
