import type { JSONObject } from '@segment/actions-core'
import {
  ENTRY_POINTS,
  NOW,
  openWorker,
  openWorkspace,
  SECONDS,
  withoutNetwork,
  type Options
} from '../test-support/workspace'

withoutNetwork()

const MINUTE = 60_000
const SEARCH = 'POST /contacts/search'
const CREATE = 'POST /contacts'
const UPDATE = 'PUT /contacts/{contact}'
const READ = 'GET /contacts/{contact}'
const RESTORE = 'POST /contacts/{contact}/unarchive'
const BILLING = 'billing@corp.example'
const TAKEN = [{ path: 'email', reason: 'email-of-another-contact' }]

const identify = (userId: string | null, traits: JSONObject = {}) => ({ type: 'identify' as const, userId, traits })
const byEmail = (event: string, email = BILLING) => ({ type: 'track' as const, event, properties: { email } })
const track = (userId: string) => ({ type: 'track' as const, userId, event: 'Paid' })
const lead: Options = { mapping: { role: 'lead' } }
const first = { role: 'user', external_id: 'ada-1', email: BILLING, name: 'Ada One' } as const
const second = identify('ada-2', { email: BILLING, name: 'Ada Two' })

describe.each([
  ['refuses a second user with an address', false],
  ['lets users share an address', true]
])('an address of another contact, if Intercom %s', (_title, sharedEmails) => {
  test('does not fail the person, and does not change the other contact', async () => {
    const { emulator } = openWorkspace({ sharedEmails, seed: { contacts: [first] } })
    const { losses } = await openWorker().deliver(second)
    expect(losses).toEqual(sharedEmails ? [] : TAKEN)
    expect(emulator.state.contacts).toMatchObject([
      first,
      { external_id: 'ada-2', name: 'Ada Two', email: sharedEmails ? BILLING : null }
    ])
  })

  test('does not write to a contact that another process has just created and that the search does not return yet', async () => {
    const { emulator } = openWorkspace({ sharedEmails, searchLag: 100 })
    await openWorker().deliver(identify('ada-1', { email: BILLING, name: 'Ada One' }))
    const { losses } = await openWorker().deliver(second)
    expect(losses).toEqual(sharedEmails ? [] : TAKEN)
    expect(emulator.state.contacts).toMatchObject([first, { external_id: 'ada-2', name: 'Ada Two' }])
  })

  test('rejects events by address alone, regardless of the cache', async () => {
    const contacts = [first, { ...first, external_id: 'ada-2', name: 'Ada Two' }]
    const { emulator } = openWorkspace({ sharedEmails, seed: { contacts } })
    const worker = openWorker()
    await worker.deliver(second)
    await expect(worker.deliver(byEmail('Paid'))).rejects.toThrow('Several users')
    await expect(worker.deliver(identify(null, { email: BILLING, phone: '1' }))).rejects.toThrow('Several users')
    await expect(openWorker().deliver(byEmail('Paid'))).rejects.toThrow('Several users')
    expect(emulator.state.events).toEqual([])
    expect(emulator.state.contacts).toMatchObject([{ phone: null }, { phone: null }])
  })

  test('searches an address that is only known from a response before it uses it', async () => {
    const { emulator, operations } = openWorkspace({ sharedEmails, seed: { contacts: [first] } })
    const worker = openWorker()
    await worker.deliver(identify('ada-1', { phone: '1' }))
    emulator.seed({ contacts: [{ ...first, external_id: 'ada-9' }] })
    await expect(worker.deliver(byEmail('Paid'))).rejects.toThrow('Several users')
    expect(operations()).toContain(SEARCH)
  })
})

