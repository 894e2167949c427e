import nock from 'nock'
import { replay } from '../../test-support/replay'
import {
  deliver,
  NOW,
  openWorker,
  openWorkspace,
  SECONDS,
  TIMESTAMP,
  withoutNetwork
} from '../../test-support/workspace'

withoutNetwork()

const identify = { type: 'identify', userId: 'u1', timestamp: TIMESTAMP, traits: {} } as const
const ada = { ...identify, traits: { email: 'ada@example.com' } } as const

describe('from fixtures', () => {
  const ID = '6530d5b2c9a5f3a1b2c3d4e5'
  const ID2 = '6530d5b2c9a5f3a1b2c3d4e6'

  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
  })

  it.each([
    ['created', identify, ['POST /contacts']],
    ['created with an address', ada, ['POST /contacts/search', 'POST /contacts']],
    ['live', identify, ['POST /contacts', `PUT /contacts/${ID}`]],
    [
      'live, hidden from the search',
      ada,
      ['POST /contacts/search', 'POST /contacts', `GET /contacts/${ID}`, `PUT /contacts/${ID}`]
    ],
    ['archived', identify, ['POST /contacts', `POST /contacts/${ID}/unarchive`, `PUT /contacts/${ID}`]],
    [
      'live, on updating',
      ada,
      [
        'POST /contacts/search',
        `PUT /contacts/${ID}`,
        `GET /contacts/${ID2}`,
        `PUT /contacts/${ID2}`,
        'POST /contacts/merge'
      ]
    ],
    [
      'archived, on updating',
      ada,
      [
        'POST /contacts/search',
        `PUT /contacts/${ID}`,
        'POST /contacts',
        `POST /contacts/${ID2}/unarchive`,
        `PUT /contacts/${ID2}`,
        'POST /contacts/merge'
      ]
    ],
    [
      'archived, with its address',
      ada,
      [
        'POST /contacts/search',
        'POST /contacts',
        'POST /contacts',
        `POST /contacts/${ID}/unarchive`,
        `PUT /contacts/${ID}`
      ]
    ],
    ['merged', ada, ['POST /contacts/search', `PUT /contacts/${ID}`, `GET /contacts/${ID2}`, `PUT /contacts/${ID2}`]],
    ['deleted, but still in the search', ada, ['POST /contacts/search', `PUT /contacts/${ID}`, 'POST /contacts']]
  ])('%s', async (title, event, expected) => {
    const operations = replay('identify-contact', title)
    const { losses } = await deliver(event)
    expect(operations).toEqual(expected)
    expect(losses).toEqual([])
  })

  test('keeps the other values when the new address is taken, and reports the address as a loss', async () => {
    const operations = replay('identify-contact', 'the new address is taken')
    const { losses } = await deliver(ada)
    expect(operations).toEqual(['POST /contacts/search', `PUT /contacts/${ID}`, `PUT /contacts/${ID}`])
    expect(losses).toEqual([{ path: 'email', reason: 'email-of-another-contact' }])
  })

  it.each([
    ['another contact has the address'],
    ['an archived contact has the address'],
    ['a blocked contact has the address'],
    ['several at once']
  ])('%s: writes the person without the address', async (title) => {
    const operations = replay('identify-contact', title)
    const { losses } = await deliver(ada)
    expect(operations).toEqual(['POST /contacts/search', 'POST /contacts', 'POST /contacts'])
    expect(losses).toEqual([{ path: 'email', reason: 'email-of-another-contact' }])
  })

  it.each([
    ['deleted', identify, 'deleted in Intercom for good'],
    ['deleted, as it was answered in 2021', identify, 'deleted in Intercom for good'],
    ['blocked', identify, 'Unblock the contact'],
    ['an endless chain of conflicts', identify, 'keeps naming other contacts']
  ])('%s: rejected and not retried', async (title, event, text) => {
    replay('identify-contact', title)
    await expect(deliver(event)).rejects.toMatchObject({ status: 400, message: expect.stringContaining(text) })
  })

  test('rejects an address of several users without an external ID', async () => {
    replay('identify-contact', 'several in the search')
    await expect(deliver({ ...ada, userId: undefined })).rejects.toMatchObject({
      name: 'PayloadValidationError',
      status: 400,
      message: expect.stringContaining('Several users')
    })
  })

  test('retries after a response without an id', async () => {
    replay('identify-contact', 'an answer without an id')
    await expect(deliver(identify)).rejects.toMatchObject({ name: 'RetryableError' })
  })
})

