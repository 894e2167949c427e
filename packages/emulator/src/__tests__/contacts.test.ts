import { createEmulator } from '../index'
import { ask, errorOf } from '../test-support/ask'

const FIRST = '65000000c000000000000001'

describe('a contact has the values sent and those that Intercom adds', () => {
  it('has an id that a test can name, because the same calls give the same ids', async () => {
    const emulator = createEmulator({ clock: () => 1_700_000_000_999 })
    const { body } = await ask(emulator, 'POST /contacts', { external_id: 'u-1', avatar: 'https://x.y/a.png' })
    expect(body).toMatchObject({
      type: 'contact',
      id: FIRST,
      workspace_id: 'emulated',
      role: 'user',
      external_id: 'u-1',
      email: null,
      avatar: { type: 'avatar', image_url: 'https://x.y/a.png' },
      created_at: 1_700_000_000,
      custom_attributes: {},
      tags: { type: 'list', data: [], url: `/contacts/${FIRST}/tags`, total_count: 0, has_more: false }
    })
  })

  it("ignores a lead's external_id, and find_by_external_id finds neither it nor the random one", async () => {
    const emulator = createEmulator()
    const { body } = await ask(emulator, 'POST /contacts', { role: 'lead', external_id: 'u-1' })
    expect(body).toMatchObject({ role: 'lead', external_id: '65000000-0000-4000-8000-000000000001' })
    expect((await ask(emulator, 'GET /contacts/find_by_external_id/u-1')).status).toBe(404)
    const random = 'GET /contacts/find_by_external_id/65000000-0000-4000-8000-000000000001'
    expect((await ask(emulator, random)).status).toBe(404)
  })

  it('keeps its Intercom id and gets an external_id when a lead becomes a user', async () => {
    const emulator = createEmulator()
    await ask(emulator, 'POST /contacts', { role: 'lead', email: 'a@example.com' })
    const promoted = await ask(emulator, `PUT /contacts/${FIRST}`, { role: 'user', external_id: 'u-1' })
    expect(promoted.body).toMatchObject({ id: FIRST, role: 'user', external_id: 'u-1', email: 'a@example.com' })
    const found = await ask(emulator, 'GET /contacts/find_by_external_id/u-1')
    expect(found.body).toMatchObject({ id: FIRST })
  })

  it('null clears name, phone and attributes, empties the e-mail and keeps the external_id', async () => {
    const emulator = createEmulator({ contactAttributes: [{ name: 'plan', data_type: 'string' }] })
    const all = {
      external_id: 'u-1',
      email: 'a@example.com',
      name: 'A',
      phone: '+1',
      custom_attributes: { plan: 'pro' }
    }
    await ask(emulator, 'POST /contacts', all)
    const nulls = { external_id: null, email: null, name: null, phone: null, custom_attributes: { plan: null } }
    const cleared = await ask(emulator, `PUT /contacts/${FIRST}`, nulls)
    expect(cleared.body).toMatchObject({ ...nulls, external_id: 'u-1', email: '' })
    const listed = await ask(emulator, 'GET /contacts')
    expect(listed.body).toMatchObject({ data: [{ email: null }], total_count: 1 })
  })

  it('a refused write changes nothing', async () => {
    const emulator = createEmulator({ seed: { contacts: [{ id: FIRST, external_id: 'u-1', name: 'Before' }] } })
    await ask(emulator, `PUT /contacts/${FIRST}`, { name: 'After', custom_attributes: { nope: 1 } })
    expect(emulator.state.contacts).toMatchObject([{ name: 'Before', custom_attributes: {} }])
  })

  it('an external_id with a slash, a space and a percent sign is found', async () => {
    const emulator = createEmulator()
    await ask(emulator, 'POST /contacts', { external_id: 'a/b c%d' })
    const found = await ask(emulator, `GET /contacts/find_by_external_id/${encodeURIComponent('a/b c%d')}`)
    expect(found.body).toMatchObject({ id: FIRST, external_id: 'a/b c%d' })
  })

  it('accepts __proto__ as an external_id and as an attribute name', async () => {
    const emulator = createEmulator({ contactAttributes: [{ name: '__proto__', data_type: 'string' }] })
    const body = '{"external_id":"__proto__","custom_attributes":{"__proto__":"owned"}}'
    expect((await ask(emulator, 'POST /contacts', body)).status).toBe(200)
    const [contact] = emulator.state.contacts
    expect(Object.entries(contact?.custom_attributes ?? {})).toEqual([['__proto__', 'owned']])
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
    const found = await ask(emulator, 'GET /contacts/find_by_external_id/__proto__')
    expect(found.body).toMatchObject({ id: FIRST })
  })
})

