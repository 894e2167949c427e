import { createEmulator } from '../index'
import { ask, errorOf } from '../test-support/ask'

describe('authorization', () => {
  it.each([
    ['no token', {}, ''],
    ['an empty token', {}, 'Bearer '],
    ['another scheme', {}, 'Basic abc'],
    ['the wrong token', { token: 'right' }, 'Bearer wrong']
  ])('%s is a 401 without rate limit headers', async (_what, options, authorization) => {
    const reply = await ask(createEmulator(options), 'GET /me', undefined, { authorization })
    expect([reply.status, errorOf(reply)]).toEqual([401, { code: 'unauthorized', message: 'Access Token Invalid' }])
    expect(reply.headers.get('x-ratelimit-limit')).toBeNull()
  })

  it('every answer has the id of the run, which is new after a reset', async () => {
    const emulator = createEmulator()
    const runOf = async (one = emulator) => (await ask(one, 'GET /me')).headers.get('x-emulator-run')
    const first = await runOf()
    expect(first).toMatch(/^[\da-f-]{36}$/)
    expect([await runOf(), await runOf(createEmulator())]).toEqual([first, expect.not.stringMatching(`^${first}$`)])
    emulator.reset()
    expect(await runOf()).not.toBe(first)
  })

  it('an answer has the remaining calls and its version', async () => {
    const emulator = createEmulator({ clock: () => 1_700_000_003_000, token: 'right' })
    const reply = await ask(emulator, 'GET /me', undefined, {
      authorization: 'Bearer right',
      'intercom-version': '2.14'
    })
    expect(reply.status).toBe(200)
    expect([
      reply.headers.get('x-ratelimit-limit'),
      reply.headers.get('x-ratelimit-remaining'),
      reply.headers.get('x-ratelimit-reset'),
      reply.headers.get('intercom-version')
    ]).toEqual(['1667', '1666', '1700000012', '2.14'])
  })

  it('reports region and workspace', async () => {
    const emulator = createEmulator({ region: 'eu', workspace: { name: 'Acme', id_code: 'abc123' } })
    expect((await ask(emulator, 'GET /me')).body).toMatchObject({
      type: 'admin',
      app: { type: 'app', id_code: 'abc123', name: 'Acme', region: 'EU' }
    })
  })

  it('exchanges an OAuth code for a token that works until the app is uninstalled', async () => {
    const oauth = { clientId: 'client', clientSecret: 'secret', code: 'abc=' }
    const emulator = createEmulator({ token: 'granted', oauth })
    const form = new URLSearchParams({ client_id: 'client', client_secret: 'secret', code: 'abc=' }).toString()
    const headers = { authorization: '', 'content-type': 'application/x-www-form-urlencoded' }
    const reply = await ask(emulator, 'POST /auth/eagle/token', form, headers)
    expect(reply.body).toEqual({ token_type: 'Bearer', token: 'granted', access_token: 'granted' })
    const authorization = 'Bearer granted'
    expect((await ask(emulator, 'GET /me', undefined, { authorization })).status).toBe(200)
    await ask(emulator, 'POST /auth/uninstall', {}, { authorization })
    expect((await ask(emulator, 'GET /me', undefined, { authorization })).status).toBe(401)
    expect(JSON.stringify(emulator.requests)).not.toMatch(/"secret"|abc=|granted/)
  })
})

describe('versions', () => {
  it.each([
    ['an unknown version', 'GET /me', '9.9', 400, 'intercom_version_invalid'],
    [
      'an operation newer than the version',
      'GET /contacts/find_by_external_id/x',
      '2.12',
      400,
      'intercom_version_invalid'
    ],
    ['the same since 2.13', 'GET /contacts/find_by_external_id/x', '2.13', 404, 'not_found'],
    ['1.x, which is not emulated', 'GET /contacts', '1.4', 501, 'not_emulated']
  ])('%s', async (_what, operation, version, status, code) => {
    const reply = await ask(createEmulator(), operation, undefined, { 'intercom-version': version })
    expect([reply.status, errorOf(reply)?.code]).toEqual([status, code])
  })

  it('a parameter newer than the version is ignored', async () => {
    const body = { email: 'a@example.com', email_verified: true }
    expect((await ask(createEmulator(), 'POST /contacts', body, { 'intercom-version': '2.16' })).status).toBe(200)
    const older = await ask(createEmulator(), 'POST /contacts', body, { 'intercom-version': '2.15' })
    expect(older.status).toBe(200)
  })

  it('a request without the version header is marked in the record', async () => {
    const emulator = createEmulator()
    await ask(emulator, 'GET /me', undefined, { 'intercom-version': '' })
    await ask(emulator, 'GET /me')
    expect(emulator.requests.map(({ missingVersion }) => missingVersion)).toEqual([true, false])
  })

  it('a client that does not accept JSON gets a 406', async () => {
    const reply = await ask(createEmulator(), 'GET /me', undefined, { accept: 'text/html' })
    expect([reply.status, errorOf(reply)?.code]).toEqual([406, 'media_type_not_acceptable'])
  })
})

