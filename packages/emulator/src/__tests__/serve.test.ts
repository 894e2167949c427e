import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { createEmulator, serve, type Served } from '../index'

const headers = { authorization: 'Bearer x', 'intercom-version': '2.16', 'content-type': 'application/json' }

/** A request with a Host header of its own, which `fetch` does not allow. */
const asHost = (port: number, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path: '/me', headers: { ...headers, host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject)
    sent.end()
  })

describe('on a loopback port', () => {
  const emulator = createEmulator()
  let served: Served

  beforeAll(async () => {
    served = await serve(emulator)
  })
  beforeEach(() => {
    emulator.reset()
  })
  afterAll(() => served.close())

  it('an HTTP client gets the same answers as fetch', async () => {
    const body = JSON.stringify({ external_id: 'Zoë' })
    const created = await fetch(`${served.url}/contacts`, { method: 'POST', headers, body })
    expect([created.status, created.headers.get('intercom-version')]).toEqual([200, '2.16'])
    expect(await created.json()).toMatchObject({ external_id: 'Zoë' })
    const found = await fetch(`${served.url}/contacts/find_by_external_id/${encodeURIComponent('Zoë')}`, { headers })
    expect(found.status).toBe(200)
    expect(emulator.requests.map(({ operation }) => operation)).toEqual([
      'POST /contacts',
      'GET /contacts/find_by_external_id/Zo%C3%AB'
    ])
  })

  it('an event is answered 202 without a body', async () => {
    emulator.seed({ contacts: [{ external_id: 'u-1' }] })
    const body = JSON.stringify({ event_name: 'e', created_at: 1, user_id: 'u-1' })
    const reply = await fetch(`${served.url}/events`, { method: 'POST', headers, body })
    expect([reply.status, await reply.text()]).toEqual([202, ''])
  })

  it.each(['https://evil.example', 'http://localhost:1', 'null'])('a page from %s is refused', async (origin) => {
    const reply = await fetch(`${served.url}/me`, { headers: { ...headers, origin } })
    expect(reply.status).toBe(403)
    expect(await reply.json()).toMatchObject({ type: 'error.list', errors: [{ code: 'forbidden' }] })
    expect(emulator.requests).toEqual([])
  })

  it('its own origin is accepted', async () => {
    const reply = await fetch(`${served.url}/me`, { headers: { ...headers, origin: served.url } })
    expect(reply.status).toBe(200)
  })

  it('another host name for this address (DNS rebinding) is refused, its own names are not', async () => {
    const { port } = served
    expect(await asHost(port, `evil.example:${port}`)).toBe(403)
    expect(await asHost(port, '127.0.0.1')).toBe(403)
    expect(await asHost(port, `localhost:${port}`)).toBe(200)
    expect(await asHost(port, `[::1]:${port}`)).toBe(200)
  })

  it('a body of more than a mebibyte is refused', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(8 * 1024 * 1024) })
    const reply = await fetch(`${served.url}/contacts`, { method: 'POST', headers, body })
    expect(reply.status).toBe(413)
    expect(emulator.requests).toEqual([])
  })
})

describe('starting and ending', () => {
  it('only a loopback address is allowed', async () => {
    await expect(serve(createEmulator(), { hostname: '0.0.0.0' })).rejects.toThrow('not a loopback address')
  })

  it('a port in use is an error', async () => {
    const first = await serve(createEmulator())
    await expect(serve(createEmulator(), { port: first.port })).rejects.toThrow('EADDRINUSE')
    await first.close()
  })

  it('close does not wait for a client that keeps its connection open', async () => {
    const served = await serve(createEmulator())
    await (await fetch(`${served.url}/me`, { headers })).text()
    const halfway = connect(served.port, '127.0.0.1')
    await once(halfway, 'connect')
    halfway.write(`POST /contacts HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nContent-Length: 9\r\n\r\n{`)
    halfway.on('error', () => undefined)
    await served.close()
    halfway.destroy()
    await expect(fetch(`${served.url}/me`, { headers })).rejects.toThrow()
  })
})