describe('identity', () => {
  test('three identifies of a lead with a user id create one lead', async () => {
    const { emulator, operations, body } = openWorkspace()
    for (let i = 0; i < 3; i++) await deliver(ada, { mapping: { role: 'lead' } })
    expect(operations()).toEqual([
      'POST /contacts/search',
      'POST /contacts',
      'POST /contacts/search',
      'PUT /contacts/{contact}',
      'POST /contacts/search',
      'PUT /contacts/{contact}'
    ])
    expect(body(5)).toEqual({ role: 'lead', email: 'ada@example.com', last_seen_at: SECONDS })
    expect(body()).toEqual({ email: 'ada@example.com', last_seen_at: SECONDS })
    expect(emulator.state.contacts).toHaveLength(1)
  })

  test('the external ID of a lead is reported as a loss', async () => {
    openWorkspace()
    const { losses } = await deliver(ada, { mapping: { role: 'lead' } })
    expect(losses).toEqual([{ path: 'external_id', reason: 'not-for-leads' }])
  })

  test('a lead event of an existing user updates the user', async () => {
    const given = { role: 'user', external_id: 'u1', email: 'ada@example.com' } as const
    const { emulator, operations, body } = openWorkspace({ seed: { contacts: [given] } })
    await deliver({ ...ada, traits: { ...ada.traits, name: 'Ada' } }, { mapping: { role: 'lead' } })
    expect(operations()).toEqual(['POST /contacts/search', 'PUT /contacts/{contact}'])
    expect(body()).toEqual({ email: 'ada@example.com', name: 'Ada', last_seen_at: SECONDS })
    expect(emulator.state.contacts).toMatchObject([{ role: 'user', external_id: 'u1', name: 'Ada' }])
  })

  test('a user takes precedence over a lead with the same address', async () => {
    const { emulator } = openWorkspace({
      seed: {
        contacts: [
          { role: 'lead', email: 'ada@example.com' },
          { role: 'user', email: 'ada@example.com' }
        ]
      }
    })
    await deliver({ ...ada, userId: undefined, traits: { ...ada.traits, name: 'Ada' } })
    expect(emulator.state.contacts.map(({ role, name }) => [role, name])).toEqual([
      ['lead', null],
      ['user', 'Ada']
    ])
  })

  test('gives an external ID to a user without one', async () => {
    const { emulator, operations, body } = openWorkspace({
      seed: { contacts: [{ role: 'user', email: 'ada@example.com' }] }
    })
    await deliver(ada)
    expect(operations()).toEqual(['POST /contacts/search', 'PUT /contacts/{contact}'])
    expect(body()).toEqual({ role: 'user', external_id: 'u1', email: 'ada@example.com', last_seen_at: SECONDS })
    expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1' }])
  })

  test('the external ID takes precedence over the address', async () => {
    const { emulator } = openWorkspace({
      seed: {
        contacts: [
          { role: 'user', external_id: 'u9', email: 'ada@example.com' },
          { role: 'user', external_id: 'u1', email: 'old@example.com' }
        ]
      }
    })
    await deliver({ ...ada, traits: { ...ada.traits, name: 'Ada' } })
    expect(emulator.state.contacts.map(({ external_id, name }) => [external_id, name])).toEqual([
      ['u9', null],
      ['u1', 'Ada']
    ])
  })

  test('does not overwrite an existing external ID', async () => {
    const { emulator, operations } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u9', email: 'ada@example.com', name: 'Grace' }] }
    })
    const { losses } = await deliver(ada)
    expect(operations()).toEqual(['POST /contacts/search', 'POST /contacts', 'POST /contacts'])
    expect(losses).toEqual([{ path: 'email', reason: 'email-of-another-contact' }])
    expect(emulator.state.contacts).toMatchObject([
      { external_id: 'u9', email: 'ada@example.com', name: 'Grace' },
      { external_id: 'u1', email: null }
    ])
  })

  test('creates a contact if several users have the address and none has the external ID', async () => {
    const { operations } = openWorkspace({
      seed: {
        contacts: [
          { role: 'user', external_id: 'u8', email: 'ada@example.com' },
          { role: 'user', external_id: 'u9', email: 'ada@example.com' }
        ]
      }
    })
    const { losses } = await deliver(ada)
    expect(operations()).toEqual(['POST /contacts/search', 'POST /contacts', 'POST /contacts'])
    expect(losses).toEqual([{ path: 'email', reason: 'email-of-another-contact' }])
  })

  test.each([
    ['POST', '/contacts/search', 429, 'RetryableError'],
    ['POST', '/contacts', 503, 'RetryableError'],
    ['POST', '/contacts', 403, 'IntegrationError'],
    ['POST', '/contacts', 409, 'IntegrationError']
  ])('%s %s answers %i: %s', async (method, path, status, name) => {
    const { emulator } = openWorkspace()
    emulator.fault({ match: { method, path }, status })
    await expect(deliver(ada)).rejects.toMatchObject({ name })
    expect(emulator.state.contacts).toEqual([])
  })

  test('ignores case in addresses', async () => {
    const { operations } = openWorkspace({ seed: { contacts: [{ role: 'user', email: 'Ada@Example.com' }] } })
    await deliver({ ...ada, userId: undefined })
    expect(operations()).toEqual(['POST /contacts/search', 'PUT /contacts/{contact}'])
  })

  test('updates a contact that was just created and that the search does not return yet', async () => {
    const { operations } = openWorkspace({ searchLag: 100 })
    await deliver(ada)
    await deliver(ada)
    expect(operations()).toEqual([
      'POST /contacts/search',
      'POST /contacts',
      'POST /contacts/search',
      'POST /contacts',
      'GET /contacts/{contact}',
      'PUT /contacts/{contact}'
    ])
  })

  test('restores an archived contact', async () => {
    const { emulator, operations } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', status: 'archived' }] }
    })
    await deliver(identify)
    expect(operations()).toEqual(['POST /contacts', 'POST /contacts/{contact}/unarchive', 'PUT /contacts/{contact}'])
    expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', status: 'active' }])
  })

  test('rejects a lead without an address before any request', async () => {
    const { operations } = openWorkspace()
    await expect(deliver(identify, { mapping: { role: 'lead' } })).rejects.toMatchObject({
      name: 'PayloadValidationError',
      message: expect.stringContaining('A lead needs an e-mail address')
    })
    expect(operations()).toEqual([])
  })
})

