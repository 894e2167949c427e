import { Destination } from '@segment/actions-core'
import { intercomCloud } from '..'
import { openMemory } from '../test-support/open-memory'
import {
  ENTRY_POINTS,
  NOW,
  openWorker,
  openWorkspace,
  toEvent,
  toSettings,
  withoutNetwork
} from '../test-support/workspace'

withoutNetwork()

const HOUR = 3_600_000
const ada = { type: 'identify', userId: 'u1', traits: { email: 'ada@example.com' } } as const
const track = { type: 'track', userId: 'u1', event: 'Opened' } as const
const byEmail = { type: 'track', event: 'Opened', properties: { email: 'ADA@example.com' } } as const
const lead = { mapping: { role: 'lead' } }
const SEARCH = 'POST /contacts/search'
const CREATE = 'POST /contacts'
const UPDATE = 'PUT /contacts/{contact}'
const READ = 'GET /contacts/{contact}'

describe.each([
  ['onEvent', ENTRY_POINTS.onEvent],
  ['onBatch', ENTRY_POINTS.onBatch]
])('through %s', (_door, send) => {
  test('a new person needs two calls, and one after that', async () => {
    const { operations } = openWorkspace({ searchLag: 100 })
    const worker = openWorker()
    await send(worker, ada)
    expect(operations()).toEqual([SEARCH, CREATE])
    await send(worker, ada)
    await send(worker, { ...ada, userId: 'u1', traits: { email: 'Ada@Example.com' } })
    await send(worker, track)
    await send(worker, { ...byEmail, event: 'Closed' })
    expect(operations().slice(2)).toEqual([UPDATE, UPDATE, 'POST /events', 'POST /events'])
  })

  test('an existing person who is not cached needs two calls', async () => {
    const { operations } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] }
    })
    await send(openWorker(), ada)
    expect(operations()).toEqual([SEARCH, UPDATE])
  })

  test('reads a contact that another process has just created before it writes, and creates no second one', async () => {
    const { emulator, operations } = openWorkspace({ searchLag: 100 })
    await send(openWorker(), ada)
    await send(openWorker(), ada)
    expect(operations().slice(2)).toEqual([SEARCH, CREATE, READ, UPDATE])
    expect(emulator.state.contacts).toHaveLength(1)
  })

  test('gives the external ID to a contact that was just created by address', async () => {
    const { emulator, operations } = openWorkspace({ searchLag: 100 })
    await send(openWorker(), { ...ada, userId: null })
    await send(openWorker(), ada)
    expect(operations().slice(2)).toEqual([SEARCH, CREATE, READ, UPDATE])
    expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', email: 'ada@example.com' }])
  })

  test('searches a contact again after an hour', async () => {
    const { operations } = openWorkspace()
    let now = NOW
    const worker = openWorker(() => now)
    await send(worker, ada)
    now += HOUR + 1
    await send(worker, ada)
    expect(operations()).toEqual([SEARCH, CREATE, SEARCH, UPDATE])
  })

  test('a cached contact that was permanently deleted is a clear error, not a loop', async () => {
    const { emulator, operations } = openWorkspace()
    const worker = openWorker()
    await send(worker, ada)
    await emulator.fetch(`https://api.intercom.io/contacts/${emulator.state.contacts[0]?.id}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer x', 'Intercom-Version': '2.16' }
    })
    await expect(send(worker, ada)).rejects.toThrow('deleted in Intercom for good')
    expect(operations().slice(3)).toEqual([UPDATE, SEARCH, CREATE, CREATE, 'POST /contacts/{contact}/unarchive'])
  })

  test('a cached contact that no longer exists is searched again, once', async () => {
    const { emulator, operations } = openWorkspace()
    const worker = openWorker()
    await send(worker, ada)
    emulator.fault({ match: { method: 'PUT' }, status: 404 })
    await send(worker, ada)
    expect(operations().slice(2)).toEqual([UPDATE, SEARCH, UPDATE])
  })

  test('a cached contact that was merged is followed to the remaining one', async () => {
    const { emulator, operations } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u2', email: 'other@example.com' }] }
    })
    const worker = openWorker()
    await send(worker, ada)
    const target = emulator.state.contacts[0]?.id ?? ''
    emulator.fault({
      match: { method: 'PUT' },
      status: 410,
      body: { type: 'error.list', errors: [{ code: 'contact_merged', message: 'merged' }] },
      headers: { Link: `</contacts/${target}>; rel="canonical"` }
    })
    await expect(send(worker, ada)).rejects.toThrow('another external ID')
    expect(operations().slice(2)).toEqual([UPDATE, 'GET /contacts/{contact}'])
    // No value of this person was written to the other one.
    expect(emulator.state.contacts[0]).toMatchObject({ external_id: 'u2', email: 'other@example.com' })
  })

  test('an address that a contact had before does not find it', async () => {
    const { emulator } = openWorkspace()
    const worker = openWorker()
    await send(worker, { type: 'identify', userId: 'u1', traits: { email: 'info@example.com', name: 'Ann' } })
    await send(worker, { type: 'identify', userId: 'u1', traits: { email: 'ann@example.com' } })
    await send(worker, { type: 'identify', traits: { email: 'info@example.com', name: 'Bob' } })
    expect(emulator.state.contacts.map(({ email, name }) => [email, name])).toEqual([
      ['ann@example.com', 'Ann'],
      ['info@example.com', 'Bob']
    ])
  })

  test('repeats a failed merge with the next delivery', async () => {
    const { emulator } = openWorkspace({
      seed: {
        contacts: [
          { role: 'user', external_id: 'u1' },
          { role: 'lead', email: 'ada@example.com' }
        ]
      }
    })
    const worker = openWorker()
    emulator.fault({ match: { path: '/contacts/merge' }, status: 500 })
    await expect(send(worker, ada)).rejects.toMatchObject({})
    await send(worker, ada)
    expect(emulator.state.contacts.filter(({ status }) => status === 'active')).toHaveLength(1)
  })

  test('the group call of an unknown person does not attach another contact with the same address', async () => {
    const { emulator } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] }
    })
    const context = { traits: { email: 'ada@example.com' } }
    const group = { type: 'group', userId: 'u2', groupId: 'c1', traits: { name: 'Acme' }, context } as const
    await expect(send(openWorker(), group)).rejects.toThrow('does not know this person yet')
    expect(emulator.state.contacts).toMatchObject([{ companyIds: [] }])
  })

  test('a date in the future does not block later updates of a person', async () => {
    const { emulator } = openWorkspace()
    const worker = openWorker()
    await send(worker, { type: 'identify', userId: 'u1', timestamp: '2999-01-01T00:00:00Z', traits: { name: 'Old' } })
    await send(worker, {
      type: 'identify',
      userId: 'u1',
      timestamp: new Date(NOW).toISOString(),
      traits: { name: 'New' }
    })
    expect(emulator.state.contacts).toMatchObject([{ name: 'New' }])
  })

  test('creates a company again that was deleted in Intercom', async () => {
    const { emulator } = openWorkspace({ seed: { contacts: [{ external_id: 'u1' }, { external_id: 'u2' }] } })
    const worker = openWorker()
    const group = (userId: string) => ({ type: 'group' as const, userId, groupId: 'c1', traits: { name: 'Acme' } })
    await send(worker, group('u1'))
    const [company] = emulator.state.companies
    await emulator.fetch(`https://api.intercom.io/companies/${company?.id ?? ''}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer test-access-token', 'intercom-version': '2.16' }
    })
    await send(worker, group('u2'))
    expect(emulator.state.companies.filter(({ company_id }) => company_id === 'c1')).toHaveLength(1)
    expect(emulator.state.contacts[1]?.companyIds).toHaveLength(1)
  })

  test('three identifies of a lead create one lead, although the search index lags behind', async () => {
    const { emulator, operations } = openWorkspace({ searchLag: 100 })
    const worker = openWorker()
    for (const userId of ['u1', 'u1', 'u1']) await send(worker, { ...ada, userId }, lead)
    expect(operations()).toEqual([SEARCH, CREATE, UPDATE, UPDATE])
    expect(emulator.state.contacts).toHaveLength(1)
    expect(emulator.state.contacts[0]?.external_id).not.toBe('u1')
  })

  test('an event with a lead’s user id reaches the lead', async () => {
    const { emulator, operations, body } = openWorkspace()
    const worker = openWorker()
    await send(worker, ada, lead)
    await send(worker, track)
    expect(operations().slice(2)).toEqual(['POST /events'])
    expect(body()).toMatchObject({ id: '{contact}' })
    expect(emulator.state.events).toHaveLength(1)
  })

  test('turns a lead who signs up into a user, with one contact and one call', async () => {
    const { emulator, operations, body } = openWorkspace({ searchLag: 100 })
    const worker = openWorker()
    await send(worker, { ...ada, userId: null }, lead)
    await send(worker, ada)
    expect(operations().slice(2)).toEqual([UPDATE])
    expect(body()).toMatchObject({ role: 'user', external_id: 'u1' })
    expect(emulator.state.contacts).toMatchObject([{ role: 'user', external_id: 'u1' }])
  })

  test('merges a lead with the same address into the user, with its history', async () => {
    const { emulator, operations } = openWorkspace({
      seed: {
        contacts: [
          { role: 'user', external_id: 'u1' },
          { role: 'lead', email: 'ada@example.com' }
        ]
      }
    })
    const [, leadContact] = emulator.state.contacts
    const worker = openWorker()
    await send(worker, byEmail)
    await send(worker, ada)
    expect(emulator.state.contacts.map(({ role, status }) => [role, status])).toEqual([
      ['user', 'active'],
      ['lead', 'merged']
    ])
    expect(operations()).toContain('POST /contacts/merge')
    expect(emulator.state.events.every(({ contactId }) => contactId !== leadContact?.id)).toBe(true)
  })

  test.each([['with spaces'], ['a/b?c'], ['Zoë ☕'], ['x'.repeat(255)], ['..']])(
    'an external ID such as %.20p is one person',
    async (userId) => {
      const { emulator, operations } = openWorkspace({ searchLag: 100 })
      const worker = openWorker()
      await send(worker, { type: 'identify', userId, traits: {} })
      await send(worker, { type: 'group', userId, groupId: 'c1', traits: { name: 'Acme' } })
      await send(worker, { type: 'track', userId, event: 'Opened' })
      expect(operations()).toEqual([CREATE, 'POST /companies', 'POST /contacts/{contact}/companies', 'POST /events'])
      expect(emulator.state.contacts).toMatchObject([{ external_id: userId }])
    }
  )
})

