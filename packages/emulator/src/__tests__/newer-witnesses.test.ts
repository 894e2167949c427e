import { createEmulator, serve } from '../index'
import { ask, errorOf } from '../test-support/ask'

const AT = 1_700_000_000
const clock = () => AT * 1000
const ADA = { id: 'a'.repeat(24), external_id: 'u-1', email: 'ada@example.com' }
const USER = `/contacts/${ADA.id}`
const ACME = { id: '1'.repeat(24), company_id: 'acme', name: 'Acme' }
const SEED = { contacts: [ADA], companies: [ACME], attachments: [{ contact: 'u-1', company: 'acme' }] }

const open = () => createEmulator({ clock, seed: SEED })

describe('bodies in newer recordings', () => {
  it('POST /tags removes a tag from people, and answers only the tag before 2.16', async () => {
    const emulator = createEmulator({ seed: { contacts: [{ ...ADA, tags: ['VIP'] }] } })
    const untag = { name: 'vip', users: [{ id: ADA.id, untag: true }] }
    const reply = await ask(emulator, 'POST /tags', untag, { 'intercom-version': '2.15' })
    expect(reply.body).toEqual({ type: 'tag', id: '7500001', name: 'VIP' })
    expect(emulator.state.contacts).toMatchObject([{ tags: [] }])
    expect((await ask(emulator, 'POST /tags', untag)).body).toMatchObject({ users: [{ id: ADA.id, tagged: false }] })
  })

  it.each([
    ['2.3', `POST ${USER}/archive`, { id: ADA.id, object: 'contact', archived: true }],
    ['2.15', `POST ${USER}/archive`, { id: ADA.id, type: 'contact', external_id: 'u-1', archived: true }],
    ['2.15', `POST ${USER}/block`, { id: ADA.id, type: 'contact', external_id: 'u-1', blocked: true }],
    ['2.15', `DELETE ${USER}`, { id: ADA.id, type: 'contact', external_id: 'u-1', deleted: true }],
    ['2.3', `DELETE ${USER}`, { id: ADA.id, object: 'contact', deleted: true }]
  ])('%s %s', async (version, operation, body) => {
    expect((await ask(open(), operation, undefined, { 'intercom-version': version })).body).toEqual(body)
  })

  it.each([
    ['2.3', []],
    ['2.11', ['sms_consent', 'unsubscribed_from_sms']],
    ['2.12', ['sms_consent', 'unsubscribed_from_sms', 'enabled_push_messaging']]
  ])('a contact of %s has %j beyond the older fields', async (version, keys) => {
    const { body } = await ask(open(), `GET ${USER}`, undefined, { 'intercom-version': version })
    const has = Object.keys(typeof body === 'object' && body !== null ? body : {})
    expect(has.filter((key) => /sms|push/.test(key))).toEqual(keys)
  })

  it('a company created by the API has its creation source, and the attribute is listed', async () => {
    const emulator = open()
    const made = await ask(emulator, 'POST /companies', { company_id: 'new', name: 'New' })
    expect(made.body).toMatchObject({ custom_attributes: { creation_source: 'api' } })
    const updated = await ask(emulator, 'POST /companies', { company_id: 'acme', name: 'Acme Ltd' })
    expect(updated.body).toMatchObject({ name: 'Acme Ltd', custom_attributes: {} })
    const { body } = await ask(emulator, 'GET /data_attributes?model=company')
    expect(JSON.stringify(body)).toContain('"full_name":"custom_attributes.creation_source"')
  })

  it('the answers to attaching and detaching include the notes of the company', async () => {
    const emulator = open()
    await ask(emulator, `POST /companies/${ACME.id}/notes`, { body: 'Hello' })
    const notes = { type: 'note.list', notes: [{ body: '<p>Hello</p>' }] }
    expect((await ask(emulator, `POST ${USER}/companies`, { id: ACME.id })).body).toMatchObject({ notes })
    expect((await ask(emulator, `DELETE ${USER}/companies/${ACME.id}`)).body).toMatchObject({ notes })
  })

  it('a page of notes has the full address of the next page, on the requested host', async () => {
    const emulator = open()
    for (const body of ['one', 'two']) await ask(emulator, `POST ${USER}/notes`, { body })
    const { url, close } = await serve(emulator)
    const reply = await fetch(`${url}${USER}/notes?per_page=1`, { headers: { authorization: 'Bearer x' } })
    const first: unknown = await reply.json()
    await close()
    expect(first).toMatchObject({ pages: { next: `${url}${USER}/notes?per_page=1&page=2` } })
  })

  it('the last page of a company’s people has no next', async () => {
    const { body } = await ask(open(), `GET /companies/${ACME.id}/contacts`)
    expect(body).toMatchObject({ pages: { type: 'pages', page: 1, per_page: 50, total_pages: 1 } })
    expect(JSON.stringify(body)).not.toContain('"next"')
  })

  it('standard attributes have a description', async () => {
    const { body } = await ask(open(), 'GET /data_attributes?model=contact')
    expect(JSON.stringify(body)).toContain('"description":"The email address assigned to a user or lead"')
  })

  it('an associated custom object is listed among the custom attributes', async () => {
    const order = { id: '21', type: 'Order', external_id: 'o-21', custom_attributes: { total: 99 } }
    const emulator = createEmulator({ seed: { contacts: [ADA], customObjects: [order] } })
    const reply = await ask(emulator, `PUT ${USER}`, { custom_attributes: { order: ['21'] } })
    expect(reply.body).toMatchObject({ custom_attributes: { order: { type: 'Order.list', instances: [order] } } })
  })
})