describe('what is sent', () => {
  test('sends every field of the action', async () => {
    const { body } = openWorkspace()
    await deliver(
      {
        ...identify,
        traits: {
          phone: '+49 30 1234',
          name: 'Ada',
          avatar: 'https://example.com/ada.png',
          createdAt: '1704164645678',
          plan: 'pro'
        },
        context: {
          Intercom: { unsubscribedFromEmails: 'true' },
          device: { type: 'ios' },
          os: { name: 'iOS' },
          app: { version: '1.2' }
        }
      },
      { mapping: { owner_id: '1', include_context: true } }
    )
    expect(body()).toEqual({
      role: 'user',
      external_id: 'u1',
      phone: '+49 30 1234',
      name: 'Ada',
      avatar: 'https://example.com/ada.png',
      signed_up_at: 1704164645,
      last_seen_at: SECONDS,
      owner_id: 1,
      unsubscribed_from_emails: true,
      custom_attributes: { plan: 'pro', device_type: 'ios', os_name: 'iOS', app_version: '1.2' }
    })
  })

  test.each([
    [false, { role: 'user', external_id: 'u1' }, []],
    [true, { role: 'user', external_id: 'u1', last_seen_at: SECONDS }, []],
    ['no', { role: 'user', external_id: 'u1', last_seen_at: SECONDS }, [{ path: 'active', reason: 'not-a-boolean' }]]
  ])('an event with context.active %p', async (active, expected, losses) => {
    const { body } = openWorkspace()
    expect((await deliver({ ...identify, context: { active } })).losses).toEqual(losses)
    expect(body()).toEqual(expected)
  })

  test('keeps the other values when optional ones are invalid', async () => {
    const { body } = openWorkspace()
    const { losses } = await deliver(
      {
        ...identify,
        traits: { email: 'not-an-email', avatar: 'me.png', createdAt: 'yesterday', name: 'Ada' },
        context: { Intercom: { unsubscribedFromEmails: 'no' } }
      },
      { mapping: { owner_id: 'Bob', include_context: 'maybe' } }
    )
    expect(body()).toEqual({ role: 'user', external_id: 'u1', name: 'Ada', last_seen_at: SECONDS })
    expect(losses.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      'email: not-an-email',
      'avatar: not-a-url',
      'signed_up_at: not-a-date',
      'owner_id: not-a-number',
      'unsubscribed_from_emails: not-a-boolean',
      'include_context: not-a-boolean'
    ])
  })

  test('reports the id of the contact', async () => {
    const { emulator } = openWorkspace()
    const { report } = await deliver(identify)
    expect(report).toEqual({ contactId: emulator.state.contacts[0]?.id, losses: [] })
  })

  test('sends a user id with special characters unchanged in the body', async () => {
    const { body } = openWorkspace()
    await deliver({ ...identify, userId: 'a/b?c' })
    expect(body()).toEqual({ role: 'user', external_id: 'a/b?c', last_seen_at: SECONDS })
  })
})

