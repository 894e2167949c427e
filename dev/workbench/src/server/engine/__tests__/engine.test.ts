import { createEmulator, serve, type Emulator, type Served } from '@intercom-destinations/emulator'
import intercomCloud from '@intercom-destinations/intercom-cloud'
import { destination as intercomWeb } from '@intercom-destinations/intercom-web'
import type { DestinationState, Half, Json, JsonObject, Row } from '../../../contract'
import { Engine, type CloudTarget, type Configuration } from '../index'
import { toJson } from '../json'
import { WebThread } from '../web-worker'
import { toEnabled } from '../../test-support/enabled-presets'
import { createFastClock } from '../../test-support/fast-clock'

const timestamp = '2024-01-02T03:04:05Z'

const order = {
  type: 'track',
  userId: 'u1',
  event: 'Order Completed',
  timestamp,
  properties: { revenue: 19.99, currency: 'eur', cart: { items: 2 }, coupon: 'MAY' }
}

const signUp = {
  type: 'identify',
  userId: 'u1',
  timestamp,
  traits: { email: 'ada@example.com', name: 'Ada Lovelace', plan: 'pro' }
}

const thread = new WebThread()
let emulator: Emulator
let served: Served
let target: CloudTarget | undefined
let configuration: Configuration
let engine: Engine
/** By how much the engine's clock is put forward. */
let later: number

beforeEach(async () => {
  emulator = createEmulator({
    token: 'secret-token',
    rateLimit: Infinity,
    contactAttributes: [{ name: 'plan', data_type: 'string' }],
    seed: { contacts: [{ external_id: 'u1', name: 'Ada' }] }
  })
  served = await serve(emulator)
  target = { token: 'secret-token', region: 'auto', restHost: served.url, state: emulator.state }
  configuration = { web: toEnabled(intercomWeb.presets), cloud: toEnabled(intercomCloud.presets) }
  later = 0
  const fast = createFastClock()
  const clock = { ...fast, now: () => fast.now() + later }
  engine = new Engine({ configuration: () => configuration, target: () => target, clock, thread })
})

afterAll(() => thread.close())

afterEach(async () => {
  await engine.close()
  await served.close()
})

const change = (half: Half, state: Partial<DestinationState>) => {
  configuration = { ...configuration, [half]: { ...configuration[half], ...state } }
}

const watch = async (event: JsonObject) => {
  const { id } = engine.submit(event, 'editor')
  await engine.idle()
  return engine.trace(id)
}

test('an event is listed at once, with both halves waiting', () => {
  expect(engine.submit(order, 'shop')).toEqual({
    id: 'e1',
    receivedAt: expect.any(Number),
    source: 'shop',
    type: 'track',
    name: 'Order Completed',
    person: 'u1',
    email: '',
    web: { state: 'waiting', calls: 0, losses: 0, doubtful: 0 },
    cloud: { state: 'waiting', calls: 0, losses: 0, doubtful: 0 },
    differs: false
  })
})

test('an order shows its request and its Messenger call, without a difference', async () => {
  const trace = await watch(order)
  expect(trace?.row).toMatchObject({
    web: { state: 'delivered', calls: 1, losses: 1, doubtful: 0 },
    cloud: { state: 'delivered', calls: 1, losses: 1, doubtful: 0 },
    differs: false
  })
  const metadata = { price: { amount: 1999, currency: 'EUR' }, coupon: 'MAY' }
  expect(trace?.web.subscriptions.map(({ run }) => run?.calls)).toEqual([
    [{ call: `Intercom('trackEvent', "Order Completed")`, body: metadata }],
    undefined,
    undefined
  ])
  expect(trace?.cloud.subscriptions[2]?.run).toMatchObject({
    calls: [
      {
        call: 'POST /events',
        body: { event_name: 'Order Completed', created_at: 1704164645, user_id: 'u1', metadata },
        request: { method: 'POST', url: `${served.url}/events`, attempt: 0, status: 202 }
      }
    ],
    losses: [
      {
        path: 'metadata.cart',
        reason: 'nested-value',
        text: 'Intercom stores single values only, not objects or lists'
      }
    ],
    retries: 0
  })
  expect(trace?.differences).toEqual([])
})

test('the affected contact is shown, with the values that the event changed', async () => {
  const trace = await watch(signUp)
  expect(trace?.cloud.outcome).toEqual({ state: 'delivered', calls: 2, losses: 0, doubtful: 0 })
  expect(trace?.held).toMatchObject([{ kind: 'contact', title: 'Ada Lovelace', isNew: false, isGone: false }])
  expect(trace?.held?.[0]?.values.filter(({ changed }) => changed)).toEqual([
    { name: 'name', value: 'Ada Lovelace', before: 'Ada', changed: true },
    { name: 'email', value: 'ada@example.com', before: null, changed: true },
    { name: 'last_seen_at', value: '2024-01-02T03:04:05Z', before: null, changed: true },
    { name: 'custom_attributes.plan', value: 'pro', before: null, changed: true }
  ])
})