describe('an inactive contact', () => {
  it('archived: unarchive restores it unchanged', async () => {
    const emulator = createEmulator()
    await ask(emulator, 'POST /contacts', { external_id: 'u-1', name: 'Ada' })
    expect((await ask(emulator, `POST /contacts/${FIRST}/archive`, {})).body).toEqual({
      id: FIRST,
      type: 'contact',
      external_id: 'u-1',
      archived: true
    })
    await ask(emulator, `POST /contacts/${FIRST}/unarchive`, {})
    expect((await ask(emulator, `GET /contacts/${FIRST}`)).body).toMatchObject({ name: 'Ada' })
  })

  it('deleted: it cannot be restored, and its external_id stays reserved for a week', async () => {
    let now = 1_700_000_000_000
    const emulator = createEmulator({ clock: () => now })
    await ask(emulator, 'POST /contacts', { external_id: 'u-1', name: 'Ada' })
    const deleted = await ask(emulator, `DELETE /contacts/${FIRST}`)
    expect(deleted.body).toEqual({ id: FIRST, type: 'contact', external_id: 'u-1', deleted: true })
    expect(errorOf(await ask(emulator, `POST /contacts/${FIRST}/unarchive`, {}))).toEqual({
      code: 'bad_request',
      message: 'User has been marked for permanent deletion and is not restorable.'
    })
    expect(errorOf(await ask(emulator, 'POST /contacts', { external_id: 'u-1' }))).toEqual({
      code: 'conflict',
      message: `An archived contact matching those details already exists with id=${FIRST}`
    })
    now += 7 * 24 * 60 * 60 * 1000
    expect((await ask(emulator, 'POST /contacts', { external_id: 'u-1' })).status).toBe(200)
    expect(emulator.state.contacts[0]).toMatchObject({ status: 'deleted', name: null })
  })

  it('deleted: until January 2021 unarchiving was a 500 instead of a 400', async () => {
    const emulator = createEmulator({ clock: () => Date.parse('2021-01-25T01:26:30Z') })
    await ask(emulator, 'POST /contacts', { external_id: 'u-1' })
    await ask(emulator, `DELETE /contacts/${FIRST}`)
    const reply = await ask(emulator, `POST /contacts/${FIRST}/unarchive`, {})
    expect([reply.status, errorOf(reply)]).toEqual([500, { code: 'server_error', message: 'Server Error' }])
  })

  it('merged: 410 with a link to the user since 2.16, 404 before; tags, companies and events move to the user', async () => {
    const emulator = createEmulator({
      seed: {
        companies: [{ id: 'acme-id', company_id: 'acme' }],
        contacts: [
          { id: 'lead', role: 'lead', email: 'A@example.com', name: 'From lead', tags: ['hot'] },
          { id: 'user', external_id: 'u-1', email: 'a@example.com' }
        ],
        attachments: [{ contact: 'lead', company: 'acme' }]
      }
    })
    await ask(emulator, 'POST /events', { event_name: 'asked', created_at: 1, id: 'lead' })
    const merged = await ask(emulator, 'POST /contacts/merge', { from: 'lead', into: 'user' })
    expect(merged.body).toMatchObject({
      id: 'user',
      name: 'From lead',
      tags: { total_count: 1 },
      companies: { data: [{ id: 'acme-id' }] }
    })
    expect(emulator.state.events).toMatchObject([{ contactId: 'user' }])
    const gone = await ask(emulator, 'GET /contacts/lead')
    expect([gone.status, errorOf(gone)?.code, gone.headers.get('link')]).toEqual([
      410,
      'contact_merged',
      '</contacts/user>; rel="canonical"'
    ])
    expect((await ask(emulator, 'GET /contacts/lead', undefined, { 'intercom-version': '2.14' })).status).toBe(404)
  })
})

