import { createEmulator, serve, type Served } from '@intercom-destinations/emulator'
import nock from 'nock'
import { Connection } from '../connection'

const TOKEN = 'the-token-of-the-emulator'
const APP = { clientId: 'segment-workbench', clientSecret: 'the-secret-of-the-app' }
const BACK = { redirectUri: 'http://127.0.0.1:4311/connect/callback' }

let served: Served
let now = 0

beforeAll(async () => {
  served = await serve(
    createEmulator({ token: TOKEN, oauth: APP, workspace: { name: 'Paper & Pine', id_code: 'demo' } })
  )
})

afterAll(async () => {
  await served.close()
  // It takes over `http` when it is imported, and would keep it for the test files after this one.
  nock.restore()
})

afterEach(() => {
  const pending = nock.pendingMocks()
  nock.cleanAll()
  expect(pending).toEqual([])
})

const open = (): Connection => {
  now = 1_000_000
  return new Connection({ target: { token: TOKEN, region: 'auto', restHost: served.url }, app: APP }, () => now)
}

/** Goes to the consent page as a browser does, and answers it. */
async function consent(goTo: string, decision: 'allow' | 'deny'): Promise<URLSearchParams> {
  const page = await fetch(goTo)
  const [, question = ''] = /name="consent" value="([^"]+)"/.exec(await page.text()) ?? []
  const answer = await fetch(`${served.url}/oauth/consent`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: page.headers.get('set-cookie')?.split(';')[0] ?? '' },
    body: new URLSearchParams({ consent: question, decision })
  })
  return new URL(answer.headers.get('location') ?? '').searchParams
}

const parts = (found: URLSearchParams) => ({
  state: found.get('state') ?? undefined,
  code: found.get('code') ?? undefined,
  error: found.get('error') ?? undefined
})

test('connecting over the consent page shows the workspace and no secret', async () => {
  const connection = open()
  const { goTo, session } = connection.ask({ to: 'emulator' }, { ...BACK, session: undefined })
  expect(goTo.startsWith(`${served.url}/oauth?client_id=segment-workbench&state=`)).toBe(true)
  await connection.comeBack({ session, ...parts(await consent(goTo, 'allow')) })
  expect(connection.state).toEqual({ kind: 'emulator', workspace: 'Paper & Pine', region: 'us', id: 'demo' })
  expect(connection.target?.token).toBe(TOKEN)
  expect(JSON.stringify(connection.state) + goTo).not.toMatch(/the-token|the-secret/)
})

test('a refusal on the consent page is shown, and the earlier connection stays', async () => {
  const connection = open()
  await connection.connectEmulator()
  const { goTo, session } = connection.ask({ to: 'emulator' }, { ...BACK, session: undefined })
  await connection.comeBack({ session, ...parts(await consent(goTo, 'deny')) })
  expect(connection.state).toEqual({
    kind: 'emulator',
    workspace: 'Paper & Pine',
    region: 'us',
    id: 'demo',
    wentWrong: 'Access was denied on the consent page.'
  })
})

test.each([
  ['another browser', { session: 'another' }, 0],
  ['a browser without the cookie', { session: undefined }, 0],
  ['an answer without a request', { state: 'made-up' }, 0],
  ['an answer that comes too late', {}, 15 * 60 * 1000 + 1]
])('%s cannot connect a workspace', async (_who, changed, later) => {
  const connection = open()
  const { goTo, session } = connection.ask({ to: 'emulator' }, { ...BACK, session: undefined })
  const answer = parts(await consent(goTo, 'allow'))
  now += later
  expect(await connection.comeBack({ session, ...answer, ...changed })).toEqual({
    problem: 'This browser has not started this connection, or the answer came too late. Connect again.'
  })
  expect(connection.target).toBeUndefined()
  // Nor can it write anything on the page.
  expect(connection.state).toEqual({ kind: 'none' })
})

test('an answer is accepted once', async () => {
  const connection = open()
  const { goTo, session } = connection.ask({ to: 'emulator' }, { ...BACK, session: undefined })
  const answer = parts(await consent(goTo, 'allow'))
  await connection.comeBack({ session, ...answer })
  connection.disconnect()
  await connection.comeBack({ session, ...answer })
  expect(connection.state.kind).toBe('none')
})

test('an invalid code is refused with a reason', async () => {
  const connection = open()
  const { goTo, session } = connection.ask({ to: 'emulator' }, { ...BACK, session: undefined })
  const state = new URL(goTo).searchParams.get('state') ?? ''
  await connection.comeBack({ session, state, code: 'made-up', error: undefined })
  expect(connection.target).toBeUndefined()
  expect(connection.state.kind === 'none' && connection.state.wentWrong).toMatch(/code/i)
})

test('a customer’s app is sent to the consent page of its region', () => {
  const { goTo } = open().ask(
    { to: 'app', clientId: 'c 1', clientSecret: 'secret-of-theirs', region: 'eu' },
    { ...BACK, session: undefined }
  )
  expect(goTo.startsWith('https://app.eu.intercom.com/oauth?client_id=c+1&state=')).toBe(true)
  expect(goTo).not.toContain('secret-of-theirs')
})

test('a token that Intercom refuses connects nothing and is not shown', async () => {
  const refusal = { type: 'error.list', errors: [{ code: 'unauthorized', message: 'Access Token Invalid' }] }
  nock('https://api.intercom.io').get('/me').reply(401, refusal)
  const connection = open()
  const problems = await connection.connectToken({ token: 'a-token-of-theirs', region: 'us' })
  expect(problems.map(({ path }) => path)).toEqual(['token'])
  expect(problems[0]?.message).toMatch(/access token/i)
  expect(connection.target).toBeUndefined()
  expect(JSON.stringify([problems, connection.state])).not.toContain('a-token-of-theirs')
})

test('a real workspace is connected by its token, and its region is checked', async () => {
  const me = { type: 'admin', app: { id_code: 'abc123', name: 'Northlight', region: 'EU' } }
  nock('https://api.eu.intercom.io').get('/me').times(2).reply(200, me)
  const connection = open()
  expect(await connection.connectToken({ token: 'a-token-of-theirs', region: 'eu' })).toEqual([])
  expect(connection.state).toEqual({ kind: 'intercom', workspace: 'Northlight', region: 'eu', id: 'abc123' })
  nock('https://api.intercom.io').get('/me').reply(200, me)
  expect((await connection.connectToken({ token: 'a-token-of-theirs', region: 'us' }))[0]?.message).toMatch(/EU/)
  expect(connection.state).toMatchObject({ kind: 'intercom', workspace: 'Northlight' })
})

test('a session cookie of another server on this machine is not accepted', () => {
  const connection = open()
  const first = connection.ask({ to: 'emulator' }, { ...BACK, session: 'planted' })
  expect(first.session).not.toBe('planted')
  expect(connection.ask({ to: 'emulator' }, { ...BACK, session: first.session }).session).toBe(first.session)
})

test('a disconnect during a connection attempt wins', async () => {
  const me = { type: 'admin', app: { id_code: 'abc123', name: 'Northlight', region: 'US' } }
  nock('https://api.intercom.io').get('/me').times(2).delay(20).reply(200, me)
  const connection = open()
  const connecting = connection.connectToken({ token: 'a-token-of-theirs', region: 'us' })
  connection.disconnect()
  expect(await connecting).toHaveLength(1)
  expect(connection.target).toBeUndefined()
})
