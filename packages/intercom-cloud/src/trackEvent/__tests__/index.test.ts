import nock from 'nock'
import { replay } from '../../test-support/replay'
import { deliver, NOW, openWorkspace, SECONDS, TIMESTAMP, withoutNetwork } from '../../test-support/workspace'

withoutNetwork()

const MINUTE = 60_000
const track = { type: 'track', userId: 'u1', event: 'Opened', timestamp: TIMESTAMP, properties: {} } as const
const byEmail = { ...track, userId: undefined, properties: { email: 'ada@example.com' } } as const
const knownUser = { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] } as const

describe('from fixtures', () => {
  const id = '6530d5b2c9a5f3a1b2c3d4e5'

  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
  })

  test('accepted', async () => {
    const operations = replay('track-event', 'accepted')
    expect(await deliver(track)).toEqual({ report: { losses: [] }, losses: [], doubtful: [] })
    expect(operations).toEqual(['POST /events'])
  })

  test('the contact was merged: submits the event for the remaining one', async () => {
    const operations = replay('track-event', 'the contact was merged')
    await deliver(track, { mapping: { id } })
    expect(operations).toEqual(['POST /events', 'POST /events'])
  })

  test('unknown', async () => {
    replay('track-event', 'unknown')
    await expect(deliver(track)).rejects.toMatchObject({ name: 'PayloadValidationError', status: 400 })
  })

  test('still unknown after creation: retried', async () => {
    const operations = replay('track-event', 'still unknown after creating')
    await expect(deliver(track, { mapping: { unknown_contact: 'create' } })).rejects.toMatchObject({
      name: 'RetryableError'
    })
    expect(operations).toEqual(['POST /events', 'POST /contacts', 'POST /events'])
  })

  test('several users', async () => {
    replay('track-event', 'several users')
    await expect(deliver(byEmail)).rejects.toThrow('Several users')
  })
})

describe('the person of an event', () => {
  test('Intercom’s id takes precedence over the user id, the user id over the address', async () => {
    const { emulator, operations, body } = openWorkspace({ seed: knownUser })
    const id = emulator.state.contacts[0]?.id ?? ''
    await deliver({ ...byEmail, userId: 'u1' }, { mapping: { id } })
    expect(body()).toEqual({ event_name: 'Opened', created_at: SECONDS, id: '{contact}' })
    await deliver({ ...byEmail, userId: 'u1' })
    expect(body()).toEqual({ event_name: 'Opened', created_at: SECONDS, user_id: 'u1' })
    await deliver(byEmail)
    expect(body()).toEqual({ event_name: 'Opened', created_at: SECONDS, id: '{contact}' })
    expect(operations()).toEqual(['POST /events', 'POST /events', 'POST /contacts/search', 'POST /events'])
  })

  test('finds a lead by address, and a user before a lead', async () => {
    const { emulator } = openWorkspace({ seed: { contacts: [{ role: 'lead', email: 'ada@example.com' }] } })
    await deliver(byEmail)
    emulator.seed(knownUser)
    await deliver({ ...byEmail, event: 'Closed' })
    const [lead, user] = emulator.state.contacts
    expect(emulator.state.events.map(({ event_name, contactId }) => [event_name, contactId])).toEqual([
      ['Opened', lead?.id],
      ['Closed', user?.id]
    ])
  })

  test('an invalid address does not matter with a user id', async () => {
    const { body } = openWorkspace({ seed: knownUser })
    await deliver({ ...track, properties: { email: 'not-an-email', plan: 'pro' } })
    expect(body()).toEqual({ event_name: 'Opened', created_at: SECONDS, user_id: 'u1', metadata: { plan: 'pro' } })
  })
})