describe.each([
  ['onEvent', ENTRY_POINTS.onEvent],
  ['onBatch', ENTRY_POINTS.onBatch]
])('through %s', (_door, send) => {
  test('tries a taken address once an hour, not with every identify', async () => {
    let now = NOW
    const { emulator, operations } = openWorkspace({ seed: { contacts: [first] } })
    const worker = openWorker(() => now)
    await send(worker, second)
    expect(operations()).toEqual([SEARCH, CREATE, CREATE])
    await send(worker, { ...second, traits: { ...second.traits, phone: '1' } })
    expect(operations().slice(3)).toEqual([UPDATE])
    expect(emulator.state.contacts[1]).toMatchObject({ external_id: 'ada-2', phone: '1', email: null })
    now += 60 * MINUTE + 1
    await send(worker, second)
    expect(operations().slice(4)[0]).toBe(SEARCH)
  })

  test('the user who has the address keeps it', async () => {
    const { emulator } = openWorkspace({ seed: { contacts: [first] } })
    const worker = openWorker()
    await send(worker, second)
    await send(worker, identify('ada-1', { email: BILLING, phone: '1' }))
    expect(emulator.state.contacts).toMatchObject([{ external_id: 'ada-1', email: BILLING, phone: '1' }, {}])
  })

  test('reports the loss each time', async () => {
    openWorkspace({ seed: { contacts: [first] } })
    const worker = openWorker()
    await send(worker, second)
    expect((await worker.deliver(second)).losses).toEqual(TAKEN)
  })

  test('keeps the other values when a deleted contact still has the address', async () => {
    const { emulator, operations } = openWorkspace({ seed: { contacts: [first] } })
    await openWorker().erase('ada-1')
    const before = operations().length
    await send(openWorker(), second)
    expect(operations().slice(before)).toEqual([SEARCH, CREATE, CREATE])
    expect(emulator.state.contacts).toMatchObject([{ status: 'deleted' }, { external_id: 'ada-2', name: 'Ada Two' }])
  })

  test('an archived contact with the address stays archived, however often the event is sent', async () => {
    const { emulator, operations } = openWorkspace({ seed: { contacts: [{ ...first, status: 'archived' }] } })
    for (const worker of [openWorker(), openWorker()]) await send(worker, second)
    expect(operations()).not.toContain(RESTORE)
    expect(emulator.state.contacts).toMatchObject([
      { external_id: 'ada-1', status: 'archived' },
      { external_id: 'ada-2', status: 'active', name: 'Ada Two' }
    ])
  })

  test('an archived contact with the external ID is restored with its address', async () => {
    const archived = { role: 'user', external_id: 'ada-2', email: BILLING, status: 'archived' } as const
    const { emulator, operations } = openWorkspace({ seed: { contacts: [archived] } })
    await send(openWorker(), second)
    expect(operations()).toEqual([SEARCH, CREATE, CREATE, RESTORE, UPDATE])
    expect(emulator.state.contacts).toMatchObject([{ status: 'active', name: 'Ada Two', email: BILLING }])
  })

  test('restores the archived contact with the external ID, not the one with the address', async () => {
    const { emulator } = openWorkspace({
      seed: {
        contacts: [
          { ...first, status: 'archived' },
          { role: 'user', external_id: 'ada-2', status: 'archived' }
        ]
      }
    })
    await send(openWorker(), second)
    const byId = emulator.state.contacts.map(({ external_id, status }) => [external_id, status])
    expect(Object.fromEntries(byId)).toMatchObject({ 'ada-2': 'active' })
  })

  test('a cached lead who was an archived user before becomes that user, with its history', async () => {
    const { emulator } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', email: 'old@example.com', status: 'archived' }] }
    })
    const worker = openWorker()
    await send(worker, identify('u1', { email: 'new@example.com' }), lead)
    await send(worker, track('u1'))
    await send(worker, identify('u1', { email: 'new@example.com' }))
    const active = emulator.state.contacts.filter(({ status }) => status === 'active')
    expect(active).toMatchObject([{ role: 'user', external_id: 'u1', email: 'new@example.com' }])
    expect(emulator.state.events).toMatchObject([{ contactId: active[0]?.id }])
  })

  test('does not merge leads with the address of another contact', async () => {
    const contacts = [
      { ...first, status: 'archived' as const },
      { role: 'lead' as const, email: BILLING }
    ]
    const { emulator } = openWorkspace({ seed: { contacts } })
    await send(openWorker(), identify('ada-3'))
    await send(openWorker(), second)
    expect(emulator.state.contacts.filter(({ status }) => status === 'merged')).toEqual([])
  })

  test('a lead with the user id of a user and a new address updates the user, who stays a user', async () => {
    const { emulator, operations } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', email: 'old@example.com' }] }
    })
    await send(openWorker(), identify('u1', { email: 'new@example.com', name: 'Ada' }), lead)
    expect(operations()).toEqual([SEARCH, UPDATE])
    expect(emulator.state.contacts).toMatchObject([
      { role: 'user', external_id: 'u1', email: 'new@example.com', name: 'Ada' }
    ])
  })

  test('the same for a cached user that the search does not return yet', async () => {
    const { emulator } = openWorkspace({ searchLag: 100 })
    const worker = openWorker()
    await send(worker, identify('u1', { name: 'Ada' }))
    await send(worker, identify('u1', { email: 'new@example.com' }), lead)
    expect(emulator.state.contacts).toMatchObject([{ role: 'user', external_id: 'u1', email: 'new@example.com' }])
  })
})

