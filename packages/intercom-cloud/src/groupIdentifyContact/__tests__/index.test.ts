import nock from 'nock'
import { replay } from '../../test-support/replay'
import { deliver, NOW, openWorker, openWorkspace, TIMESTAMP, withoutNetwork } from '../../test-support/workspace'

withoutNetwork()

const MINUTE = 60_000
const group = { type: 'group', userId: 'u1', groupId: 'c1', timestamp: TIMESTAMP, traits: { name: 'Acme' } } as const
const knownUser = { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] } as const

describe('from fixtures', () => {
  it.each([
    ['attached', {}],
    ['found under another id after a merge', {}],
    ['the mapped contact was merged', { contact_id: '6530d5b2c9a5f3a1b2c3d4e5' }]
  ])('%s', async (title, mapping) => {
    replay('group-identify-contact', title)
    expect((await deliver(group, { mapping })).losses).toEqual([])
    expect(nock.pendingMocks()).toEqual([])
  })
})

describe('the company', () => {
  test('sends every field of the action', async () => {
    const { body } = openWorkspace({ seed: knownUser })
    const { losses } = await deliver({
      ...group,
      traits: {
        name: 'Acme',
        createdAt: '2020-01-01T00:00:00Z',
        plan: 'pro',
        employees: '120',
        monthlySpend: '99',
        website: 'acme.example',
        industry: 'Tools',
        tier: 'gold'
      }
    })
    expect(losses).toEqual([])
    expect(body(3)).toEqual({
      company_id: 'c1',
      name: 'Acme',
      remote_created_at: 1577836800,
      plan: 'pro',
      size: 120,
      monthly_spend: 99,
      website: 'acme.example',
      industry: 'Tools',
      custom_attributes: { tier: 'gold' }
    })
  })

  test('unknown attributes are left out, created or rejected', async () => {
    const { emulator } = openWorkspace({ seed: knownUser })
    const event = { ...group, traits: { name: 'Acme', mood: 'good' } }
    expect((await deliver(event)).losses).toEqual([
      { path: 'company.custom_attributes.mood', reason: 'unknown-attribute' }
    ])
    await expect(deliver(event, { mapping: { unknown_attributes: 'refuse' } })).rejects.toThrow('“mood”')
    expect((await deliver(event, { mapping: { unknown_attributes: 'create' } })).losses).toEqual([])
    expect(emulator.state.dataAttributes.at(-1)).toMatchObject({ name: 'mood', model: 'company', data_type: 'string' })
    expect(emulator.state.companies).toMatchObject([{ custom_attributes: { mood: 'good' } }])
  })

  test('attaches and detaches tags of the company by name', async () => {
    const { body, operations } = openWorkspace({
      seed: { ...knownUser, companies: [{ company_id: 'c1', tags: ['trial'] }] }
    })
    await deliver(group, { mapping: { tags_to_add: ['vip'], tags_to_remove: ['trial'] } })
    expect(operations()).toEqual([
      'POST /companies',
      'POST /tags',
      'POST /tags',
      'GET /contacts/find_by_external_id/u1',
      'POST /contacts/{contact}/companies'
    ])
    expect(body(4)).toEqual({ name: 'vip', companies: [{ id: '{company}' }] })
    expect(body(3)).toEqual({ name: 'trial', companies: [{ id: '{company}', untag: true }] })
  })

  test.each([
    [true, NOW, { company_id: 'c1', name: 'Acme', update_last_request_at: true }],
    [true, NOW + 16 * MINUTE, { company_id: 'c1', name: 'Acme' }],
    [false, NOW, { company_id: 'c1', name: 'Acme' }]
  ])('context.active %p updates the company’s “last seen” only for a recent event', async (active, now, expected) => {
    const { body } = openWorkspace({ seed: knownUser })
    await deliver({ ...group, context: { active } }, { now })
    expect(body(3)).toEqual(expected)
  })

  test('a group id of spaces is absent: the id is made from the name, and without a name the event is rejected', async () => {
    const { body } = openWorkspace()
    await deliver({ ...group, groupId: '  ' })
    expect(body(0)).toMatchObject({ company_id: '79d894520f4f94c267986a819e110bec', name: 'Acme' })
    await expect(deliver({ ...group, groupId: '  ', traits: {} })).rejects.toThrow('A company needs an id')
  })
})