describe('search', () => {
  const people = () =>
    createEmulator({
      contactAttributes: [
        { name: 'logins', data_type: 'integer' },
        { name: 'due', data_type: 'date' }
      ],
      seed: {
        contacts: [
          {
            external_id: 'ada',
            email: 'Ada@Example.com',
            name: 'Ada',
            custom_attributes: { logins: 3, due: 1577869200 }
          },
          {
            external_id: 'bob',
            email: 'bob@example.com',
            name: 'Bob',
            custom_attributes: { logins: 10 },
            tags: ['VIP']
          },
          { external_id: 'cyd', name: 'Cyd', status: 'archived' },
          { role: 'lead', email: 'bob@example.com', name: 'Lead Bob' }
        ]
      }
    })

  const QUERIES: [what: string, query: object, names: string[]][] = [
    ['e-mail in any case', { field: 'email', operator: '=', value: 'ADA@example.com' }, ['Ada']],
    ['external_id', { field: 'external_id', operator: '=', value: 'bob' }, ['Bob']],
    ['never an archived contact', { field: 'external_id', operator: '=', value: 'cyd' }, []],
    ['role', { field: 'role', operator: '=', value: 'lead' }, ['Lead Bob']],
    ['not equal', { field: 'name', operator: '!=', value: 'Ada' }, ['Bob', 'Lead Bob']],
    ['IN', { field: 'external_id', operator: 'IN', value: ['ada', 'bob'] }, ['Ada', 'Bob']],
    ['NIN', { field: 'external_id', operator: 'NIN', value: ['ada'] }, ['Bob', 'Lead Bob']],
    ['contains', { field: 'name', operator: '~', value: 'bob' }, ['Bob', 'Lead Bob']],
    ['does not contain', { field: 'name', operator: '!~', value: 'bob' }, ['Ada']],
    ['starts with', { field: 'name', operator: '^', value: 'L' }, ['Lead Bob']],
    ['ends with', { field: 'name', operator: '$', value: 'a' }, ['Ada']],
    ['a number above', { field: 'custom_attributes.logins', operator: '>', value: 3 }, ['Bob']],
    ['a number from', { field: 'custom_attributes.logins', operator: '>=', value: 3 }, ['Ada', 'Bob']],
    [
      'the day of a time, not its seconds',
      { field: 'custom_attributes.due', operator: '=', value: '1577836800' },
      ['Ada']
    ],
    ['after that day', { field: 'custom_attributes.due', operator: '>', value: 1577836800 }, []],
    ['a tag', { field: 'tag_id', operator: '=', value: '7500001' }, ['Bob']],
    ['no tag', { field: 'tag_id', operator: '!=', value: '7500001' }, ['Ada', 'Lead Bob']],
    ['no value', { field: 'custom_attributes.logins', operator: '=', value: null }, ['Lead Bob']],
    [
      'OR of AND',
      {
        operator: 'OR',
        value: [
          {
            operator: 'AND',
            value: [
              { field: 'email', operator: '=', value: 'bob@example.com' },
              { field: 'role', operator: '=', value: 'user' }
            ]
          },
          { field: 'name', operator: '=', value: 'Ada' }
        ]
      },
      ['Ada', 'Bob']
    ]
  ]

  it.each(QUERIES)('%s', async (_what, query, names) => {
    const { body } = await ask(people(), 'POST /contacts/search', { query })
    expect(body).toMatchObject({ type: 'list', data: names.map((name) => ({ name })), total_count: names.length })
  })

  it('pages through the results in the requested order', async () => {
    const emulator = people()
    const query = { field: 'name', operator: '!=', value: '' }
    const sort = { field: 'name', order: 'descending' }
    const first = await ask(emulator, 'POST /contacts/search', { query, sort, pagination: { per_page: 2 } })
    expect(first.body).toMatchObject({
      data: [{ name: 'Lead Bob' }, { name: 'Bob' }],
      total_count: 3,
      pages: { type: 'pages', page: 1, per_page: 2, total_pages: 2, next: { page: 2 } }
    })
    const starting_after = /"starting_after":"([^"]+)"/.exec(JSON.stringify(first.body))?.[1]
    const second = await ask(emulator, 'POST /contacts/search', {
      query,
      sort,
      pagination: { per_page: 2, starting_after }
    })
    expect(second.body).toMatchObject({ data: [{ name: 'Ada' }], pages: { page: 2 } })
    expect(JSON.stringify(second.body)).not.toContain('"next"')
  })

  it('finds a new contact only after the index lag; find_by_external_id finds it at once', async () => {
    const emulator = createEmulator({ searchLag: 2 })
    const search = () =>
      ask(emulator, 'POST /contacts/search', { query: { field: 'external_id', operator: '=', value: 'u-1' } })
    await ask(emulator, 'POST /contacts', { external_id: 'u-1' })
    expect((await ask(emulator, 'GET /contacts/find_by_external_id/u-1')).status).toBe(200)
    expect((await search()).body).toMatchObject({ total_count: 0 })
    expect((await search()).body).toMatchObject({ total_count: 1 })
  })
})
