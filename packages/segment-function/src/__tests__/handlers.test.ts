import { toText } from '../test-support/runtime'
import { openWorkspace, SETTINGS, TOKEN } from '../test-support/workspace'

const users = (...ids: string[]) => ({
  seed: { contacts: ids.map((external_id) => ({ role: 'user' as const, external_id })) }
})

it('writes a person, a company and an event, and returns nothing', async () => {
  const { call, clock, emulator, timestamp } = openWorkspace()
  const traits = { email: 'ada@example.com', name: 'Ada' }
  const calls = async () => [
    await call('onIdentify', { type: 'identify', userId: 'u1', timestamp, traits }, SETTINGS),
    await call(
      'onGroup',
      { type: 'group', userId: 'u1', groupId: 'acme', timestamp, traits: { name: 'Acme' } },
      SETTINGS
    ),
    await call('onTrack', { type: 'track', userId: 'u1', event: 'Opened', timestamp }, SETTINGS)
  ]
  expect((await clock.run(calls())).result).toEqual([undefined, undefined, undefined])
  expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', email: 'ada@example.com', name: 'Ada' }])
  expect(emulator.state.contacts.map(({ companyIds }) => companyIds.length)).toEqual([1])
  expect(emulator.state.events.map(({ event_name }) => event_name)).toEqual(['Opened'])
})

it('erases a person', async () => {
  const { call, clock, emulator } = openWorkspace(users('u1', 'u2'))
  await clock.run(call('onDelete', { type: 'delete', userId: 'u1' }, SETTINGS))
  expect(emulator.state.contacts.map(({ external_id, status }) => [external_id, status])).toEqual([
    ['u1', 'deleted'],
    ['u2', 'active']
  ])
  expect((await clock.run(toText(call('onDelete', { userId: 'u3' }, SETTINGS)))).result).toBe('undefined')
  expect((await clock.run(toText(call('onDelete', { anonymousId: 'a1' }, SETTINGS)))).result).toBe(
    'InvalidEventPayload: The deletion names no user id, and Intercom does not know Segment’s anonymous ids.'
  )
})

it.each(['onPage', 'onScreen', 'onAlias'])('%s reports that no mapping takes the event', async (name) => {
  const { call, clock } = openWorkspace()
  const event = { type: name.slice(2).toLowerCase(), userId: 'u1', name: 'Home' }
  expect((await clock.run(toText(call(name, event, SETTINGS)))).result).toBe(
    'EventNotSupported: No subscription takes this event.'
  )
})

it('rejects what can never be delivered', async () => {
  const { call, clock, timestamp } = openWorkspace()
  const { result } = await clock.run(toText(call('onTrack', { type: 'track', userId: 'u1', timestamp }, SETTINGS)))
  expect(result).toBe('InvalidEventPayload: An event needs a name. Map Event Name.')
})

it('asks for another attempt while Intercom is unavailable', async () => {
  const { call, clock, emulator, timestamp } = openWorkspace(users('u1'))
  emulator.fault({ status: 503, times: Infinity })
  const track = { type: 'track', userId: 'u1', event: 'Opened', timestamp }
  const { result, tookMs } = await clock.run(toText(call('onTrack', track, SETTINGS)))
  expect(result).toMatch(/^RetryError: Intercom is unavailable for the moment\./)
  expect(tookMs).toBe(1300)
})

it('asks for another attempt at once where Intercom’s pause is longer than a call may take', async () => {
  const { call, clock, emulator, timestamp } = openWorkspace(users('u1'))
  emulator.fault({ status: 429, headers: { 'retry-after': '10' }, times: Infinity })
  const track = { type: 'track', userId: 'u1', event: 'Opened', timestamp }
  const texts = async () => [
    await toText(call('onTrack', track, SETTINGS)),
    await toText(call('onTrack', track, SETTINGS))
  ]
  const { result, tookMs } = await clock.run(texts())
  expect(result).toEqual(Array(2).fill('RetryError: Intercom’s rate limit allows no call before the deadline.'))
  expect(tookMs).toBeLessThan(1000)
  expect(emulator.requests).toHaveLength(1)
})