describe('refusals in newer recordings', () => {
  it('the refusal of broken JSON has no envelope', async () => {
    const { status, body } = await ask(open(), 'POST /contacts', '{"external_id":')
    expect(status).toBe(400)
    expect(body).toEqual({
      status: 400,
      error: expect.stringMatching(/^There was a problem in the JSON you submitted: /)
    })
  })

  it('a 406 has no request_id', async () => {
    const { status, body } = await ask(open(), 'GET /me', undefined, { accept: 'text/html' })
    expect([status, Object.keys(body ?? {})]).toEqual([406, ['type', 'errors']])
  })

  it('an operation that is newer than the version is not available', async () => {
    const reply = await ask(open(), 'GET /contacts/find_by_external_id/u-1', undefined, { 'intercom-version': '2.12' })
    expect(errorOf(reply)).toEqual({
      code: 'intercom_version_invalid',
      message: 'Requested resource is not available in current API version.'
    })
  })

  it('2.17 is a version', async () => {
    expect((await ask(open(), 'GET /me', undefined, { 'intercom-version': '2.17' })).status).toBe(200)
  })

  it('the refusal of a name that both models have names the requested model', async () => {
    const both = [{ name: 'tier', data_type: 'string' as const }]
    const emulator = createEmulator({ contactAttributes: both, companyAttributes: both })
    const reply = await ask(emulator, 'POST /data_attributes', { name: 'tier', model: 'company', data_type: 'string' })
    expect(errorOf(reply)?.message).toContain('in your company data. To save this as new company data')
  })

  it('an address with an empty segment is a 404, without a token and over a port', async () => {
    const { url, close } = await serve(open())
    const statuses = [(await fetch(`${url}//`)).status, (await fetch(`${url}//evil.example/contacts`)).status]
    await close()
    expect(statuses).toEqual([404, 404])
  })
})

describe('what Intercom changed without a version', () => {
  it('the 1001st company of a contact is refused since February 2026, and was dropped silently before', async () => {
    const companies = Array.from({ length: 1001 }, (_, index) => ({ id: `company-${index}`, company_id: `c-${index}` }))
    const attachments = companies.slice(1).map(({ company_id }) => ({ contact: 'u-1', company: company_id }))
    const attach = async (now: number) => {
      const emulator = createEmulator({ clock: () => now, seed: { contacts: [ADA], companies, attachments } })
      const reply = await ask(emulator, `POST ${USER}/companies`, { id: 'company-0' })
      return [reply.status, errorOf(reply)?.code, emulator.state.contacts[0]?.companyIds.length]
    }
    expect(await attach(Date.UTC(2026, 0, 31))).toEqual([200, undefined, 1000])
    expect(await attach(Date.UTC(2026, 1, 1))).toEqual([400, 'contact_company_limit_exceeded', 1000])
  })
})

describe('operations for other tools', () => {
  it('scrolls over all companies with people, one scroll at a time', async () => {
    let now = AT * 1000
    const emulator = createEmulator({ clock: () => now, seed: { ...SEED, companies: [ACME, { company_id: 'empty' }] } })
    const first = await ask(emulator, 'GET /companies/scroll')
    expect(first.body).toMatchObject({ data: [{ company_id: 'acme' }], pages: null })
    expect(errorOf(await ask(emulator, 'GET /companies/scroll'))?.code).toBe('scroll_exists')
    const param = '65000000-0000-4000-a000-000000000001'
    expect((await ask(emulator, `GET /companies/scroll?scroll_param=${param}`)).body).toMatchObject({ data: [] })
    expect((await ask(emulator, `GET /companies/scroll?scroll_param=${param}`)).status).toBe(404)
    await ask(emulator, 'GET /companies/scroll')
    now += 61_000
    expect((await ask(emulator, 'GET /companies/scroll')).status).toBe(200)
  })

  it('lists the companies with people, the latest request first', async () => {
    const emulator = open()
    const reply = await ask(emulator, 'POST /companies/list')
    expect(reply.body).toMatchObject({ data: [{ company_id: 'acme' }], total_count: 1, pages: { next: null } })
  })

  it('lists the events of a person in pages, newest first, and counts them', async () => {
    const emulator = open()
    for (const ago of [3, 2, 1]) {
      await ask(emulator, 'POST /events', { event_name: 'paid', created_at: AT - ago, user_id: 'u-1' })
    }
    const summary = { event_name: 'paid', count: 5, first: AT - 100, last: AT - 50 }
    await ask(emulator, 'POST /events/summaries', { user_id: 'u-1', event_summaries: [summary] })
    const page = await ask(emulator, 'GET /events?type=user&user_id=u-1&per_page=2')
    const next = `/events?per_page=2&intercom_user_id=${ADA.id}&type=user&before=${(AT - 2) * 1000}`
    expect(page.body).toMatchObject({
      type: 'event.list',
      events: [{ created_at: AT - 1, user_id: 'u-1' }, { created_at: AT - 2 }],
      pages: { next: `https://api.intercom.io${next}` }
    })
    expect((await ask(emulator, `GET ${next}`)).body).toMatchObject({ events: [{ created_at: AT - 3 }], pages: {} })
    expect((await ask(emulator, 'GET /events?type=user&user_id=u-1&summary=true')).body).toMatchObject({
      events: [
        { name: 'paid', count: 8, first: '2023-11-14T22:11:40.000+00:00', last: '2023-11-14T22:13:19.000+00:00' }
      ]
    })
  })
})
