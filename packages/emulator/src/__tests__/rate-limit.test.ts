import { createEmulator, serve } from '../index'
import { ask, errorOf } from '../test-support/ask'

const AT = 1_700_000_000_000

const rateHeaders = (headers: Headers) =>
  ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'].map((name) => headers.get(name))

// The window of `AT` starts 8 seconds before it and ends 2 seconds after it.
describe('ten-second windows', () => {
  it('the first call over the limit is a 429 with Intercom’s text and the time of the reset', async () => {
    const emulator = createEmulator({ clock: () => AT + 3_000, rateLimit: 2 })
    expect(rateHeaders((await ask(emulator, 'GET /me')).headers)).toEqual(['2', '1', '1700000012'])
    expect(rateHeaders((await ask(emulator, 'GET /me')).headers)).toEqual(['2', '0', '1700000012'])
    const refused = await ask(emulator, 'POST /contacts', { external_id: 'u-1' })
    expect([refused.status, errorOf(refused)]).toEqual([
      429,
      { code: 'rate_limit_exceeded', message: 'Exceeded rate limit of 2 in 10_seconds' }
    ])
    expect(rateHeaders(refused.headers)).toEqual(['2', '0', '1700000012'])
    expect(emulator.state.contacts).toEqual([])
  })

  it('a changed limit applies from the next call on', async () => {
    let limit = Infinity
    const emulator = createEmulator({ clock: () => AT, rateLimit: () => limit })
    expect((await ask(emulator, 'GET /me')).status).toBe(200)
    limit = 2
    expect(rateHeaders((await ask(emulator, 'GET /me')).headers)).toEqual(['2', '0', '1700000002'])
    expect((await ask(emulator, 'GET /me')).status).toBe(429)
    limit = Infinity
    expect((await ask(emulator, 'GET /me')).status).toBe(200)
  })

  it('a client that waits for the reset can continue', async () => {
    let now = AT
    const emulator = createEmulator({ clock: () => now, rateLimit: 1 })
    await ask(emulator, 'GET /me')
    now = AT + 1_999
    expect((await ask(emulator, 'GET /me')).status).toBe(429)
    now = AT + 2_000
    const later = await ask(emulator, 'GET /me')
    expect([later.status, ...rateHeaders(later.headers)]).toEqual([200, '1', '0', '1700000012'])
  })

  it('1,667 calls fit into a window by default', async () => {
    const emulator = createEmulator({ clock: () => AT, keptRequests: 0 })
    for (let call = 1; call < 1_667; call += 1) await ask(emulator, 'GET /me')
    expect((await ask(emulator, 'GET /me')).status).toBe(200)
    expect((await ask(emulator, 'GET /me')).status).toBe(429)
  })

  it('Infinity refuses no call', async () => {
    const emulator = createEmulator({ clock: () => AT, keptRequests: 0, rateLimit: Infinity })
    for (let call = 1; call <= 1_667; call += 1) await ask(emulator, 'GET /me')
    const reply = await ask(emulator, 'GET /me')
    expect([reply.status, ...rateHeaders(reply.headers)]).toEqual([200, '1000000', '1000000', '1700000002'])
  })

  it('a call without a valid token is not counted and has no rate limit headers', async () => {
    const emulator = createEmulator({ clock: () => AT, rateLimit: 1, token: 'right' })
    const refused = await ask(emulator, 'GET /me')
    expect([refused.status, ...rateHeaders(refused.headers)]).toEqual([401, null, null, null])
    expect((await ask(emulator, 'GET /me', undefined, { authorization: 'Bearer right' })).status).toBe(200)
  })

  it('applies over a port too', async () => {
    const { url, close } = await serve(createEmulator({ clock: () => AT, rateLimit: 1 }))
    const headers = { authorization: 'Bearer x' }
    const replies = [await fetch(`${url}/me`, { headers }), await fetch(`${url}/me`, { headers })]
    await close()
    expect(replies.map(({ status }) => status)).toEqual([200, 429])
  })
})