describe('at the same moment', () => {
  test('two processes create one contact for an external ID', async () => {
    const { emulator } = openWorkspace({ searchLag: 100 })
    await Promise.all([openWorker().deliver(ada), openWorker().deliver(ada)])
    expect(emulator.state.contacts).toHaveLength(1)
  })

  test.each([
    ['leads', lead],
    ['users known by the address alone', {}]
  ])('%s, in one process, create one contact', async (_who, options) => {
    const { emulator, operations } = openWorkspace({ searchLag: 100 })
    const worker = openWorker()
    const knownUser = { ...ada, userId: null }
    await Promise.all([worker.deliver(knownUser, options), worker.deliver(knownUser, options)])
    expect(operations()).toEqual([SEARCH, CREATE, UPDATE])
    expect(emulator.state.contacts).toHaveLength(1)
  })
})

describe('the cache', () => {
  test('is separate for each token', async () => {
    const { operations } = openWorkspace()
    const destination = new Destination(intercomCloud({ now: () => NOW }))
    for (const access_token of ['one', 'two']) {
      const oauth = { access_token, clientId: 'client', clientSecret: 'secret' }
      await destination.onEvent(toEvent(ada), { ...toSettings(), oauth })
    }
    expect(operations()).toEqual([SEARCH, CREATE, SEARCH, UPDATE])
  })

  test('is limited in size, and holds neither tokens nor addresses nor external IDs', () => {
    const { act, workspaces } = openMemory()
    const token = 'secret-token'
    act(
      (cache) => {
        for (let i = 0; i < 51_000; i++)
          cache.cacheContact({ id: `c${i}`, role: 'user', external_id: `u${i}`, email: `${i}@example.com` })
      },
      { token }
    )
    expect(workspaces.size).toBe(50_000)
    act(
      (cache) => {
        expect(cache.findContact('external_id', 'u50999')?.id).toBe('c50999')
        expect(cache.findContact('external_id', 'u0')).toBeUndefined()
        const record = cache.names.of('user', 'u50999')
        expect(record).toMatch(/^user [A-Za-z0-9+/=]{44}$/)
        expect(cache.find(record, '@')?.value).toBe('contact c50999')
        expect(cache.find('contact c50999', 'self')?.value).toMatch(/^user\|[A-Za-z0-9+/=]{44}\|[A-Za-z0-9+/=]{44}\|$/)
      },
      { token }
    )
  })

  test('finds a user by address only after a search, and none of two users with the same address', () => {
    const { act } = openMemory()
    const byEmail = (email: string) => act((cache) => cache.findContact('email', email)?.id)
    act((cache) => cache.cacheContact({ id: 'c1', role: 'user', external_id: 'u1', email: 'info@acme.co' }))
    expect(byEmail('info@acme.co')).toBeUndefined()
    act((cache) => {
      cache.markSearched('info@acme.co')
    })
    expect(byEmail('INFO@acme.co')).toBe('c1')
    act((cache) => cache.cacheContact({ id: 'c2', role: 'user', external_id: 'u2', email: 'Info@acme.co' }))
    expect(byEmail('info@acme.co')).toBeUndefined()
    expect(act((cache) => cache.findContact('external_id', 'u1')?.id)).toBe('c1')
  })
})

