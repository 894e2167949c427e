import { createEmulator, serve, type Emulator, type OAuthApp } from '../index'
import { ask, errorOf } from '../test-support/ask'

const CALLBACK = 'http://127.0.0.1:4000/callback'
const app = (more: Partial<OAuthApp> = {}): OAuthApp => ({ clientId: 'client', clientSecret: 'secret', ...more })
const HOST = 'https://app.intercom.com'

const open = (emulator: Pick<Emulator, 'fetch'>, query: Record<string, string>, cookie = '') =>
  emulator.fetch(`${HOST}/oauth?${new URLSearchParams(query).toString()}`, {
    headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) }
  })

const answer = (emulator: Pick<Emulator, 'fetch'>, fields: Record<string, string>, cookie: string) =>
  emulator.fetch(`${HOST}/oauth/consent`, { method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) })

const asked = async (emulator: Pick<Emulator, 'fetch'>, query: Record<string, string> = {}) => {
  const reply = await open(emulator, { client_id: 'client', state: 's-1', redirect_uri: CALLBACK, ...query })
  const html = await reply.text()
  const consent = /name="consent" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return { reply, html, consent, cookie }
}

const exchange = (emulator: Emulator, code: string | null, secret = 'secret') =>
  ask(emulator, 'POST /auth/eagle/token', { client_id: 'client', client_secret: secret, code })

describe('the consent page', () => {
  it('Allow redirects with a code and the state, and the code is valid for one token', async () => {
    const emulator = createEmulator({ oauth: app(), token: 'the-token' })
    const { consent, cookie, html } = await asked(emulator)
    expect(html).toContain('<button name="decision" value="allow">Allow</button>')
    const reply = await answer(emulator, { consent, decision: 'allow' }, cookie)
    const target = new URL(reply.headers.get('location') ?? '')
    expect([reply.status, target.origin + target.pathname, target.searchParams.get('state')]).toEqual([
      302,
      CALLBACK,
      's-1'
    ])
    const code = target.searchParams.get('code') ?? ''
    expect(code).toMatch(/=$/)
    expect((await exchange(emulator, code.replace(/=+$/, ''))).status).toBe(401)
    expect((await exchange(emulator, code, 'wrong')).status).toBe(401)
    expect((await exchange(emulator, code)).body).toEqual({
      token_type: 'Bearer',
      token: 'the-token',
      access_token: 'the-token'
    })
    expect(errorOf(await exchange(emulator, code))?.message).toBe('Unauthorized Code')
  })

  it('lists what the app may do, if the app says so', async () => {
    expect((await asked(createEmulator({ oauth: app() }))).html).not.toContain('It may')
    const { html } = await asked(createEmulator({ oauth: app({ scopes: ['Read tags', 'Write <b>events</b>'] }) }))
    expect(html).toContain('<ul><li>Read tags</li><li>Write &lt;b&gt;events&lt;/b&gt;</li></ul>')
  })

  it('Deny redirects without a code', async () => {
    const emulator = createEmulator({ oauth: app() })
    const { consent, cookie } = await asked(emulator)
    const reply = await answer(emulator, { consent, decision: 'deny' }, cookie)
    expect(reply.headers.get('location')).toBe(`${CALLBACK}?error=access_denied&state=s-1`)
  })

  it('only the browser that opened it may answer, and only once', async () => {
    const emulator = createEmulator({ oauth: app() })
    const mine = await asked(emulator)
    const other = await asked(emulator)
    const decision = 'allow'
    expect((await answer(emulator, { consent: mine.consent, decision }, '')).status).toBe(403)
    expect((await answer(emulator, { consent: mine.consent, decision }, other.cookie)).status).toBe(403)
    expect((await answer(emulator, { consent: 'made-up', decision }, mine.cookie)).status).toBe(403)
    expect((await answer(emulator, { consent: mine.consent, decision }, mine.cookie)).status).toBe(302)
    expect((await answer(emulator, { consent: mine.consent, decision }, mine.cookie)).status).toBe(403)
  })

  it('can be answered in both of two tabs', async () => {
    const emulator = createEmulator({ oauth: app() })
    const first = await asked(emulator)
    const again = await open(emulator, { client_id: 'client', redirect_uri: CALLBACK }, first.cookie)
    expect(again.headers.get('set-cookie')).toContain(first.cookie)
    const reply = await answer(emulator, { consent: first.consent, decision: 'allow' }, first.cookie)
    expect(reply.status).toBe(302)
  })

  it('escapes every value in its HTML', async () => {
    const evil = `"><script>alert('x')</script>&`
    const emulator = createEmulator({ oauth: app({ clientId: evil }), workspace: { name: evil } })
    const { html } = await asked(emulator, { client_id: evil, redirect_uri: `${CALLBACK}?${evil}`, state: evil })
    expect(html).not.toContain('<script')
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;')
    const refusal = await open(emulator, { client_id: `${evil}2` })
    expect([refusal.status, await refusal.text()]).toEqual([400, expect.not.stringContaining('<script')])
  })

  it('runs no script and cannot be framed', async () => {
    const { reply } = await asked(createEmulator({ oauth: app() }))
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(reply.headers.get('x-frame-options')).toBe('DENY')
    expect(reply.headers.get('set-cookie')).toContain('HttpOnly; SameSite=Lax')
  })

  it.each([
    ['another client', { client_id: 'other' }],
    ['a foreign site', { redirect_uri: 'https://evil.example/' }],
    ['a script', { redirect_uri: 'javascript:alert(1)' }],
    ['a host that only starts with localhost', { redirect_uri: 'http://localhost.evil.example/' }]
  ])('does not redirect to %s', async (_what, query) => {
    expect((await asked(createEmulator({ oauth: app() }), query)).reply.status).toBe(400)
  })

  it('accepts the registered addresses, and redirects to the first by default', async () => {
    const redirectUris = ['https://one.example/cb?kept=1', 'https://two.example/cb']
    const emulator = createEmulator({ oauth: app({ redirectUris }) })
    expect((await asked(emulator)).reply.status).toBe(400)
    expect((await asked(emulator, { redirect_uri: 'https://two.example/cb' })).reply.status).toBe(200)
    const page = await open(emulator, { client_id: 'client' })
    expect(await page.text()).toContain('<code>https://one.example/cb?kept=1</code>')
  })

  it('works in a browser: the same session over a port, with its own origin', async () => {
    const { url, close } = await serve(createEmulator({ oauth: app() }))
    const { consent, cookie } = await asked({
      fetch: (input) => fetch(String(input instanceof Request ? input.url : input).replace(HOST, url))
    })
    const reply = await fetch(`${url}/oauth/consent`, {
      method: 'POST',
      headers: { cookie, origin: url },
      body: new URLSearchParams({ consent, decision: 'allow' }),
      redirect: 'manual'
    })
    await close()
    expect([reply.status, reply.headers.get('location')?.startsWith(`${CALLBACK}?code=`)]).toEqual([302, true])
  })
})

it('an uninstalled app has no access until it is installed again', async () => {
  const emulator = createEmulator({ oauth: app({ code: 'abc=' }), token: 'the-token' })
  const headers = { authorization: 'Bearer the-token' }
  expect((await ask(emulator, 'POST /auth/uninstall', {}, headers)).status).toBe(200)
  expect((await ask(emulator, 'GET /me', undefined, headers)).status).toBe(401)
  await exchange(emulator, 'abc=')
  expect((await ask(emulator, 'GET /me', undefined, headers)).status).toBe(200)
})
