import { createEmulator } from '../index'
import { ask, errorOf } from '../test-support/ask'

const AT = 1_700_000_000
const clock = () => AT * 1000
const ada = { id: 'ada', external_id: 'u-1', email: 'ada@example.com' }

describe('a note', () => {
  it('is listed for the contact, newest first, with its author', async () => {
    const emulator = createEmulator({
      clock,
      seed: { contacts: [ada], admins: [{ id: '7', name: 'Grace', email: 'grace@example.com' }] }
    })
    const written = await ask(emulator, 'POST /contacts/ada/notes', { body: 'Hello', admin_id: '7' })
    expect(written.body).toEqual({
      type: 'note',
      id: '9100001',
      created_at: AT,
      contact: { type: 'contact', id: 'ada' },
      author: {
        type: 'admin',
        id: '7',
        name: 'Grace',
        email: 'grace@example.com',
        away_mode_enabled: false,
        away_mode_reassign: false
      },
      body: '<p>Hello</p>'
    })
    await ask(emulator, 'POST /contacts/ada/notes', { body: '<p>Again</p>' })
    const list = await ask(emulator, 'GET /contacts/ada/notes')
    expect(list.body).toMatchObject({ total_count: 2, data: [{ body: '<p>Again</p>' }, { body: '<p>Hello</p>' }] })
    expect((await ask(emulator, 'GET /notes/9100001')).body).toEqual(written.body)
    expect((await ask(emulator, 'GET /contacts/ada')).body).toMatchObject({ notes: { total_count: 2 } })
  })

  it('about a lead moves to the user when they are merged', async () => {
    const emulator = createEmulator({
      seed: { contacts: [ada, { id: 'lead', role: 'lead', email: 'ada@example.com' }] }
    })
    await ask(emulator, 'POST /contacts/lead/notes', { body: 'Asked for a price' })
    await ask(emulator, 'POST /contacts/merge', { from: 'lead', into: 'ada' })
    expect(emulator.state.notes).toMatchObject([{ about: { type: 'contact', id: 'ada' } }])
  })

  it('is deleted with its contact', async () => {
    const emulator = createEmulator({ seed: { contacts: [ada] } })
    await ask(emulator, 'POST /contacts/ada/notes', { body: 'Hello' })
    await ask(emulator, 'DELETE /contacts/ada')
    expect(emulator.state.notes).toEqual([])
  })

  it('about a company is not listed for its people', async () => {
    const emulator = createEmulator({ seed: { contacts: [ada], companies: [{ id: 'acme-id', company_id: 'acme' }] } })
    const { body } = await ask(emulator, 'POST /companies/acme-id/notes', { body: 'Renews in May' })
    expect(body).toMatchObject({ company: { type: 'company', id: 'acme-id' } })
    expect((await ask(emulator, 'GET /companies/acme-id/notes')).body).toMatchObject({ total_count: 1 })
    expect((await ask(emulator, 'GET /contacts/ada/notes')).body).toMatchObject({ total_count: 0 })
  })
})

describe('an admin', () => {
  it('can own a contact if it exists', async () => {
    const emulator = createEmulator({
      seed: { contacts: [ada], admins: [{ id: '7', name: 'Grace', email: 'grace@example.com' }] }
    })
    expect((await ask(emulator, 'PUT /contacts/ada', { owner_id: '7' })).body).toMatchObject({ owner_id: '7' })
    expect(errorOf(await ask(emulator, 'PUT /contacts/ada', { owner_id: '8' }))?.message).toBe(
      'The owner specified is not a member of the workspace'
    )
    expect((await ask(emulator, 'GET /admins')).body).toMatchObject({
      type: 'admin.list',
      admins: [{ id: '1' }, { id: '7', name: 'Grace' }]
    })
  })
})

describe('a subscription', () => {
  it('is listed after the contact decided, by its kind, until the decision is removed', async () => {
    const emulator = createEmulator({
      seed: { contacts: [ada], subscriptionTypes: [{ id: '91', name: 'Newsletter', consent_type: 'opt_out' }] }
    })
    const before = await ask(emulator, 'GET /contacts/ada/subscriptions')
    expect(before.body).toEqual({ type: 'list', data: [] })
    await ask(emulator, 'POST /contacts/ada/subscriptions', { id: '91', consent_type: 'opt_out' })
    await ask(emulator, 'POST /contacts/ada/subscriptions', { id: '91', consent_type: 'opt_out' })
    expect((await ask(emulator, 'GET /contacts/ada/subscriptions')).body).toMatchObject({ data: [{ id: '91' }] })
    expect((await ask(emulator, 'GET /contacts/ada')).body).toMatchObject({
      opted_out_subscription_types: { total_count: 1, data: [{ id: '91', type: 'subscription' }] },
      opted_in_subscription_types: { total_count: 0 }
    })
    expect((await ask(emulator, 'DELETE /contacts/ada/subscriptions/91')).body).toMatchObject({ id: '91' })
    expect(emulator.state.contacts).toMatchObject([{ subscriptions: [] }])
  })
})

