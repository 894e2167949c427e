import { createEmulator } from '../index'
import { ask, errorOf } from '../test-support/ask'

const COMPANY = '65000000ca00000000000001'
const CONTACT = '65000000c000000000000001'

describe('a company', () => {
  it('is stored once for several requests, with whole spend and its plan as an object', async () => {
    const emulator = createEmulator({ clock: () => 1_700_000_000_000 })
    await ask(emulator, 'POST /companies', { company_id: 'acme', name: 'Acme', plan: 'Pro' })
    const again = await ask(emulator, 'POST /companies', { company_id: 'acme', monthly_spend: 155.98 })
    expect(again.status).toBe(200)
    expect(again.body).toEqual({
      type: 'company',
      company_id: 'acme',
      id: COMPANY,
      app_id: 'emulated',
      name: 'Acme',
      created_at: 1_700_000_000,
      updated_at: 1_700_000_000,
      monthly_spend: 155,
      session_count: 0,
      user_count: 0,
      tags: { type: 'tag.list', tags: [] },
      segments: { type: 'segment.list', segments: [] },
      plan: { type: 'plan', id: '1', name: 'Pro' },
      custom_attributes: { creation_source: 'api' }
    })
    expect(emulator.state.companies).toHaveLength(1)
  })

  it('counts its attached users, and detaches them when it is deleted', async () => {
    const emulator = createEmulator({
      seed: { companies: [{ company_id: 'acme' }], contacts: [{ external_id: 'u-1' }] }
    })
    const attached = await ask(emulator, `POST /contacts/${CONTACT}/companies`, { id: COMPANY })
    expect(attached.body).toMatchObject({ id: COMPANY, user_count: 1 })
    const list = await ask(emulator, `GET /contacts/${CONTACT}/companies`)
    expect(list.body).toMatchObject({ type: 'list', data: [{ company_id: 'acme' }], total_count: 1 })
    const deleted = await ask(emulator, `DELETE /companies/${COMPANY}`)
    expect(deleted.body).toEqual({ id: COMPANY, object: 'company', deleted: true })
    expect(emulator.state.contacts).toMatchObject([{ companyIds: [] }])
  })

  it('is refused as number 1001 of a contact; an attached one may be attached again', async () => {
    const companies = Array.from({ length: 1001 }, (_, index) => ({ id: `id-${index}`, company_id: `c-${index}` }))
    const emulator = createEmulator({
      clock: () => Date.UTC(2026, 5, 1),
      seed: {
        companies,
        contacts: [{ id: 'ada', external_id: 'u-1' }],
        attachments: companies.slice(0, 1000).map(({ id }) => ({ contact: 'ada', company: id }))
      }
    })
    expect(errorOf(await ask(emulator, 'POST /contacts/ada/companies', { id: 'id-1000' }))).toEqual({
      code: 'contact_company_limit_exceeded',
      message: 'Contact has reached the maximum of 1000 company associations'
    })
    expect((await ask(emulator, 'POST /contacts/ada/companies', { id: 'id-0' })).status).toBe(200)
  })

  it('has its tags, in any case of their names', async () => {
    const emulator = createEmulator({ seed: { companies: [{ company_id: 'acme' }] } })
    await ask(emulator, 'POST /tags', { name: 'Big' })
    const tagged = await ask(emulator, 'POST /tags', { name: 'BIG', companies: [{ company_id: 'acme' }] })
    expect(tagged.body).toEqual({
      type: 'tag',
      id: '7500001',
      name: 'Big',
      users: [],
      companies: [{ id: COMPANY, tagged: true }]
    })
    const company = await ask(emulator, 'GET /companies?company_id=acme')
    expect(company.body).toMatchObject({ tags: { tags: [{ type: 'tag', id: '7500001', name: 'Big' }] } })
    await ask(emulator, 'POST /tags', { name: 'big', companies: [{ id: COMPANY, untag: true }] })
    expect(emulator.state.companies).toMatchObject([{ tagIds: [] }])
  })
})