it('keeps events while the token is refused, and does not quote the token', async () => {
  const { call, clock, lines, timestamp } = openWorkspace()
  const settings = { accessToken: 'revoked-token' }
  const identify = { type: 'identify', userId: 'u1', timestamp, traits: { name: 'Ada' } }
  const { result } = await clock.run(toText(call('onIdentify', identify, settings)))
  expect(result).toBe('RetryError: Intercom no longer accepts the access token.')
  expect(lines).toEqual([])
})

it('gives one result for each event of a batch, in order', async () => {
  const { call, clock, emulator, timestamp } = openWorkspace(users('u1', 'u9'))
  const batch = [
    { type: 'track', userId: 'u1', timestamp },
    { type: 'identify', userId: 'u2', timestamp, traits: { name: 'Bob' } },
    { type: 'page', userId: 'u2', timestamp },
    { type: 'track', userId: 'u2', event: 'Opened', timestamp },
    { type: 'delete', userId: 'u9' },
    { type: 'track', userId: 'unknown', event: 'Opened', timestamp },
    'no event'
  ]
  const { result } = await clock.run(call('onBatch', batch, SETTINGS))
  expect(result).toEqual([
    { status: 400, errormessage: 'An event needs a name. Map Event Name.' },
    { status: 200 },
    { status: 200 },
    { status: 200 },
    { status: 200 },
    { status: 500, errormessage: expect.stringMatching(/^Intercom does not know this person yet\./) },
    { status: 400, errormessage: expect.stringMatching(/^It is not a Segment event/) }
  ])
  expect(emulator.state.contacts.map(({ external_id, status }) => [external_id, status])).toEqual([
    ['u1', 'active'],
    ['u9', 'deleted'],
    ['u2', 'active']
  ])
})

it('delivers what Segment sent to the function, whatever other destinations the event allows', async () => {
  const { call, clock, emulator, timestamp } = openWorkspace(users('u1'))
  const integrations = { All: false, 'My function': true }
  await clock.run(call('onTrack', { type: 'track', userId: 'u1', event: 'Opened', timestamp, integrations }, SETTINGS))
  expect(emulator.state.events).toHaveLength(1)
})

it('takes events of another realm', async () => {
  const { callForeign, clock, emulator, timestamp } = openWorkspace()
  const identify = { type: 'identify', userId: 'u1', timestamp, traits: { name: 'Ada', plan: 'pro', tags: ['a'] } }
  await clock.run(callForeign('onBatch', [identify], SETTINGS))
  expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', name: 'Ada' }])
})

it('remembers people from call to call', async () => {
  const { call, clock, emulator, timestamp } = openWorkspace()
  const identify = (name: string) => ({ type: 'identify', userId: 'u1', timestamp, traits: { name } })
  await clock.run(call('onIdentify', identify('Ada'), SETTINGS))
  const before = emulator.requests.length
  await clock.run(call('onIdentify', identify('Ada L.'), SETTINGS))
  expect(emulator.requests.slice(before).map(({ method }) => method)).toEqual(['PUT'])
})

it('tags the people of an audience, and archives a person', async () => {
  const { call, clock, emulator, timestamp } = openWorkspace(users('u1', 'u2'))
  const person = { external_id: { '@path': '$.userId' }, event_time: { '@path': '$.timestamp' } }
  const audience = {
    ...{ audience_key: { '@path': '$.context.personas.computation_key' }, tag_name: 'VIP' },
    traits_or_properties: { '@path': '$.traits' }
  }
  const rows = [
    { partnerAction: 'audienceToTag', subscribe: 'type = "identify"', mapping: { ...person, ...audience } },
    { partnerAction: 'archiveContact', subscribe: 'event = "Left"', mapping: { ...person, operation: 'archive' } }
  ]
  const settings = { ...SETTINGS, mappings: JSON.stringify(rows) }
  const context = { personas: { computation_class: 'audience', computation_key: 'vip' } }
  const entered = { type: 'identify', userId: 'u1', timestamp, context, traits: { vip: true } }
  await clock.run(call('onIdentify', entered, settings))
  await clock.run(call('onTrack', { type: 'track', event: 'Left', userId: 'u2', timestamp }, settings))
  expect(emulator.state.tags.map(({ name }) => name)).toEqual(['VIP'])
  expect(emulator.state.contacts.map(({ external_id, status, tags }) => [external_id, status, tags.length])).toEqual([
    ['u1', 'active', 1],
    ['u2', 'archived', 0]
  ])
})