describe('a visitor', () => {
  const seed = { visitors: [{ id: 'seen', user_id: 'v-1', name: 'Red Duck' }] }
  const convert = (user: object, type = 'user') => ({ type, visitor: { user_id: 'v-1' }, user })

  it('becomes a new user with its own Intercom id', async () => {
    const emulator = createEmulator({ seed })
    const { body } = await ask(emulator, 'POST /visitors/convert', convert({ user_id: 'u-1', email: 'a@example.com' }))
    expect(body).toMatchObject({ type: 'contact', id: 'seen', role: 'user', external_id: 'u-1', name: 'Red Duck' })
    expect(emulator.state.visitors).toEqual([])
  })

  it('is merged into an existing user, whose values stay', async () => {
    const emulator = createEmulator({ seed: { ...seed, contacts: [{ ...ada, name: 'Ada' }] } })
    const { body } = await ask(emulator, 'POST /visitors/convert', convert({ user_id: 'u-1' }))
    expect(body).toMatchObject({ id: 'ada', name: 'Ada', email: 'ada@example.com' })
    expect(emulator.state.contacts).toHaveLength(1)
    expect((await ask(emulator, 'GET /visitors?user_id=v-1')).status).toBe(404)
  })

  it('brings its events to an existing user', async () => {
    const emulator = createEmulator({ seed: { contacts: [ada] } })
    const session = emulator.openMessenger({ visitorId: 'v-1' })
    session.call('boot', { app_id: 'a1' })
    session.call('trackEvent', 'Viewed')
    await ask(emulator, 'POST /visitors/convert', convert({ id: 'ada' }))
    expect(emulator.state.events).toMatchObject([{ event_name: 'Viewed', contactId: 'ada' }])
  })

  it('becomes a lead with a random external_id', async () => {
    const emulator = createEmulator({ seed })
    const { body } = await ask(emulator, 'POST /visitors/convert', convert({ email: 'a@example.com' }, 'lead'))
    expect(body).toMatchObject({ role: 'lead', external_id: '65000000-0000-4000-8000-000000000001' })
  })

  it('is renamed', async () => {
    const emulator = createEmulator({ seed })
    const { body } = await ask(emulator, 'PUT /visitors', { id: 'seen', name: 'Gareth Bale' })
    expect(body).toMatchObject({ type: 'visitor', user_id: 'v-1', name: 'Gareth Bale', anonymous: true })
  })
})

describe('relations', () => {
  it('a user lists its merged leads, newest first', async () => {
    let now = AT
    const emulator = createEmulator({
      clock: () => now * 1000,
      seed: {
        contacts: [ada, ...['one', 'two'].map((id) => ({ id, role: 'lead' as const, email: 'ada@example.com' }))]
      }
    })
    await ask(emulator, 'POST /contacts/merge', { from: 'one', into: 'ada' })
    now = AT + 60
    await ask(emulator, 'POST /contacts/merge', { from: 'two', into: 'ada' })
    const first = await ask(emulator, 'GET /contacts/ada/merge_history?per_page=1')
    expect(first.body).toMatchObject({ data: [{ source_contact_id: 'two', merged_at: AT + 60 }], has_more: true })
    const all = await ask(emulator, 'GET /contacts/ada/merge_history?order=asc')
    expect(all.body).toEqual({
      type: 'list',
      data: [
        { type: 'merge_history', source_contact_id: 'one', source_contact_role: 'lead', merged_at: AT },
        { type: 'merge_history', source_contact_id: 'two', source_contact_role: 'lead', merged_at: AT + 60 }
      ],
      has_more: false
    })
  })

  it('a company lists its people; a deleted tag is removed from all', async () => {
    const emulator = createEmulator({
      seed: {
        tags: [{ id: '81', name: 'VIP' }],
        contacts: [{ ...ada, tags: ['VIP'] }],
        companies: [{ id: 'acme-id', company_id: 'acme', tags: ['VIP'] }],
        attachments: [{ contact: 'ada', company: 'acme' }]
      }
    })
    expect((await ask(emulator, 'GET /companies/acme-id/contacts')).body).toMatchObject({ data: [{ id: 'ada' }] })
    expect((await ask(emulator, 'DELETE /tags/81')).status).toBe(200)
    expect(emulator.state.contacts).toMatchObject([{ tags: [] }])
    expect(emulator.state.companies).toMatchObject([{ tagIds: [] }])
  })
})
