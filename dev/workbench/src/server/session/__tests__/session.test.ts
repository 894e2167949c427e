import type { JsonObject } from '../../../contract'
import { isJsonObject } from '../../../json-guards'
import { openWorkbench, type OpenedWorkbench } from '../../open-workbench'
import { createFastClock } from '../../test-support/fast-clock'
import { readSession, SessionError } from '../read-session'

const opened: OpenedWorkbench[] = []

async function open(session?: string): Promise<OpenedWorkbench> {
  const one = await openWorkbench({
    port: 0,
    clock: createFastClock(),
    ...(session === undefined ? {} : { session: readSession(session, 'colleague.json') })
  })
  opened.push(one)
  return one
}

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

async function put({ url }: OpenedWorkbench, half: string, change: object): Promise<void> {
  const answer = await fetch(`${url}/api/destinations/${half}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change)
  })
  expect(answer.status).toBe(200)
}

async function exported({ url }: OpenedWorkbench): Promise<string> {
  const answer = await fetch(`${url}/api/session`)
  expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
    200,
    'attachment; filename="intercom-workbench.session.json"'
  ])
  return answer.text()
}

function parsed(text: string): JsonObject {
  const value: unknown = JSON.parse(text)
  if (!isJsonObject(value)) throw new Error('The session is no object.')
  return value
}

const IDENTIFY = { type: 'identify', userId: 'u1', traits: { email: 'ada@example.com', plan: 'pro', tier: 1 } }
const TRACK = { type: 'track', event: 'Opened', userId: 'u1', properties: { page: 3 } }

test('a colleague who opens the file sees the same events, mappings, settings and people', async () => {
  const mine = await open()
  await put(mine, 'web', { settings: { appId: 'abc123' } })
  await put(mine, 'cloud', { subscriptions: mine.workbench.configuration.now.cloud.subscriptions.slice(0, 2) })
  mine.workbench.engine.submit(IDENTIFY, 'shop')
  mine.workbench.engine.submit(TRACK, 'editor')
  await mine.workbench.engine.idle()
  const file = await exported(mine)

  const theirs = await open(file)
  await theirs.workbench.engine.idle()
  const { engine, emulator, configuration } = theirs.workbench
  expect(engine.rows()).toEqual(mine.workbench.engine.rows())
  expect(engine.rows()).toMatchObject([
    { type: 'identify', source: 'shop', email: 'ada@example.com', cloud: { state: 'delivered' } },
    { type: 'track', source: 'editor', name: 'Opened' }
  ])
  expect(configuration.now).toEqual(mine.workbench.configuration.now)
  expect(configuration.now.web.settings).toEqual({ appId: 'abc123' })
  expect(emulator.state.contacts).toMatchObject([
    { external_id: 'u1', email: 'ada@example.com', custom_attributes: { plan: 'pro' } }
  ])
  expect(await exported(theirs)).toBe(file)
})

test('an event without a time keeps the one at which it came in', async () => {
  const mine = await open()
  mine.workbench.engine.submit(TRACK, 'file', Date.UTC(2026, 0, 2, 3, 4, 5))
  const theirs = await open(await exported(mine))
  await theirs.workbench.engine.idle()
  const { web } = theirs.workbench.engine.trace('e1') ?? {}
  expect(theirs.workbench.engine.rows()).toMatchObject([{ receivedAt: 1767323045000 }])
  expect(web?.outcome.state).toBe('delivered')
})

test('attributes that were created meanwhile are in the file', async () => {
  const mine = await open()
  mine.workbench.emulator.seed({ contactAttributes: [{ name: 'shoe_size', data_type: 'integer', archived: true }] })
  const theirs = await open(await exported(mine))
  expect(theirs.workbench.emulator.state.dataAttributes).toMatchObject([
    { name: 'plan', model: 'contact' },
    { name: 'newsletter', model: 'contact' },
    { name: 'favourite_colour', model: 'contact' },
    { name: 'shoe_size', model: 'contact', data_type: 'integer', archived: true },
    { name: 'tier', model: 'company' }
  ])
  expect(theirs.workbench.connection.state).toMatchObject({ kind: 'emulator', workspace: 'Paper & Pine' })
})

test('no token is in the file, and no proof of who a person is', async () => {
  const mine = await open()
  const { engine, connection, writeKey } = mine.workbench
  const hash = 'a-user-hash'
  engine.submit(
    {
      ...IDENTIFY,
      integrations: { Intercom: { user_hash: hash, userHash: hash, intercom_user_jwt: hash, intercomUserJwt: hash } },
      traits: { list: [{ jwt: hash, kept: 'yes' }] }
    },
    'api'
  )
  const file = await exported(mine)
  expect(file).toContain('"kept": "yes"')
  expect(connection.target?.token).toMatch(/^\w{64}$/)
  for (const secret of [hash, connection.target?.token ?? '', writeKey]) expect(file).not.toContain(secret)
})

describe('a file that is not opened', () => {
  let whole: JsonObject = {}
  beforeAll(async () => {
    const mine = await open()
    mine.workbench.engine.submit(IDENTIFY, 'shop')
    whole = parsed(await exported(mine))
  })

  const refusalOf = (text: string): string => {
    try {
      readSession(text, 'it.json')
    } catch (error) {
      if (error instanceof SessionError) return error.message
      throw error
    }
    return 'It was opened.'
  }

  test.each([
    ['is empty', ''],
    ['is a file of events', '{"type":"track"}\n{"type":"track"}\n'],
    ['is a file of mappings', '[{"partnerAction":"trackEvent"}]'],
    ['is a workspace', '{"contactAttributes":[]}']
  ])('because it %s: it says what to do with it', (_, text) => {
    expect(refusalOf(text)).toBe(
      'it.json is no session of the workbench. "Export session" on the page of a workbench writes one. Drop a file of events on the page, or send it with "intercom-destination deliver FILE". Mappings are imported on the page.'
    )
  })

  test('because a later version wrote it', () => {
    expect(refusalOf(JSON.stringify({ ...whole, version: 2 }))).toBe(
      'it.json is a session of another version of the workbench (2); this one opens version 1. Use the version that wrote it, or a newer one.'
    )
  })

  const event = { source: 'shop', receivedAt: 1, event: { type: 'track' } }
  const destination = { enabled: true, settings: {}, subscriptions: [] }
  test.each<[string, object]>([
    ['destinations: an object was expected', { destinations: [] }],
    [
      'destinations.cloud: an object was expected',
      { destinations: { web: { ...destination, settings: { appId: 'a' } } } }
    ],
    ['destinations.web.settings is missing', { destinations: { web: { enabled: true } } }],
    [
      'destinations.web: settings.token: This destination has no such setting',
      { destinations: { web: { ...destination, settings: { appId: 'a', token: 'x' } } } }
    ],
    [
      'destinations.web: enabled: It is either true or false',
      { destinations: { web: { ...destination, enabled: 1 } } }
    ],
    ['workspace: an object was expected', { workspace: 1 }],
    ['workspace: "secret" is unknown', { workspace: { secret: 1 } }],
    ['events: a list was expected', { events: {} }],
    ['events[1]: an object was expected', { events: [event, null] }],
    ['events[0].source: one of shop, api, editor, file was expected', { events: [{ ...event, source: 'mail' }] }],
    ['events[0].receivedAt: a time in milliseconds was expected', { events: [{ ...event, receivedAt: 1e16 }] }],
    ['events[0].event: an event with a type was expected', { events: [{ ...event, event: { type: 1 } }] }],
    ['forgotten: a whole number was expected', { forgotten: -1 }]
  ])('because it is damaged: %s', (problem, change) => {
    const refusal = refusalOf(JSON.stringify({ ...whole, ...change }))
    expect(refusal).toContain(`The session it.json is damaged: ${problem}`)
    expect(refusal).toContain('Nothing was opened. Export the session once more, or correct that place.')
  })

  test('keys that name a prototype are refused or stay data', () => {
    const text = JSON.stringify(whole).replace('"settings":', '"__proto__":{"enabled":false},"settings":')
    expect(refusalOf(text)).toBe('It was opened.')
    expect('enabled' in {}).toBe(false)
  })
})
