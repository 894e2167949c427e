import { createHmac } from 'node:crypto'
import { createApp } from '../server-webhook/app'
import { closeWorkspaces, identify, openWorkspace } from '../test-support/open-workspace'

afterEach(closeWorkspaces)

const SECRET = 'shared-secret'
const sign = (body: string, secret = SECRET) => createHmac('sha1', secret).update(body).digest('hex')

async function open() {
  const { emulator, sender } = await openWorkspace()
  const app = createApp(sender, SECRET)
  const post = async (body: string, signature: string | undefined = sign(body)) => {
    const headers = { 'content-type': 'application/json', ...(signature !== '' && { 'x-signature': signature }) }
    const response = await app.request('/segment', { method: 'POST', body, headers })
    return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') }
  }
  return { emulator, post }
}

it('delivers a signed event, with letters outside of ASCII', async () => {
  const { emulator, post } = await open()
  const body = JSON.stringify(identify('u1', { name: 'Zoë 🦊' }))
  expect(await post(body)).toEqual({ status: 200, text: 'delivered', retryAfter: null })
  expect(emulator.state.contacts.map(({ external_id, name }) => [external_id, name])).toEqual([['u1', 'Zoë 🦊']])
})

it('answers 200 for an event that no mapping takes, so that Segment does not repeat it', async () => {
  const { post } = await open()
  const page = JSON.stringify({ ...identify('u1'), type: 'page' })
  expect(await post(page)).toEqual({ status: 200, text: 'ignored', retryAfter: null })
})

it.each([
  ['none', ''],
  ['one that is too short', 'abc'],
  ['one of another secret', sign(JSON.stringify(identify('u1')), 'other')],
  ['one of the same body with a space', sign(`${JSON.stringify(identify('u1'))} `)],
  ['the right one with more behind it', `${sign(JSON.stringify(identify('u1')))}00`]
])('sends nothing with a wrong signature: %s', async (_, signature) => {
  const { emulator, post } = await open()
  expect(await post(JSON.stringify(identify('u1')), signature)).toEqual({
    status: 401,
    text: 'The signature is wrong.',
    retryAfter: null
  })
  expect(emulator.state.contacts).toEqual([])
})

it('refuses a batch, of which Segment signs the first event only, and names the setting', async () => {
  const { emulator, post } = await open()
  const first = JSON.stringify(identify('u1'))
  const answer = await post(` \n[${first},${JSON.stringify(identify('forged'))}]`, sign(first))
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('set Batch Size to 0')
  expect(emulator.state.contacts).toEqual([])
})

it('refuses a body that is too large before it is read to the end', async () => {
  const { post } = await open()
  const body = JSON.stringify(identify('u1', { about: 'x'.repeat(200_000) }))
  expect(await post(body)).toEqual({ status: 413, text: 'The event is too large.', retryAfter: null })
})

it('answers 400 with the reason for what can never be delivered', async () => {
  const { post } = await open()
  expect((await post('{')).text).toBe(
    'It is not a Segment event: it needs one of the types identify, track, page, screen, group and alias.'
  )
  expect(await post(JSON.stringify({ ...identify('u1'), type: 'track' }))).toEqual({
    status: 400,
    text: 'An event needs a name. Map Event Name.',
    retryAfter: null
  })
})

it('answers 503 with the time to wait, so that Segment sends the event again', async () => {
  const { emulator, post } = await open()
  emulator.fault({ status: 429, headers: { 'retry-after': '7' } })
  const limited = await post(JSON.stringify(identify('u1')))
  expect(limited.status).toBe(503)
  // Intercom's seven seconds, and up to a fifth more that spreads callers, in whole seconds.
  expect(['7', '8', '9']).toContain(limited.retryAfter)
  emulator.fault({ status: 503 })
  expect((await post(JSON.stringify(identify('u2')))).status).toBe(503)
})

it('does not start without the secret', async () => {
  const { sender } = await openWorkspace()
  expect(() => createApp(sender, ' ')).toThrow('The shared secret of the Webhook destination is missing.')
})