describe('deleting', () => {
  const archived = 'Intercom cannot look up archived contacts: delete an archived one by hand, in Intercom.'

  test('the second of two deletions finds no contact', async () => {
    const { emulator } = openWorkspace({ searchLag: 100 })
    const worker = openWorker()
    await worker.deliver(ada)
    expect(await worker.erase('u1')).toEqual({ deleted: 1, output: `Deleted 1 contact with this user id. ${archived}` })
    expect(emulator.state.contacts).toMatchObject([{ status: 'deleted' }])
    expect(await worker.erase('u1')).toMatchObject({ deleted: 0 })
  })

  test('deletes a lead that is cached by its user id', async () => {
    const { emulator } = openWorkspace()
    const worker = openWorker()
    await worker.deliver(ada, lead)
    expect(await worker.erase('u1')).toMatchObject({ deleted: 1 })
    expect(emulator.state.contacts).toMatchObject([{ status: 'deleted' }])
  })
})

describe('an older identify that arrives later', () => {
  const at = (timestamp: string, traits: object) => ({ ...ada, timestamp, traits: { ...ada.traits, ...traits } })

  test('does not overwrite newer values, but adds values that only it has', async () => {
    const { emulator, body } = openWorkspace()
    const worker = openWorker()
    await worker.deliver(at('2024-01-02T00:00:10Z', { name: 'New', plan: 'pro' }))
    const { losses } = await worker.deliver(at('2024-01-02T00:00:05Z', { name: 'Old', phone: '1', seats: 3 }))
    expect(losses).toEqual([])
    expect(body()).toEqual({ phone: '1', custom_attributes: { seats: 3 } })
    expect(emulator.state.contacts).toMatchObject([
      { name: 'New', phone: '1', last_seen_at: 1704153610, custom_attributes: { plan: 'pro', seats: 3 } }
    ])
  })

  test('needs no call if it adds nothing', async () => {
    const { operations } = openWorkspace()
    const worker = openWorker()
    await worker.deliver(at('2024-01-02T00:00:10Z', { name: 'New' }))
    await worker.deliver(at('2024-01-02T00:00:05Z', { name: 'Old' }))
    expect(operations()).toEqual([SEARCH, CREATE])
  })

  test('“last seen” never moves backwards, also if the mapping has no event time', async () => {
    const { emulator } = openWorkspace()
    const worker = openWorker()
    const saved = { mapping: { event_time: null } }
    await worker.deliver(at('2024-01-02T00:00:10Z', { name: 'New' }), saved)
    await worker.deliver(at('2024-01-02T00:00:05Z', { name: 'Last' }), saved)
    expect(emulator.state.contacts).toMatchObject([{ name: 'Last', last_seen_at: 1704153610 }])
  })
})