test('a trace does not contain the token', async () => {
  expect(JSON.stringify(await watch(signUp))).not.toContain('secret-token')
})

test('a half that is switched off or not connected shows that', async () => {
  target = undefined
  change('web', { enabled: false })
  const trace = await watch(order)
  expect([trace?.web.outcome.state, trace?.cloud.outcome.state]).toEqual(['off', 'off'])
  expect(trace?.notes).toEqual([
    'Intercom Web (Actions) was left out. It is switched off.',
    'Intercom Cloud Mode (Actions) was left out. Nothing is connected.'
  ])
  expect(trace).not.toHaveProperty('held')
})

test('an event is not sent to a half that its integrations exclude', async () => {
  const { web, cloud } =
    (await watch({ ...order, integrations: { 'Intercom Cloud Mode (Actions)': false } }))?.row ?? {}
  expect([web?.state, cloud?.state]).toEqual(['delivered', 'kept-away'])
})

test('a mapping that does not take the event shows why', async () => {
  const trace = await watch({ type: 'page', userId: 'u1', timestamp })
  expect(trace?.cloud.outcome.state).toBe('unmatched')
  expect(trace?.cloud.subscriptions.map(({ whyNot }) => whyNot)).toEqual([
    'type is "page", not "identify"',
    'type is "page", not "group"',
    'type is "page", not "track"'
  ])
})

test('an event that Intercom could not take is delivered later in the same row', async () => {
  const mend = emulator.fault({ status: 503, times: Infinity })
  const trace = await watch(order)
  expect(trace?.cloud.outcome).toMatchObject({ state: 'retrying', calls: 4 })
  mend()
  engine.retry()
  await engine.idle()
  const again = engine.trace('e1')
  expect(again?.cloud.outcome).toEqual({ state: 'delivered', calls: 5, losses: 1, doubtful: 0 })
  expect(again?.cloud.subscriptions[2]?.run?.calls.map(({ request }) => [request?.attempt, request?.status])).toEqual([
    [0, 503],
    [1, 503],
    [2, 503],
    [3, 503],
    [4, 202]
  ])
})

test('a request without an answer shows what happened', async () => {
  emulator.fault({ trouble: 'dropped' })
  const trace = await watch(order)
  expect(trace?.cloud.subscriptions[2]?.run?.calls.map(({ request }) => request?.problem ?? request?.status)).toEqual([
    'The connection broke before an answer came.',
    202
  ])
})

test('a listener gets each row until it is settled, and none after it unsubscribes', async () => {
  const heard = new Map<string, Row>()
  const leave = engine.listen((rows) => {
    for (const row of rows) heard.set(row.id, row)
  })
  const done = new Promise<void>((resolve) => {
    engine.listen(() => {
      if (heard.get('e1')?.cloud.state === 'delivered' && heard.get('e1')?.web.state === 'delivered') resolve()
    })
  })
  engine.submit(order, 'editor')
  await done
  leave()
  await watch(signUp)
  expect([...heard.keys()]).toEqual(['e1'])
})

test('an event that is sent again gets a row of its own', async () => {
  await watch(order)
  expect(engine.again('e1')?.id).toBe('e2')
  expect(engine.again('e9')).toBeUndefined()
  await engine.idle()
  expect(engine.rows().map(({ id, cloud }) => [id, cloud.state])).toEqual([
    ['e1', 'delivered'],
    ['e2', 'nothing-sent']
  ])
})

test('after clearing there are no rows, and ids are not reused', async () => {
  await watch(order)
  await engine.clear()
  expect(engine.rows()).toEqual([])
  expect(engine.submit(order, 'api').id).toBe('e2')
})

test('the events of one person arrive in order, whatever comes in between', async () => {
  for (const name of ['First', 'Second', 'Third']) {
    engine.submit({ ...order, event: name }, 'api')
    engine.submit({ ...signUp, userId: name }, 'api')
  }
  await engine.idle()
  const ofAda = emulator.state.events.map(({ event_name }) => event_name)
  expect(ofAda).toEqual(['First', 'Second', 'Third'])
})

test('a waiting row shows why Intercom has not taken the event yet', async () => {
  const heard: (string | undefined)[] = []
  const waiting = new Promise<void>((resolve) => {
    engine.listen((rows) => {
      for (const { cloud } of rows) {
        if (cloud.reason !== undefined) resolve()
        heard.push(cloud.reason && cloud.state)
      }
    })
  })
  const mend = emulator.fault({ status: 503, times: Infinity })
  engine.submit(order, 'api')
  await waiting
  mend()
  await engine.idle()
  expect(heard).toContain('waiting')
  expect(engine.trace('e1')?.cloud.outcome.state).toBe('delivered')
})