describe('attributes that the workspace does not have', () => {
  const traits = { plan: 'pro', shoe_size: 42, pets: 'two' }

  test('are left out and reported', async () => {
    const { operations, body } = openWorkspace()
    const { losses } = await deliver({ ...identify, traits })
    expect(operations()).toEqual(['POST /contacts', 'GET /data_attributes', 'POST /contacts'])
    expect(body()).toMatchObject({ custom_attributes: { plan: 'pro' } })
    expect(losses).toEqual([
      { path: 'custom_attributes.shoe_size', reason: 'unknown-attribute' },
      { path: 'custom_attributes.pets', reason: 'unknown-attribute' }
    ])
  })

  test('an update after a failed creation starts from what the creation left out', async () => {
    const { operations } = openWorkspace({ seed: { contacts: [{ role: 'user', external_id: 'u1' }] } })
    await deliver({ ...identify, traits: { shoe_size: 42 } })
    expect(operations()).toEqual([
      'POST /contacts',
      'GET /data_attributes',
      'POST /contacts',
      'PUT /contacts/{contact}'
    ])
  })

  test('reads the attributes once; after that nothing is rejected', async () => {
    const { operations } = openWorkspace()
    const worker = openWorker()
    await worker.deliver({ ...identify, traits })
    const { losses } = await worker.deliver({ ...identify, traits })
    expect(operations().slice(3)).toEqual(['PUT /contacts/{contact}'])
    expect(losses).toHaveLength(2)
  })

  test('converts a value to the type of its attribute if nothing is lost', async () => {
    const { operations, body } = openWorkspace()
    const { losses } = await deliver({ ...identify, traits: { seats: '42', plan: 'pro' } })
    expect(operations()).toEqual(['POST /contacts', 'GET /data_attributes', 'POST /contacts'])
    expect(body()).toMatchObject({ custom_attributes: { seats: 42, plan: 'pro' } })
    expect(losses).toEqual([])
  })

  test('without permission to read attributes, keeps those before the one that Intercom names', async () => {
    const { emulator, operations, body } = openWorkspace()
    emulator.fault({ match: { path: '/data_attributes' }, status: 403 })
    const { losses } = await deliver({ ...identify, traits })
    expect(operations()).toEqual(['POST /contacts', 'GET /data_attributes', 'POST /contacts'])
    expect(body()).toMatchObject({ custom_attributes: { plan: 'pro' } })
    expect(losses).toEqual([
      { path: 'custom_attributes.shoe_size', reason: 'unknown-attribute' },
      { path: 'custom_attributes.pets', reason: 'unchecked-attribute' }
    ])
  })

  test('leaves out a name that only companies have', async () => {
    const { emulator, operations } = openWorkspace()
    const { losses } = await deliver(
      { ...identify, traits: { tier: 'gold' } },
      { mapping: { unknown_attributes: 'create' } }
    )
    expect(operations()).toEqual(['POST /contacts', 'GET /data_attributes', 'POST /data_attributes', 'POST /contacts'])
    expect(losses).toEqual([{ path: 'custom_attributes.tier', reason: 'unknown-attribute' }])
    expect(emulator.state.contacts).toHaveLength(1)
  })

  test('are created, with the type of the value', async () => {
    const { emulator, operations } = openWorkspace()
    const { losses } = await deliver(
      { ...identify, traits: { shoe_size: 42, weight: 1.5, pets: 'two', vip: true, trial_ends_at: TIMESTAMP } },
      { mapping: { unknown_attributes: 'create' } }
    )
    expect(losses).toEqual([])
    expect(operations()).toHaveLength(8)
    const created = emulator.state.dataAttributes.slice(-5).map(({ name, data_type }) => [name, data_type])
    expect(created).toEqual([
      ['shoe_size', 'float'],
      ['weight', 'float'],
      ['pets', 'string'],
      ['vip', 'boolean'],
      ['trial_ends_at', 'datetime']
    ])
    expect(emulator.state.contacts).toMatchObject([
      { custom_attributes: { shoe_size: 42, weight: 1.5, pets: 'two', vip: true, trial_ends_at: 1704164645 } }
    ])
  })

  test('are not created without a type, or with a name that Intercom rejects', async () => {
    openWorkspace()
    const { losses } = await deliver(
      { ...identify, traits: { nothing: null, 'a/b': 1 } },
      { mapping: { unknown_attributes: 'create' } }
    )
    expect(losses).toEqual([
      { path: 'custom_attributes.nothing', reason: 'unknown-attribute' },
      { path: 'custom_attributes.a/b', reason: 'unknown-attribute' }
    ])
  })

  test('are written if another process has created them', async () => {
    const { emulator, operations } = openWorkspace()
    emulator.fault({
      match: { method: 'POST', path: '/data_attributes' },
      status: 400,
      body: {
        type: 'error.list',
        errors: [{ code: 'parameter_invalid', message: "You already have 'shoe_size' in your people data." }]
      }
    })
    const { losses } = await deliver(
      { ...identify, traits: { shoe_size: 42 } },
      { mapping: { unknown_attributes: 'create' } }
    )
    // The emulator does not have it, so it is left out after one attempt to create it.
    expect(operations()).toEqual([
      'POST /contacts',
      'GET /data_attributes',
      'POST /data_attributes',
      'POST /contacts',
      'POST /contacts'
    ])
    expect(losses).toEqual([{ path: 'custom_attributes.shoe_size', reason: 'unknown-attribute' }])
  })

  test('reject the event: the error names the attribute, and nothing is written', async () => {
    const { emulator } = openWorkspace()
    await expect(deliver({ ...identify, traits }, { mapping: { unknown_attributes: 'refuse' } })).rejects.toMatchObject(
      { name: 'PayloadValidationError', message: expect.stringContaining('“shoe_size”') }
    )
    expect(emulator.state.contacts).toEqual([])
  })

  test('keeps the other values when one has the wrong type', async () => {
    const { body } = openWorkspace()
    const { losses } = await deliver({ ...identify, traits: { seats: 'many', plan: 'pro' } })
    expect(body()).toMatchObject({ custom_attributes: { plan: 'pro' } })
    expect(losses).toEqual([{ path: 'custom_attributes.seats', reason: 'refused-by-intercom' }])
  })
})

