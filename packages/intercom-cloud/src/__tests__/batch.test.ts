import { Destination } from '@segment/actions-core'
import { intercomCloud } from '..'
import {
  deliverBatch,
  NOW,
  openWorker,
  openWorkspace,
  toEvent,
  toSettings,
  withoutNetwork
} from '../test-support/workspace'

withoutNetwork()

const knownUser = { contacts: [{ role: 'user', external_id: 'u1' }] } as const
const track = (userId: string | null, event = 'Opened', properties = {}) =>
  ({ type: 'track', userId, event, properties }) as const

test('each event has its result at its own index, and events are sent in order', async () => {
  const { operations } = openWorkspace({ seed: knownUser })
  const verdicts = await deliverBatch([
    track('u1', 'First'),
    track('unknown'),
    { type: 'identify', userId: 'u1' },
    track('u1', 'Second', { cart: {} }),
    track(null),
    track('u1', '')
  ])
  expect(verdicts).toMatchObject([
    { status: 200, body: { losses: [] } },
    {
      status: 400,
      errortype: 'PAYLOAD_VALIDATION_FAILED',
      errormessage: expect.stringContaining('does not know the person')
    },
    { status: 400, errormessage: expect.stringContaining('does not match the subscription') },
    { status: 200, body: { losses: [{ path: 'metadata.cart', reason: 'nested-value' }] } },
    { status: 400, errormessage: expect.stringContaining('does not name a person') },
    { status: 400, errormessage: expect.stringMatching(/event_name|needs a name/i) }
  ])
  expect(operations()).toEqual(['POST /events', 'POST /events', 'POST /events'])
})

test.each([
  [429, { status: 429, errortype: 'RETRYABLE_ERROR', errormessage: expect.stringContaining('rate limit') }],
  [503, { status: 503, errortype: 'RETRYABLE_ERROR', errormessage: expect.stringContaining('unavailable') }],
  [403, { status: 403, errortype: 'FORBIDDEN', errormessage: expect.stringContaining('plan') }]
])('a %i fails only the event that receives it', async (status, expected) => {
  const { emulator } = openWorkspace({ seed: knownUser })
  emulator.fault({ status })
  expect(await deliverBatch([track('u1', 'First'), track('u1', 'Second')])).toMatchObject([expected, { status: 200 }])
})

test('a recent event of an unknown contact is retried', async () => {
  openWorkspace()
  expect(await deliverBatch([track('u1')], { now: NOW })).toMatchObject([
    {
      status: 503,
      errortype: 'RETRYABLE_ERROR',
      errormessage: expect.stringContaining('does not know this person yet')
    }
  ])
})

test('a revoked token fails the batch after one request, with instructions', async () => {
  const { emulator, operations } = openWorkspace({ seed: knownUser })
  emulator.fault({ status: 401, times: 9 })
  await expect(deliverBatch([track('u1', 'First'), track('u1', 'Second')])).rejects.toThrow(
    'Connect the workspace again'
  )
  expect(operations()).toEqual(['POST /events'])
})

test('a 401 fails the event that receives it and all later ones', async () => {
  const { emulator } = openWorkspace({ seed: knownUser })
  emulator.fault({ match: { path: '/events' }, status: 401, times: 9 })
  const { trackEvent } = intercomCloud().actions
  const destination = new Destination(intercomCloud())
  const nodes = await destination.executeBatch('trackEvent', {
    events: [track('u1', 'First'), track('u1', 'Second')].map(toEvent),
    mapping: { event_name: { '@path': '$.event' }, created_at: { '@path': '$.timestamp' }, user_id: 'u1' },
    settings: toSettings()
  })
  expect(trackEvent.performBatch).toBeDefined()
  expect(nodes).toMatchObject([
    { status: 401, errortype: 'INVALID_AUTHENTICATION' },
    { status: 401, errortype: 'INVALID_AUTHENTICATION' }
  ])
})

test('an empty text is absent in a batch, as in a single event', async () => {
  const { body } = openWorkspace()
  const traits = { email: '', name: '', phone: '', avatar: '', createdAt: '' }
  const verdicts = await deliverBatch([{ type: 'identify', userId: 'u1', traits }])
  expect(verdicts).toMatchObject([{ status: 200, body: { losses: [] } }])
  expect(body()).toEqual({ role: 'user', external_id: 'u1', last_seen_at: 1704164645 })
})