describe('an event', () => {
  const withUser = () => createEmulator({ seed: { contacts: [{ external_id: 'u-1' }] } })

  it('is answered 202 without a body, and stored', async () => {
    const emulator = withUser()
    const event = { event_name: 'order.paid', created_at: 1_700_000_000, user_id: 'u-1', metadata: { n: 1 } }
    const reply = await ask(emulator, 'POST /events', event)
    expect([reply.status, reply.body]).toEqual([202, undefined])
    expect(emulator.state.events).toEqual([
      {
        event_name: 'order-paid',
        created_at: 1_700_000_000,
        contactId: CONTACT,
        metadata: { n: 1 },
        ignoredKeys: [],
        duplicates: 0
      }
    ])
  })

  it('loses its eleventh key silently, and a test can read which one', async () => {
    const emulator = withUser()
    const metadata = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`key_${index}`, index]))
    await ask(emulator, 'POST /events', { event_name: 'e', created_at: 1, user_id: 'u-1', metadata })
    const [event] = emulator.state.events
    expect(Object.keys(event?.metadata ?? {})).toHaveLength(10)
    expect(event?.ignoredKeys).toEqual(['key_10', 'key_11'])
  })

  it('is a duplicate within one second, also in another case, but not a second later', async () => {
    const emulator = withUser()
    const send = (event_name: string, created_at: number) =>
      ask(emulator, 'POST /events', { event_name, created_at, user_id: 'u-1' })
    expect([(await send('Paid', 1)).status, (await send('paid', 1)).status]).toEqual([202, 202])
    await send('Paid', 2)
    expect(emulator.state.events).toMatchObject([{ event_name: 'Paid', duplicates: 1 }, { duplicates: 0 }])
  })

  it('stores __proto__ as a key of its metadata', async () => {
    const emulator = withUser()
    const body = '{"event_name":"e","created_at":1,"user_id":"u-1","metadata":{"__proto__":"x"}}'
    expect((await ask(emulator, 'POST /events', body)).status).toBe(202)
    expect(Object.entries(emulator.state.events[0]?.metadata ?? {})).toEqual([['__proto__', 'x']])
  })
})

describe('tags and data attributes', () => {
  it('a tagged contact has the tag, with time and admin, until it is removed', async () => {
    const emulator = createEmulator({
      clock: () => 1_700_000_000_000,
      seed: { contacts: [{ id: 'ada', external_id: 'u-1' }], tags: [{ id: '81', name: 'VIP' }] }
    })
    const applied = {
      type: 'tag',
      id: '81',
      name: 'VIP',
      applied_at: 1_700_000_000,
      applied_by: { type: 'admin', id: '1' }
    }
    expect((await ask(emulator, 'POST /contacts/ada/tags', { id: '81' })).body).toEqual(applied)
    expect((await ask(emulator, 'GET /contacts/ada/tags')).body).toEqual({ type: 'list', data: [applied] })
    expect((await ask(emulator, 'DELETE /contacts/ada/tags/81')).body).toEqual(applied)
    expect(emulator.state.contacts).toMatchObject([{ tags: [] }])
  })

  it('one request tags several users, and a new name applies to all of them', async () => {
    const emulator = createEmulator({
      seed: { contacts: ['ada', 'bob'].map((id) => ({ id, external_id: id })), tags: [{ id: '81', name: 'VIP' }] }
    })
    const tagged = await ask(emulator, 'POST /tags', { name: 'vip', users: [{ id: 'ada' }, { id: 'bob' }] })
    expect(tagged.body).toMatchObject({
      id: '81',
      users: [
        { id: 'ada', tagged: true },
        { id: 'bob', tagged: true }
      ]
    })
    await ask(emulator, 'POST /tags', { id: '81', name: 'Gold' })
    expect((await ask(emulator, 'GET /contacts/bob/tags')).body).toMatchObject({ data: [{ id: '81', name: 'Gold' }] })
  })

  it('an attribute can be written after it is created, and not after it is archived', async () => {
    const emulator = createEmulator({ seed: { contacts: [{ id: 'ada', external_id: 'u-1' }] } })
    const write = () => ask(emulator, 'PUT /contacts/ada', { custom_attributes: { plan: 'pro' } })
    expect((await write()).status).toBe(400)
    const made = await ask(emulator, 'POST /data_attributes', { name: 'plan', model: 'contact', data_type: 'string' })
    expect(made.body).toMatchObject({
      id: 8100001,
      full_name: 'custom_attributes.plan',
      data_type: 'string',
      custom: true,
      api_writable: true,
      archived: false,
      model: 'contact'
    })
    expect((await write()).status).toBe(200)
    await ask(emulator, 'PUT /data_attributes/8100001', { archived: true })
    expect((await write()).status).toBe(400)
    const names = async (query: string) =>
      JSON.stringify((await ask(emulator, `GET /data_attributes?model=contact${query}`)).body)
    expect(await names('')).not.toContain('custom_attributes.plan')
    expect(await names('&include_archived=true')).toContain('custom_attributes.plan')
  })
})
