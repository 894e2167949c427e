import type { JSONObject } from '@segment/actions-core'
import { DOORS, NOW, openWorker, openWorkspace, SECONDS, withoutNetwork, type Options } from '../test-support/workspace'

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
])('3.1: an address of another contact, where Intercom %s', (_title, sharedEmails) => {
  test('never costs the person, and never touches the other one', async () => {
    const { emulator } = openWorkspace({ sharedEmails, seed: { contacts: [first] } })
    const { losses } = await openWorker().deliver(second)
    expect(losses).toEqual(sharedEmails ? [] : TAKEN)
    expect(emulator.state.contacts).toMatchObject([
      first,
      { external_id: 'ada-2', name: 'Ada Two', email: sharedEmails ? BILLING : null }
    ])
  })

  test('made a moment ago by another process, when the search does not show it yet: it is not written to', async () => {
    const { emulator } = openWorkspace({ sharedEmails, searchLag: 100 })
    await openWorker().deliver(identify('ada-1', { email: BILLING, name: 'Ada One' }))
    const { losses } = await openWorker().deliver(second)
    expect(losses).toEqual(sharedEmails ? [] : TAKEN)
    expect(emulator.state.contacts).toMatchObject([first, { external_id: 'ada-2', name: 'Ada Two' }])
  })

  test('3.3: what is sent by the address alone is refused, whatever this process met before', async () => {
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

  test('3.3: an address that only an answer told is searched before it is used', async () => {
    const { emulator, operations } = openWorkspace({ sharedEmails, seed: { contacts: [first] } })
    const worker = openWorker()
    await worker.deliver(identify('ada-1', { phone: '1' }))
    emulator.seed({ contacts: [{ ...first, external_id: 'ada-9' }] })
    await expect(worker.deliver(byEmail('Paid'))).rejects.toThrow('Several users')
    expect(operations()).toContain(SEARCH)
  })
})

describe.each([
  ['onEvent', DOORS.onEvent],
  ['onBatch', DOORS.onBatch]
])('3.1, through %s', (_door, send) => {
  test('an address that is taken is tried once an hour, not with every identify', async () => {
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

  test('its own user keeps it', async () => {
    const { emulator } = openWorkspace({ seed: { contacts: [first] } })
    const worker = openWorker()
    await send(worker, second)
    await send(worker, identify('ada-1', { email: BILLING, phone: '1' }))
    expect(emulator.state.contacts).toMatchObject([{ external_id: 'ada-1', email: BILLING, phone: '1' }, {}])
  })

  test('the loss is told each time', async () => {
    openWorkspace({ seed: { contacts: [first] } })
    const worker = openWorker()
    await send(worker, second)
    expect((await worker.deliver(second)).losses).toEqual(TAKEN)
  })

  test('an address that a deleted contact still holds costs itself only', async () => {
    const { emulator, operations } = openWorkspace({ seed: { contacts: [first] } })
    await openWorker().erase('ada-1')
    const before = operations().length
    await send(openWorker(), second)
    expect(operations().slice(before)).toEqual([SEARCH, CREATE, CREATE])
    expect(emulator.state.contacts).toMatchObject([{ status: 'deleted' }, { external_id: 'ada-2', name: 'Ada Two' }])
  })

  test('3.2: an address of an archived contact: that one stays archived, however often the event comes', async () => {
    const { emulator, operations } = openWorkspace({ seed: { contacts: [{ ...first, status: 'archived' }] } })
    for (const worker of [openWorker(), openWorker()]) await send(worker, second)
    expect(operations()).not.toContain(RESTORE)
    expect(emulator.state.contacts).toMatchObject([
      { external_id: 'ada-1', status: 'archived' },
      { external_id: 'ada-2', status: 'active', name: 'Ada Two' }
    ])
  })

  test('3.2: an archived contact that is ours by its external ID comes back with its address', async () => {
    const archived = { role: 'user', external_id: 'ada-2', email: BILLING, status: 'archived' } as const
    const { emulator, operations } = openWorkspace({ seed: { contacts: [archived] } })
    await send(openWorker(), second)
    expect(operations()).toEqual([SEARCH, CREATE, CREATE, RESTORE, UPDATE])
    expect(emulator.state.contacts).toMatchObject([{ status: 'active', name: 'Ada Two', email: BILLING }])
  })

  test('3.2: one archived contact has the ID, another one the address: only the first comes back', async () => {
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

  test('3.2: a lead of this process who was an archived user before becomes that user, with its history', async () => {
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

  test('3.2: leads with the address of another contact are not merged into this person', async () => {
    const contacts = [
      { ...first, status: 'archived' as const },
      { role: 'lead' as const, email: BILLING }
    ]
    const { emulator } = openWorkspace({ seed: { contacts } })
    await send(openWorker(), identify('ada-3'))
    await send(openWorker(), second)
    expect(emulator.state.contacts.filter(({ status }) => status === 'merged')).toEqual([])
  })

  test('3.4: a lead with the user id of a user and a new address: the user is written, and stays a user', async () => {
    const { emulator, operations } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', email: 'old@example.com' }] }
    })
    await send(openWorker(), identify('u1', { email: 'new@example.com', name: 'Ada' }), lead)
    expect(operations()).toEqual([SEARCH, UPDATE])
    expect(emulator.state.contacts).toMatchObject([
      { role: 'user', external_id: 'u1', email: 'new@example.com', name: 'Ada' }
    ])
  })

  test('3.4: the same for a user that this process remembers and the search does not show yet', async () => {
    const { emulator } = openWorkspace({ searchLag: 100 })
    const worker = openWorker()
    await send(worker, identify('u1', { name: 'Ada' }))
    await send(worker, identify('u1', { email: 'new@example.com' }), lead)
    expect(emulator.state.contacts).toMatchObject([{ role: 'user', external_id: 'u1', email: 'new@example.com' }])
  })
})

test('a lead that became a user with another user id is not found by its first one', async () => {
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

describe('3.5: a lead whose creation was not answered', () => {
  const unknownPerson = identify(null, { email: 'new@example.com', name: 'Ada' })

  test('is made once, although the search lags: the event is sent again until the search can tell', async () => {
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

  test('is made after five minutes where it is not there', async () => {
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

  test('a clear refusal does not make it wait', async () => {
    const { emulator } = openWorkspace()
    const worker = openWorker()
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, status: 503 })
    await expect(worker.deliver(unknownPerson, lead)).rejects.toMatchObject({ name: 'RetryableError' })
    await worker.deliver(unknownPerson, lead)
    expect(emulator.state.contacts).toHaveLength(1)
  })
})

describe.each([
  ['onEvent', DOORS.onEvent],
  ['onBatch', DOORS.onBatch]
])('4.5: a first name alone, through %s', (_door, send) => {
  test('never renames a contact who has a name, and costs no call more', async () => {
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

  test('names a contact who has none', async () => {
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
  ])('where only a conflict told of the contact, whose name is %p', async (name, expected, calls) => {
    const { emulator, operations } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', ...(name === null ? {} : { name }) }] }
    })
    await send(openWorker(), identify('u1', { firstName: 'Ada' }))
    expect(operations()).toEqual(calls)
    expect(emulator.state.contacts).toMatchObject([{ name: expected }])
  })
})

test('4.5: the part that was left out is a loss, unless it is the name already', async () => {
  openWorkspace()
  const worker = openWorker()
  await worker.deliver(identify('u1', { firstName: 'Ada' }))
  expect((await worker.deliver(identify('u1', { firstName: 'Ada' }))).losses).toEqual([])
  expect((await worker.deliver(identify('u1', { firstName: 'Eda' }))).losses).toEqual([
    { path: 'name', reason: 'partial-name' }
  ])
})

test('4.5: within a batch a part of a name does not take the place of a whole one', async () => {
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

test('4.10: a clock that is ahead: “last seen” is never later than now, and later true ones arrive', async () => {
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

test('1.8: a conflict that does not name the other contact is tried again while the event is young', async () => {
  const { emulator, operations } = openWorkspace()
  const body = { type: 'error.list', errors: [{ code: 'conflict', message: 'Another contact has these details' }] }
  emulator.fault({ match: { method: 'POST', path: '/contacts' }, status: 409, body, times: 2 })
  await expect(openWorker().deliver(second)).rejects.toMatchObject({ name: 'RetryableError' })
  await expect(openWorker(() => NOW + 16 * MINUTE).deliver(second)).rejects.toMatchObject({ status: 409 })
  expect(operations()).toEqual([SEARCH, CREATE, SEARCH, CREATE])
})

test('a person made a moment ago by another process is read before they are written', async () => {
  const { emulator, operations } = openWorkspace({ searchLag: 100 })
  await openWorker().deliver(second)
  await openWorker().deliver(second)
  expect(operations().slice(2)).toEqual([SEARCH, CREATE, READ, UPDATE])
  expect(emulator.state.contacts).toHaveLength(1)
})