test('a lead that became a user with another user id is not found by the first one', async () => {
  const { emulator } = openWorkspace()
  const worker = openWorker()
  await worker.deliver(identify('u3', { email: 'ada@example.com' }), lead)
  await worker.deliver(identify('u1', { email: 'ada@example.com', name: 'Ada' }))
  await worker.deliver(identify('u3', { name: 'Grace' }))
  expect(emulator.state.contacts).toMatchObject([
    { external_id: 'u1', name: 'Ada' },
    { external_id: 'u3', name: 'Grace' }
  ])
})

describe('a lead whose creation got no response', () => {
  const unknownPerson = identify(null, { email: 'new@example.com', name: 'Ada' })

  test('is created once, although the search lags behind: the event is retried until the search is reliable', async () => {
    let now = NOW
    const { emulator } = openWorkspace({ clock: () => now, searchLag: 3 })
    const worker = openWorker(() => now)
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, trouble: 'lost-answer' })
    await expect(worker.deliver(unknownPerson, lead)).rejects.toMatchObject({ name: 'RetryableError' })
    for (let time = 0; time < 3; time++) {
      now += MINUTE
      await expect(worker.deliver(unknownPerson, lead)).rejects.toMatchObject({ name: 'RetryableError', status: 503 })
    }
    await worker.deliver(unknownPerson, lead)
    expect(emulator.state.contacts).toMatchObject([{ role: 'lead', email: 'new@example.com', name: 'Ada' }])
  })

  test('is created after five minutes if it does not exist', async () => {
    let now = NOW
    const { emulator } = openWorkspace()
    const worker = openWorker(() => now)
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, trouble: 'dropped' })
    await expect(worker.deliver(unknownPerson, lead)).rejects.toMatchObject({ name: 'RetryableError' })
    await expect(worker.deliver(unknownPerson, lead)).rejects.toMatchObject({ name: 'RetryableError' })
    now += 5 * MINUTE
    await worker.deliver(unknownPerson, lead)
    expect(emulator.state.contacts).toHaveLength(1)
  })

  test('is not delayed by a clear rejection', async () => {
    const { emulator } = openWorkspace()
    const worker = openWorker()
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, status: 503 })
    await expect(worker.deliver(unknownPerson, lead)).rejects.toMatchObject({ name: 'RetryableError' })
    await worker.deliver(unknownPerson, lead)
    expect(emulator.state.contacts).toHaveLength(1)
  })
})