describe('the person', () => {
  test('attaches a contact by contact ID without a search, and does not send the ID to the company', async () => {
    const { emulator, operations, body } = openWorkspace({
      seed: { contacts: [{ role: 'lead' }, ...knownUser.contacts] }
    })
    const lead = emulator.state.contacts[0]?.id ?? ''
    const { report } = await deliver(group, { mapping: { contact_id: lead } })
    expect(operations()).toEqual(['POST /companies', 'POST /contacts/{contact}/companies'])
    expect(body(2)).toEqual({ company_id: 'c1', name: 'Acme' })
    expect(report).toMatchObject({ contactId: lead })
  })

  test('rejects an unknown contact ID after it has written the company', async () => {
    const { emulator } = openWorkspace()
    await expect(deliver(group, { mapping: { contact_id: '65aaaaaaaaaaaaaaaaaaaaaa' } })).rejects.toMatchObject({
      name: 'IntegrationError',
      status: 404
    })
    expect(emulator.state.companies).toHaveLength(1)
  })

  test('does not attach a contact by the company’s own address, but by a person’s', async () => {
    const { emulator, operations } = openWorkspace({ seed: knownUser })
    const anonymous = { type: 'group', anonymousId: 'a1', groupId: 'c1', timestamp: TIMESTAMP } as const
    await deliver({ ...anonymous, traits: { name: 'Acme' }, context: { traits: { email: 'ada@example.com' } } })
    expect(operations()).toEqual(['POST /companies', 'POST /contacts/search', 'POST /contacts/{contact}/companies'])
    emulator.reset()
    emulator.seed(knownUser)
    const { losses } = await deliver({ ...anonymous, traits: { name: 'Acme', email: 'ada@example.com' } })
    expect(operations()).toEqual(['POST /companies', 'GET /data_attributes', 'POST /companies'])
    expect(losses).toEqual([{ path: 'company.custom_attributes.email', reason: 'unknown-attribute' }])
  })

  test('uses the address if no contact has the external ID', async () => {
    const { operations } = openWorkspace({ seed: { contacts: [{ role: 'lead', email: 'ada@example.com' }] } })
    await deliver({ ...group, context: { traits: { email: 'ada@example.com' } } })
    expect(operations()).toEqual([
      'POST /companies',
      'GET /contacts/find_by_external_id/u1',
      'POST /contacts/search',
      'POST /contacts/{contact}/companies'
    ])
  })

  test('writes the company of an unknown person and retries the attachment for 15 minutes', async () => {
    const { emulator } = openWorkspace()
    await expect(deliver(group, { now: NOW + 14 * MINUTE })).rejects.toMatchObject({
      name: 'RetryableError',
      status: 503
    })
    expect(emulator.state.companies).toMatchObject([{ company_id: 'c1', name: 'Acme' }])
    const { losses } = await deliver(group, { now: NOW + 15 * MINUTE })
    expect(losses).toEqual([{ path: 'contact', reason: 'unknown-contact' }])
  })

  test('retries once without an event time', async () => {
    openWorkspace()
    const worker = openWorker()
    const saved = { mapping: { event_time: null } }
    await expect(worker.deliver(group, saved)).rejects.toMatchObject({ name: 'RetryableError', status: 503 })
    expect((await worker.deliver(group, saved)).losses).toEqual([{ path: 'contact', reason: 'unknown-contact' }])
  })

  test('reports an invalid address as a loss and uses the user id', async () => {
    const { operations } = openWorkspace({ seed: knownUser })
    const { losses } = await deliver({ ...group, context: { traits: { email: 'not-an-email' } } })
    expect(operations()).toContain('POST /contacts/{contact}/companies')
    expect(losses).toEqual([{ path: 'email', reason: 'not-an-email' }])
  })

  test('rejects an address of several users', async () => {
    openWorkspace({
      seed: {
        contacts: [
          { role: 'user', external_id: 'u8', email: 'ada@example.com' },
          { role: 'user', external_id: 'u9', email: 'ada@example.com' }
        ]
      }
    })
    await expect(deliver({ ...group, context: { traits: { email: 'ada@example.com' } } })).rejects.toThrow(
      'Several users'
    )
  })

  test('remove detaches the person', async () => {
    const { emulator, operations } = openWorkspace({
      seed: { ...knownUser, companies: [{ company_id: 'c1' }], attachments: [{ contact: 'u1', company: 'c1' }] }
    })
    await deliver({ ...group, traits: { name: 'Acme', remove: true } })
    expect(operations()).toEqual([
      'POST /companies',
      'GET /contacts/find_by_external_id/u1',
      'DELETE /contacts/{contact}/companies/{company}'
    ])
    expect(emulator.state.contacts).toMatchObject([{ companyIds: [] }])
  })
})