test('group and identify calls are sent in batches, too', async () => {
  const { operations } = openWorkspace()
  await deliverBatch([
    { type: 'identify', userId: 'u1', traits: {} },
    { type: 'identify', userId: 'u1', traits: {} }
  ])
  await deliverBatch([{ type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme' } }])
  expect(operations()).toEqual([
    'POST /contacts',
    'POST /companies',
    'GET /contacts/find_by_external_id/u1',
    'POST /contacts/{contact}/companies'
  ])
})

const SEARCH = 'POST /contacts/search'
const people = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    type: 'identify' as const,
    userId: `u${i}`,
    traits: { email: `${i}@example.com`, name: `Person ${i}` }
  }))
const count = (operations: string[], operation: string) => operations.filter((one) => one === operation).length

describe('as few calls as Intercom allows', () => {
  test('thirty new people need one search and one call each', async () => {
    const { emulator, operations } = openWorkspace()
    const verdicts = await deliverBatch(people(30))
    expect(verdicts.map(({ status }) => status)).toEqual(Array(30).fill(200))
    expect([count(operations(), SEARCH), count(operations(), 'POST /contacts')]).toEqual([1, 30])
    expect(operations()).toHaveLength(31)
    expect(emulator.state.contacts).toHaveLength(30)
  })

  test('people who are in Intercom but not cached need one search and one call each', async () => {
    const { operations } = openWorkspace()
    await deliverBatch(people(30))
    await deliverBatch(people(30))
    const second = operations().slice(31)
    expect([second.length, count(second, SEARCH), count(second, 'PUT /contacts/{contact}')]).toEqual([31, 1, 30])
  })

  test('several identifies of one person are one write with the last value of every attribute', async () => {
    const { operations, body } = openWorkspace()
    const identify = (second: number, traits: object) => ({
      type: 'identify' as const,
      userId: 'u1',
      timestamp: `2024-01-02T03:04:0${second}Z`,
      traits
    })
    const verdicts = await deliverBatch([
      identify(3, { name: 'Third', cart: {} }),
      identify(1, { name: 'First', phone: '1', plan: 'free' }),
      identify(2, { plan: 'pro', email: 'ada@example.com' })
    ])
    expect(operations()).toEqual([SEARCH, 'POST /contacts'])
    expect(body()).toEqual({
      role: 'user',
      external_id: 'u1',
      name: 'Third',
      phone: '1',
      email: 'ada@example.com',
      last_seen_at: 1704164643,
      custom_attributes: { plan: 'pro' }
    })
    expect(verdicts).toMatchObject([
      { status: 200, body: { losses: [{ path: 'custom_attributes.cart', reason: 'nested-value' }] } },
      { status: 200, body: { losses: [] } },
      { status: 200, body: { losses: [] } }
    ])
  })

  test('merged identifies apply the tags of each of them, and the later one decides', async () => {
    const { emulator } = openWorkspace()
    const identify = (second: number, on: string[], off: string[]) => ({
      type: 'identify' as const,
      userId: 'u1',
      timestamp: `2024-01-02T03:04:0${second}Z`,
      properties: { on, off }
    })
    await openWorker().deliverBatch([identify(1, ['vip', 'trial'], []), identify(2, ['beta'], ['Trial'])], {
      mapping: { tags_to_add: { '@path': '$.properties.on' }, tags_to_remove: { '@path': '$.properties.off' } }
    })
    const tagIds = new Set(emulator.state.contacts[0]?.tags.map(({ id }) => id))
    expect(emulator.state.tags.filter(({ id }) => tagIds.has(id)).map(({ name }) => name)).toEqual(['vip', 'beta'])
  })

  test('a company is written once with its last values, and members are not attached again', async () => {
    const { emulator, operations } = openWorkspace()
    const worker = openWorker()
    await worker.deliverBatch(people(3))
    const group = (userId: string, plan: string) =>
      ({ type: 'group', userId, groupId: 'c1', traits: { name: 'Acme', plan } }) as const
    const before = operations().length
    await worker.deliverBatch([group('u0', 'free'), group('u1', 'pro'), group('u0', 'team')])
    const attach = 'POST /contacts/{contact}/companies'
    expect(operations().slice(before)).toEqual(['POST /companies', attach, attach])
    expect(emulator.state.companies).toMatchObject([{ plan: 'team' }])
    await worker.deliverBatch([group('u0', 'pro'), group('u2', 'pro')])
    expect(operations().slice(before + 3)).toEqual(['POST /companies', attach])
  })

  test('the tags of a company are attached once', async () => {
    const { operations } = openWorkspace({ seed: { contacts: [{ role: 'user', external_id: 'u1' }] } })
    const group = { type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme' } } as const
    await deliverBatch([group, group], { mapping: { tags_to_add: ['vip'] } })
    expect(count(operations(), 'POST /tags')).toBe(1)
  })

  test('a company in many identifies is written once', async () => {
    const { operations } = openWorkspace()
    const events = people(5).map((one) => ({ ...one, traits: { ...one.traits, company: { id: 'c1', name: 'Acme' } } }))
    await deliverBatch(events)
    expect(count(operations(), 'POST /companies')).toBe(1)
    expect(count(operations(), 'POST /contacts/{contact}/companies')).toBe(5)
  })
})

describe('one event does not fail another', () => {
  test('delivers the other identifies of a person when one has an invalid value', async () => {
    const { emulator } = openWorkspace()
    const worker = openWorker()
    const verdicts = await worker.deliverBatch(
      [
        { type: 'identify', userId: 'u1', traits: { name: 'Ada', owner: 1 } },
        { type: 'identify', userId: 'u1', traits: { phone: '1', owner: 99 } }
      ],
      { mapping: { owner_id: { '@path': '$.traits.owner' } } }
    )
    expect(verdicts).toMatchObject([
      { status: 200, body: { losses: [{ path: 'custom_attributes.owner' }] } },
      { status: 200, body: { losses: [{ path: 'custom_attributes.owner' }, { path: 'owner_id' }] } }
    ])
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada', phone: '1', owner_id: '1' }])
  })

  test('a temporary failure of a merged write is a retry for each of its events, and for no others', async () => {
    const { emulator } = openWorkspace()
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, status: 503 })
    const identify = (userId: string) => ({ type: 'identify' as const, userId, traits: {} })
    const verdicts = await deliverBatch([identify('u1'), identify('u1'), identify('u2')])
    expect(verdicts).toMatchObject([
      { status: 503, errortype: 'RETRYABLE_ERROR' },
      { status: 503, errortype: 'RETRYABLE_ERROR' },
      { status: 200 }
    ])
  })

  test('an attribute that is left out is reported for the events that sent it', async () => {
    openWorkspace()
    const verdicts = await deliverBatch([
      { type: 'identify', userId: 'u1', traits: { pets: 2 } },
      { type: 'identify', userId: 'u1', traits: { name: 'Ada' } }
    ])
    expect(verdicts).toMatchObject([
      { body: { losses: [{ path: 'custom_attributes.pets', reason: 'unknown-attribute' }] } },
      { body: { losses: [] } }
    ])
  })
})