describe.each([
  ['onEvent', ENTRY_POINTS.onEvent],
  ['onBatch', ENTRY_POINTS.onBatch]
])('a first name alone, through %s', (_door, send) => {
  test('does not rename a contact with a name, and needs no extra call', async () => {
    const { emulator, operations } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com', name: 'Ada Lovelace' }] }
    })
    const worker = openWorker()
    await send(worker, identify('u1', { email: 'ada@example.com', firstName: 'Ada' }))
    await send(worker, identify('u1', { email: 'ada@example.com', lastName: 'King' }))
    expect(operations()).toEqual([SEARCH, UPDATE, UPDATE])
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada Lovelace' }])
  })

  test('names a new contact', async () => {
    const { emulator, operations } = openWorkspace()
    await send(openWorker(), identify('u1', { firstName: 'Ada' }))
    expect(operations()).toEqual([CREATE])
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada' }])
  })

  test('names a contact without a name', async () => {
    const { emulator, operations } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] }
    })
    await send(openWorker(), identify('u1', { email: 'ada@example.com', firstName: 'Ada' }))
    expect(operations()).toEqual([SEARCH, UPDATE])
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada' }])
  })

  test.each([
    ['Ada Lovelace', 'Ada Lovelace', [CREATE, UPDATE]],
    [null, 'Ada', [CREATE, UPDATE, UPDATE]]
  ])('for a contact that only a conflict revealed, with the name %p', async (name, expected, calls) => {
    const { emulator, operations } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', ...(name === null ? {} : { name }) }] }
    })
    await send(openWorker(), identify('u1', { firstName: 'Ada' }))
    expect(operations()).toEqual(calls)
    expect(emulator.state.contacts).toMatchObject([{ name: expected }])
  })
})

test('the partial name is reported as a loss, unless the contact has that name', async () => {
  openWorkspace()
  const worker = openWorker()
  await worker.deliver(identify('u1', { firstName: 'Ada' }))
  expect((await worker.deliver(identify('u1', { firstName: 'Ada' }))).losses).toEqual([])
  expect((await worker.deliver(identify('u1', { firstName: 'Eda' }))).losses).toEqual([
    { path: 'name', reason: 'partial-name' }
  ])
})

test('in a batch a partial name does not replace a full one', async () => {
  const { emulator } = openWorkspace()
  const verdicts = await openWorker().deliverBatch([
    identify('u1', { name: 'Ada Lovelace' }),
    identify('u1', { firstName: 'Ada' })
  ])
  expect(emulator.state.contacts).toMatchObject([{ name: 'Ada Lovelace' }])
  expect(verdicts).toMatchObject([
    { body: { losses: [] } },
    { body: { losses: [{ path: 'name', reason: 'partial-name' }] } }
  ])
})

test('“last seen” is never in the future, and later true values are written', async () => {
  let now = NOW
  const { emulator } = openWorkspace({ clock: () => now })
  const worker = openWorker(() => now)
  const at = (timestamp: string, name: string) => ({ ...identify('u1', { name }), timestamp })
  await worker.deliver(at('2024-01-03T00:00:00Z', 'Ahead'))
  expect(emulator.state.contacts).toMatchObject([{ last_seen_at: SECONDS }])
  now += 10_000
  await worker.deliver(at('2024-01-02T03:04:15Z', 'True'))
  expect(emulator.state.contacts).toMatchObject([{ name: 'True', last_seen_at: SECONDS + 10 }])
})

test('a conflict that does not name the other contact is retried while the event is recent', async () => {
  const { emulator, operations } = openWorkspace()
  const body = { type: 'error.list', errors: [{ code: 'conflict', message: 'Another contact has these details' }] }
  emulator.fault({ match: { method: 'POST', path: '/contacts' }, status: 409, body, times: 2 })
  await expect(openWorker().deliver(second)).rejects.toMatchObject({ name: 'RetryableError' })
  await expect(openWorker(() => NOW + 16 * MINUTE).deliver(second)).rejects.toMatchObject({ status: 409 })
  expect(operations()).toEqual([SEARCH, CREATE, SEARCH, CREATE])
})

test('a contact that another process has just created is read before it is written', async () => {
  const { emulator, operations } = openWorkspace({ searchLag: 100 })
  await openWorker().deliver(second)
  await openWorker().deliver(second)
  expect(operations().slice(2)).toEqual([SEARCH, CREATE, READ, UPDATE])
  expect(emulator.state.contacts).toHaveLength(1)
})
