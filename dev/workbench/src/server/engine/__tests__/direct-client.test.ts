import { createEmulator, type Emulator } from '@intercom-destinations/emulator'
import { createDirectClient } from '../direct-client'

const HOST = 'http://127.0.0.1:1'
const defaults = { headers: { authorization: 'Bearer token', 'Intercom-Version': '2.16' }, timeout: 50 }

function open(options: { readonly fetch?: Emulator['fetch'] } = {}) {
  const emulator = createEmulator({ token: 'token' })
  return { emulator, request: createDirectClient(options.fetch ?? emulator.fetch, defaults) }
}

test('a call reaches the emulator with its token and its body, and the answer is there as text and as JSON', async () => {
  const { emulator, request } = open()
  const answer = await request(`${HOST}/contacts`, { method: 'POST', json: { role: 'user', external_id: 'u1' } })
  expect([answer.status, answer.ok, answer.headers.get('content-type')]).toEqual([
    200,
    true,
    'application/json; charset=utf-8'
  ])
  expect(answer.data).toMatchObject({ type: 'contact', external_id: 'u1' })
  expect(JSON.parse(answer.content)).toEqual(answer.data)
  expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1' }])
})

test('a refusal is an answer', async () => {
  const { request } = open()
  const answer = await request(`${HOST}/contacts/x`, { headers: { authorization: 'Bearer other' } })
  expect([answer.status, answer.ok]).toEqual([401, false])
  expect(answer.data).toMatchObject({ errors: [{ code: 'unauthorized' }] })
})

test('what is no JSON stays text', async () => {
  const { request } = open({ fetch: () => Promise.resolve(new Response('<html>')) })
  expect((await request(HOST)).data).toBe('<html>')
})

test('a connection that breaks has the code by which the trace says so', async () => {
  const { emulator, request } = open()
  emulator.fault({ trouble: 'dropped' })
  await expect(request(`${HOST}/me`)).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('an answer that does not come is given up after the time of the definition', async () => {
  let signal: AbortSignal | null | undefined
  const { request } = open({
    fetch: (_, init) => {
      signal = init?.signal
      return new Promise(() => undefined)
    }
  })
  await expect(request(HOST)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  expect(signal?.aborted).toBe(true)
})