test('sends the second of two events of the same second if the first was rejected', async () => {
  const { emulator } = openWorkspace({ seed: { contacts: [{ role: 'user', external_id: 'u1' }] } })
  emulator.fault({ match: { path: '/events' }, status: 422 })
  const verdicts = await deliverBatch([track('u1', 'Opened'), track('u1', 'Opened')])
  expect(verdicts).toMatchObject([{ status: 422 }, { status: 200, body: { losses: [] } }])
  expect(emulator.state.events).toHaveLength(1)
})

test('detects two events of the same second although the first reveals another id of the person', async () => {
  openWorkspace({ seed: { contacts: [{ role: 'user', external_id: 'u1', email: 'a@example.com' }] } })
  const byEmail = { ...track('u1', 'Opened'), userId: null, anonymousId: 'a1', properties: { email: 'a@example.com' } }
  const verdicts = await deliverBatch([byEmail, byEmail])
  expect(verdicts[1]).toMatchObject({ body: { losses: [{ path: 'event', reason: 'same-second-event' }] } })
})

test('reports the second of two events with the same name, person and second as a loss, because Intercom would drop it', async () => {
  const { emulator } = openWorkspace({
    seed: { contacts: [{ role: 'user', external_id: 'u1', email: 'a@example.com' }] }
  })
  const verdicts = await deliverBatch([
    track('u1', 'Opened'),
    track('u1', 'opened'),
    track('u1', 'Closed'),
    { ...track('u1', 'Opened'), timestamp: '2024-01-02T03:04:06Z' }
  ])
  expect(verdicts).toMatchObject([
    { status: 200, body: { losses: [] } },
    { status: 200, body: { losses: [{ path: 'event', reason: 'same-second-event' }] } },
    { status: 200, body: { losses: [] } },
    { status: 200, body: { losses: [] } }
  ])
  expect(emulator.state.events).toMatchObject([{ duplicates: 0 }, { duplicates: 0 }, { duplicates: 0 }])
})