it('renames an anonymous user when the user id comes', async () => {
  const { call, clock, emulator, timestamp } = openWorkspace()
  const mapping = {
    ...{ role: 'user', external_id: { '@path': '$.userId' }, name: { '@path': '$.traits.name' } },
    ...{ use_anonymous_id: 'true', anonymous_id: { '@path': '$.anonymousId' } }
  }
  const rows = [{ partnerAction: 'identifyContact', subscribe: 'type = "identify"', mapping }]
  const settings = { ...SETTINGS, mappings: JSON.stringify(rows) }
  const identify = { type: 'identify', anonymousId: 'a1', timestamp, traits: { name: 'Ada' } }
  await clock.run(call('onIdentify', identify, settings))
  await clock.run(call('onIdentify', { ...identify, userId: 'u1' }, settings))
  expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', name: 'Ada' }])
})

it('logs once what was lost, without values, and neither the token', async () => {
  const { call, clock, lines, timestamp } = openWorkspace(users('u1'))
  const track = (card: string) => ({
    type: 'track',
    userId: 'u1',
    event: 'Paid',
    timestamp,
    properties: { cart: { card }, list: [card, 'x'] }
  })
  await clock.run(call('onBatch', [track('4111'), track('5222')], SETTINGS))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^Intercom: metadata\.cart was left out: .*; metadata\.list was left out: /)
  expect(lines.join()).not.toMatch(new RegExp(`4111|5222|${TOKEN}`))
})

it('gives every event a result of its own, however odd it is', async () => {
  const { callForeign, clock, emulator, timestamp } = openWorkspace(users('u1'))
  const deep: unknown = Array.from({ length: 100_000 }).reduce((inner) => ({ inner }), {})
  const odd = [
    undefined,
    7,
    [],
    { type: 'track', userId: {}, event: ['x'], timestamp: 'never', properties: 5 },
    { type: 'identify', userId: 'u1', timestamp, traits: deep },
    { type: 'group', userId: 'u1', groupId: {}, traits: null },
    JSON.parse('{ "type": "identify", "userId": "u1", "traits": { "__proto__": { "polluted": true } } }'),
    { type: 'delete', userId: ['u1'] },
    { type: 'track', userId: 'u1', event: 'Opened', timestamp }
  ]
  const { result } = await clock.run(callForeign('onBatch', odd, SETTINGS))
  const statuses = [400, 400, 400, 400, 400, 400, 200, 400, 200]
  expect(result).toEqual(statuses.map((status): unknown => expect.objectContaining({ status })))
  expect(emulator.state.events).toHaveLength(1)
})

describe('accepts what Segment’s validation refuses, with a loss', () => {
  it.each([
    [
      'an object as a name',
      'identify',
      { traits: { name: { first: 'Ada' }, phone: '+49 30 1234' } },
      'name was left out'
    ],
    [
      'an object as a plan',
      'group',
      { groupId: 'acme', traits: { name: 'Acme', plan: { id: 1 } } },
      'plan was left out'
    ],
    ['a text as properties', 'track', { event: 'Opened', properties: 'text' }, 'metadata was left out']
  ])('%s', async (_, type, rest, line) => {
    const { call, clock, lines, timestamp } = openWorkspace(users('u1'))
    const { result } = await clock.run(call('onBatch', [{ type, userId: 'u1', timestamp, ...rest }], SETTINGS))
    expect(result).toEqual([{ status: 200 }])
    expect(lines.join()).toContain(line)
  })
})