test('an older group call that is retried does not overwrite newer values of the company', async () => {
  const { emulator, operations } = openWorkspace({ seed: { contacts: [{ role: 'user', external_id: 'u1' }] } })
  const worker = openWorker()
  const group = (timestamp: string, traits: object) =>
    ({ type: 'group', userId: 'u1', groupId: 'c1', timestamp, traits }) as const
  await worker.deliver(group('2024-01-02T00:00:10Z', { name: 'New', plan: 'pro' }))
  await worker.deliver(group('2024-01-02T00:00:05Z', { name: 'Old', industry: 'Tools' }))
  await worker.deliver(group('2024-01-02T00:00:04Z', { name: 'Older' }))
  expect(emulator.state.companies).toMatchObject([{ name: 'New', plan: 'pro', industry: 'Tools' }])
  expect(operations().filter((one) => one === 'POST /companies')).toHaveLength(2)
})

test('a cached contact of a group call that no longer exists is searched again, once', async () => {
  const { emulator, operations } = openWorkspace()
  const worker = openWorker()
  await worker.deliver(ada)
  emulator.fault({ match: { method: 'POST', path: /^\/contacts\/.*\/companies$/ }, status: 404 })
  emulator.fault({ match: { path: /find_by_external_id/ }, status: 404 })
  const group = { type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme' } } as const
  await expect(worker.deliver(group)).rejects.toMatchObject({ name: 'RetryableError', status: 503 })
  expect(operations().slice(2)).toEqual([
    'POST /companies',
    'POST /contacts/{contact}/companies',
    'GET /contacts/find_by_external_id/u1'
  ])
})