describe('companies and tags', () => {
  test('writes and attaches each company, a repeated one once', async () => {
    const { operations, body } = openWorkspace()
    await deliver({
      ...identify,
      traits: {
        company: { id: 'c1', name: 'Ac', plan: 'pro', tier: 'gold' },
        companies: [
          { id: 'c1', name: 'Acme', createdAt: '2020-01-01' },
          { id: 'c2', name: 'Other' }
        ]
      }
    })
    expect(operations()).toEqual([
      'POST /contacts',
      'POST /companies',
      'POST /contacts/{contact}/companies',
      'POST /companies',
      'POST /contacts/{contact}/companies'
    ])
    expect(body(4)).toEqual({
      company_id: 'c1',
      name: 'Acme',
      plan: 'pro',
      remote_created_at: 1577836800,
      custom_attributes: { tier: 'gold' }
    })
  })

  test('detaches a company with remove, and ignores one that does not exist', async () => {
    const { emulator, operations } = openWorkspace({
      seed: {
        contacts: [{ role: 'user', external_id: 'u1' }],
        companies: [{ company_id: 'c1' }, { company_id: 'c2' }],
        attachments: [{ contact: 'u1', company: 'c1' }]
      }
    })
    const companies = ['c1', 'c2', 'c3'].map((id) => ({ id, remove: true }))
    await deliver({ ...identify, traits: { companies } })
    expect(operations()).toEqual([
      'POST /contacts',
      'PUT /contacts/{contact}',
      'GET /companies',
      'DELETE /contacts/{contact}/companies/{company}',
      'GET /companies',
      'DELETE /contacts/{contact}/companies/{company}',
      'GET /companies'
    ])
    expect(emulator.state.contacts).toMatchObject([{ companyIds: [] }])
  })

  test('keeps the other values when an attribute of a company is unknown', async () => {
    openWorkspace()
    const { losses } = await deliver({ ...identify, traits: { company: { id: 'c1', tier: 'gold', mood: 'good' } } })
    expect(losses).toEqual([{ path: 'company.custom_attributes.mood', reason: 'unknown-attribute' }])
  })

  test('sends no company for a saved mapping without company traits', async () => {
    const { operations } = openWorkspace()
    await deliver({ ...identify, traits: { company: { id: 'c1' } } }, { mapping: { company_traits: null } })
    expect(operations()).toEqual(['POST /contacts'])
  })

  test('attaches and detaches tags', async () => {
    const { emulator, operations, body } = openWorkspace({
      seed: { contacts: [{ role: 'user', external_id: 'u1', tags: ['trial'] }] }
    })
    await deliver(identify, { mapping: { tags_to_add: ['vip', ' vip ', ''], tags_to_remove: ['Trial', 'never'] } })
    expect(operations()).toEqual([
      'POST /contacts',
      'PUT /contacts/{contact}',
      'POST /tags',
      'POST /contacts/{contact}/tags',
      'GET /tags',
      'DELETE /contacts/{contact}/tags/{tag}'
    ])
    expect(body(3)).toEqual({ id: '{tag}' })
    const names = emulator.state.contacts[0]?.tags.map(
      ({ id }) => emulator.state.tags.find((tag) => tag.id === id)?.name
    )
    expect(names).toEqual(['vip'])
  })
})

test('a replay can leave “last seen” unchanged', async () => {
  const { body } = openWorkspace({ clock: () => NOW })
  await deliver({ ...identify, timestamp: '2020-01-01T00:00:00Z', context: { active: false } })
  expect(body()).toEqual({ role: 'user', external_id: 'u1' })
})