describe('a person who is not in Intercom', () => {
  test('retry: retried while the event is recent, then rejected', async () => {
    const { operations } = openWorkspace()
    await expect(deliver(track, { now: NOW + 14 * MINUTE })).rejects.toMatchObject({
      name: 'RetryableError',
      status: 503
    })
    await expect(deliver(byEmail, { now: NOW + 14 * MINUTE })).rejects.toMatchObject({ name: 'RetryableError' })
    await expect(deliver(track, { now: NOW + 15 * MINUTE })).rejects.toMatchObject({
      name: 'PayloadValidationError',
      message: expect.stringContaining('does not know the person')
    })
    expect(operations()).toEqual(['POST /events', 'POST /contacts/search', 'POST /events'])
  })

  test('retry: a saved mapping without an event time uses the time of the event', async () => {
    openWorkspace()
    const mapping = { event_time: null, unknown_contact: null }
    await expect(deliver(track, { now: NOW, mapping })).rejects.toMatchObject({ name: 'RetryableError' })
  })

  test('retry: a time in the far future is not recent', async () => {
    openWorkspace()
    await expect(deliver({ ...track, timestamp: '2099-01-01T00:00:00Z' }, { now: NOW })).rejects.toMatchObject({
      name: 'PayloadValidationError'
    })
  })

  test('create: creates the contact from its user id, then submits the event', async () => {
    const { emulator, operations, body } = openWorkspace()
    await deliver({ ...byEmail, userId: 'u1' }, { mapping: { unknown_contact: 'create' } })
    expect(operations()).toEqual(['POST /events', 'POST /contacts', 'POST /events'])
    // The address in the properties may be another person's, for example an invited colleague's.
    expect(body(2)).toEqual({ role: 'user', external_id: 'u1' })
    expect(emulator.state.events).toHaveLength(1)
  })

  test('create: from the address alone', async () => {
    const { operations, body } = openWorkspace()
    await deliver(byEmail, { mapping: { unknown_contact: 'create' } })
    expect(operations()).toEqual(['POST /contacts/search', 'POST /contacts/search', 'POST /contacts', 'POST /events'])
    expect(body()).toEqual({ event_name: 'Opened', created_at: SECONDS, id: '{contact}' })
  })

  test('create: cannot create an id of Intercom', async () => {
    openWorkspace()
    const mapping = { id: '65aaaaaaaaaaaaaaaaaaaaaa', unknown_contact: 'create' }
    await expect(deliver(track, { mapping })).rejects.toMatchObject({ name: 'PayloadValidationError' })
  })

  test('fail: rejected at once', async () => {
    openWorkspace()
    await expect(deliver(track, { now: NOW, mapping: { unknown_contact: 'fail' } })).rejects.toMatchObject({
      name: 'PayloadValidationError'
    })
  })
})

describe('allowed event names', () => {
  test('does not send an unlisted name and reports it', async () => {
    const { operations } = openWorkspace({ seed: knownUser })
    const { report } = await deliver(track, { mapping: { allowed_event_names: ['Closed'] } })
    expect(operations()).toEqual([])
    expect(report).toEqual({ skipped: true, losses: [{ path: 'event_name', reason: 'event-not-allowed' }] })
  })

  test.each([[['Closed', 'opened']], ['Opened'], [[]], [['']]])('%p allows Opened', async (allowed_event_names) => {
    const { operations } = openWorkspace({ seed: knownUser })
    await deliver(track, { mapping: { allowed_event_names } })
    expect(operations()).toEqual(['POST /events'])
  })
})

test('rejects an ambiguous time before any request', async () => {
  const { operations } = openWorkspace()
  await expect(deliver({ ...track, timestamp: 'March 7' })).rejects.toThrow('An event needs a time that can be read')
  expect(operations()).toEqual([])
})

test('reports losses once, on one line, without values', async () => {
  openWorkspace({ seed: knownUser })
  const warn = jest.fn()
  const incr = jest.fn<void, [string, number?, string[]?]>()
  await deliver(
    { ...track, properties: { cart: { item: 'secret' }, 'two\nlines': [1], revenue: '$1' } },
    { listeners: { warn, incr } }
  )
  expect(warn.mock.calls).toEqual([
    [
      'Intercom: revenue was left out: it is not a plain amount of zero or more, such as 19.99; ' +
        'metadata.cart was left out: Intercom stores single values only, not objects or lists; ' +
        'metadata.two lines was left out: Intercom stores single values only, not objects or lists'
    ]
  ])
  const counted = incr.mock.calls.filter(([name]) => name === 'intercom.loss')
  expect(counted.map(([, value, tags]) => [value, tags?.slice(-2)])).toEqual([
    [1, ['reason:not-money', 'path:revenue']],
    [1, ['reason:nested-value', 'path:metadata.cart']],
    [1, ['reason:nested-value', 'path:metadata.two lines']]
  ])
})