test('a retried event notes that Segment would retry, and sends nothing twice', async () => {
  const [, , track] = configuration.cloud.subscriptions
  const other = { name: 'Twice', enabled: true, partnerAction: 'trackEvent', subscribe: 'type = "track"' }
  change('cloud', {
    subscriptions: track ? [track, { ...other, mapping: { ...track.mapping, event_name: 'Second' } }] : []
  })
  emulator.fault({ status: 503, times: 4 })
  const trace = await watch(order)
  expect(trace?.notes).toEqual([
    'Segment would keep retrying. The workbench retries when the person appears, when Intercom takes events again, when a fault is switched off, and on request.'
  ])
  engine.retry()
  await engine.idle()
  const calls = engine
    .trace('e1')
    ?.cloud.subscriptions.map(({ run }) => run?.calls.map(({ request }) => request?.status))
  expect(calls).toEqual([[503, 503, 503, 503, 202], [202]])
  expect(emulator.state.events.map(({ event_name }) => event_name)).toEqual(['Order Completed', 'Second'])
})

test('during a long outage the next event is tried once and shown as retrying at once', async () => {
  const mend = emulator.fault({ status: 503, times: Infinity })
  await watch(order)
  later = 26_000
  // The first is tried once more before the second, which is then held back behind it.
  expect((await watch({ ...order, event: 'Second' }))?.cloud.outcome).toMatchObject({ state: 'retrying', calls: 0 })
  expect(engine.rows()[0]?.cloud).toMatchObject({ state: 'retrying', calls: 5 })
  mend()
  expect((await watch({ ...order, event: 'Third' }))?.cloud.outcome.state).toBe('delivered')
  expect(emulator.state.events.map(({ event_name }) => event_name)).toEqual(['Order Completed', 'Second', 'Third'])
})

test('a loss of the web half is shown', async () => {
  const row = { name: 'Show', enabled: true, partnerAction: 'messengerCommand', subscribe: 'type = "track"' }
  change('web', { subscriptions: [{ ...row, mapping: { command: 'dance' } }] })
  expect((await watch(order))?.web.subscriptions[0]?.run?.losses).toEqual([
    { path: 'command', reason: 'not-a-command', text: 'the Messenger has no such command' }
  ])
})

test('companies, people and events are shown by their names', async () => {
  await watch({ type: 'group', userId: 'u1', groupId: 'c1', timestamp, traits: { name: 'Acme', plan: 'pro' } })
  expect(engine.trace('e1')?.held?.map(({ kind, title, isNew }) => [kind, title, isNew])).toEqual([
    ['company', 'Acme', true],
    ['contact', 'Ada', false]
  ])
  const person = engine.trace('e1')?.held?.find(({ kind }) => kind === 'contact')
  expect(person?.values.filter(({ changed }) => changed)).toEqual([
    { name: 'companies', value: ['Acme'], before: null, changed: true }
  ])
  const event = (await watch(order))?.held?.find(({ kind }) => kind === 'event')
  expect(event).toMatchObject({ title: 'Order Completed', isNew: true, isGone: false })
  expect(event?.values).toEqual([
    { name: 'event_name', value: 'Order Completed', changed: true },
    { name: 'created_at', value: '2024-01-02T03:04:05Z', changed: true },
    { name: 'metadata.price', value: { amount: 1999, currency: 'EUR' }, changed: true },
    { name: 'metadata.coupon', value: 'MAY', changed: true }
  ])
})

test('after a change of the workspace nothing cached about the old one is used', async () => {
  await watch(signUp)
  const other = createEmulator()
  const served2 = await serve(other)
  target = { token: 'another', region: 'auto', restHost: served2.url, state: other.state }
  const trace = await watch(signUp)
  await served2.close()
  expect(trace?.cloud.outcome.state).toBe('delivered')
  expect(other.state.contacts.map(({ email }) => email)).toEqual(['ada@example.com'])
})

function deep(levels: number): Json {
  const read: unknown = JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)
  return toJson(read)
}

test.each<[string, JsonObject]>([
  ['has no type', { userId: 'u1' }],
  ['has an unknown type', { type: 'delete', userId: 'u1' }],
  ['has lists and nulls where names belong', { type: 'track', userId: [1], event: { a: 1 }, properties: null }],
  ['has prototypes among its keys', { type: 'identify', userId: 'u1', traits: { constructor: 1, toString: 'x' } }],
  ['has integrations that are none', { type: 'track', userId: 'u1', event: 'A', integrations: 'none' }],
  ['is nested without end', { type: 'track', userId: 'u1', event: 'A', timestamp, properties: deep(20_000) }]
])('an event that %s does not stop other events', async (_, event) => {
  const trace = await watch(event)
  expect(trace?.web.outcome.state).not.toBe('waiting')
  expect(trace?.cloud.outcome.state).not.toBe('waiting')
  expect((await watch(order))?.cloud.outcome.state).toBe('delivered')
  expect(engine.trace('e2')?.web.outcome.state).toBe('delivered')
})

test('the oldest of more than ten thousand events are forgotten', async () => {
  change('web', { enabled: false })
  change('cloud', { enabled: false })
  for (let count = 0; count < 10_002; count += 1) engine.submit(order, 'file')
  await engine.idle()
  expect([engine.rows().length, engine.rows()[0]?.id, engine.trace('e2')]).toEqual([10_000, 'e3', undefined])
})