describe('recorded requests', () => {
  it('keeps only the latest requests if told to', async () => {
    const emulator = createEmulator({ keptRequests: 1 })
    await ask(emulator, 'GET /me')
    await ask(emulator, 'GET /tags')
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(['GET /tags'])
  })

  it('keeps every request, in order, without credentials', async () => {
    const emulator = createEmulator()
    await ask(emulator, 'POST /contacts', { external_id: 'u-1' }, { cookie: 'recent_write=1' })
    await ask(emulator, 'GET /companies?company_id=a%20b')
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(['POST /contacts', 'GET /companies'])
    expect(emulator.requests[0]).toMatchObject({
      method: 'POST',
      path: '/contacts',
      headers: { 'intercom-version': '2.16', 'content-type': 'application/json' },
      body: { external_id: 'u-1' },
      status: 200,
      response: { type: 'contact', external_id: 'u-1' }
    })
    expect(emulator.requests[1]).toMatchObject({ query: { company_id: 'a b' }, body: undefined, status: 404 })
    expect(emulator.requests.flatMap(({ headers }) => Object.keys(headers))).not.toContain('authorization')
    expect(emulator.requests.flatMap(({ headers }) => Object.keys(headers))).not.toContain('cookie')
  })

  it('fetch accepts what the global fetch accepts, and works detached', async () => {
    const { fetch } = createEmulator()
    const headers = { authorization: 'Bearer x' }
    const url = 'https://api.eu.intercom.io/me'
    const replies = [fetch(url, { headers }), fetch(new URL(url), { headers }), fetch(new Request(url, { headers }))]
    expect((await Promise.all(replies)).map(({ status }) => status)).toEqual([200, 200, 200])
    await expect(fetch(url, { headers, signal: AbortSignal.abort() })).rejects.toThrow()
  })
})

describe('seed and reset', () => {
  it('reset restores the seed and the ids, and removes requests and faults', async () => {
    const emulator = createEmulator({ seed: { contacts: [{ external_id: 'u-1' }] } })
    const { requests, state } = emulator
    const first = await ask(emulator, 'POST /contacts', { external_id: 'u-2' })
    emulator.fault({ status: 500, times: 5 })
    emulator.reset()
    expect([requests, state.contacts.map(({ external_id }) => external_id)]).toEqual([[], ['u-1']])
    const again = await ask(emulator, 'POST /contacts', { external_id: 'u-2' })
    expect(again.body).toMatchObject({ id: '65000000c000000000000002' })
    expect(first.body).toMatchObject({ id: '65000000c000000000000002' })
  })

  it('a later seed adds entities and returns them', () => {
    const emulator = createEmulator({ companyAttributes: [{ name: 'tier', data_type: 'string' }] })
    const made = emulator.seed({
      companies: [{ company_id: 'acme', plan: 'Pro', custom_attributes: { tier: 'gold' }, tags: ['big'] }],
      contacts: [{ external_id: 'u-1' }],
      attachments: [{ contact: 'u-1', company: 'acme' }]
    })
    expect(made.contacts).toMatchObject([{ id: '65000000c000000000000001', companyIds: ['65000000ca00000000000001'] }])
    expect(emulator.state.tags).toEqual([{ id: '7500001', name: 'big' }])
    expect(emulator.state.dataAttributes).toMatchObject([{ model: 'company', name: 'tier' }])
  })

  it('an invalid seed throws what is wrong with it', () => {
    const emulator = createEmulator()
    expect(() => emulator.seed({ contacts: [{ id: 'x', custom_attributes: { plan: 'pro' } }] })).toThrow(
      "Seed: contact x has the custom attribute 'plan'; declare it in contactAttributes first"
    )
    expect(() => emulator.seed({ attachments: [{ contact: 'a', company: 'b' }] })).toThrow("names the contact 'a'")
  })
})

describe('faults', () => {
  it('affect the next matching request, once by default, and nothing is written', async () => {
    const emulator = createEmulator()
    emulator.fault({ match: { method: 'post', path: '/contacts' }, status: 503 })
    expect((await ask(emulator, 'GET /me')).status).toBe(200)
    const hit = await ask(emulator, 'POST /contacts', { external_id: 'u-1' })
    expect([hit.status, errorOf(hit)?.code, emulator.state.contacts]).toEqual([503, 'service_unavailable', []])
    expect((await ask(emulator, 'POST /contacts', { external_id: 'u-1' })).status).toBe(200)
    expect(emulator.requests.map(({ status }) => status)).toEqual([200, 503, 200])
  })

  it('may be HTML with headers, by a pattern, several times', async () => {
    const emulator = createEmulator()
    const body = '<html>Bad Gateway</html>'
    emulator.fault({ match: { path: /^\/contacts\//g }, status: 502, body, headers: { 'Retry-After': '3' }, times: 2 })
    const send = () => emulator.fetch('https://api.intercom.io/contacts/x', { headers: { authorization: 'Bearer x' } })
    const first = await send()
    expect([first.status, await first.text(), first.headers.get('retry-after')]).toEqual([502, body, '3'])
    expect(first.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect([(await send()).status, (await send()).status]).toEqual([502, 404])
  })

  it("a 429 has Intercom's envelope", async () => {
    const emulator = createEmulator()
    emulator.fault({ status: 429, headers: { 'X-RateLimit-Reset': '1700000012' } })
    const reply = await ask(emulator, 'GET /me')
    expect([reply.status, errorOf(reply)?.code, reply.headers.get('x-ratelimit-reset')]).toEqual([
      429,
      'rate_limit_exceeded',
      '1700000012'
    ])
  })
})
