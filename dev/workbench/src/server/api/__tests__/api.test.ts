import { systemClock } from '@intercom-destinations/delivery'
import type { EventTrace, Row, State, Submitted } from '../../../contract'
import { openWorkbench, type OpenedWorkbench } from '../../open-workbench'
import { callApi } from '../../test-support/api-client'
import { createFastClock } from '../../test-support/fast-clock'

/** A slow answer of three seconds takes a hundredth of it. */
const SLOW_MS = 30

let opened: OpenedWorkbench
let onSlowAnswer: () => void = () => undefined

beforeAll(async () => {
  const wait = (milliseconds: number, signal: AbortSignal) => {
    onSlowAnswer()
    return systemClock.sleep(milliseconds / 100, signal)
  }
  opened = await openWorkbench({ port: 0, writeKey: 'key', clock: createFastClock(), wait })
})

afterAll(async () => {
  await opened.close()
})

const send = (method: string, path: string, body?: unknown) => callApi(opened.url, method, path, body)

async function read<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const json: Answer = await (await send(method, path, body)).json()
  return json
}

async function ask(method: string, path: string, body?: unknown) {
  const answer = await send(method, path, body)
  const json: unknown = await answer.json()
  return { status: answer.status, json }
}

test('a submission takes the events and reports each invalid line', async () => {
  const deep = `{"type":"track","userId":"u1","event":"Deep","properties":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`
  const lines = ['{"type":"identify","userId":"u1"}', '', 'no json', '[]', '{"type":"dance","userId":"u1"}', deep]
  const { rows, refused } = await read<Submitted>('POST', 'events', { source: 'file', lines })
  expect(rows.map(({ source, type, person }) => [source, type, person])).toEqual([['file', 'identify', 'u1']])
  expect(refused).toEqual([
    { line: 2, reason: 'it is not JSON' },
    { line: 3, reason: 'it is JSON, but not an object' },
    { line: 4, reason: 'its type is none of identify, track, page, screen, group and alias' },
    { line: 5, reason: 'it is nested more than 200 levels deep' }
  ])
})

test.each([
  ['GET', 'nothing', undefined, 404, { path: '', message: 'There is no such address.' }],
  ['GET', 'events/e999', undefined, 404, { path: '', message: 'There is no such event.' }],
  ['POST', 'events/e999/again', {}, 404, { path: '', message: 'There is no such event.' }],
  ['POST', 'events/e999/retry', {}, 404, { path: '', message: 'There is no such event.' }],
  ['GET', 'contacts/unknown', undefined, 404, { path: '', message: 'There is no such person.' }],
  ['GET', 'tables/__proto__', undefined, 404, { path: '', message: 'There is no such table.' }],
  ['PUT', 'faults/__proto__', { on: true }, 404, { path: '', message: 'There is no such fault.' }],
  ['PUT', 'destinations/__proto__', {}, 404, { path: '', message: 'There is no such destination.' }],
  [
    'POST',
    'events',
    { lines: [1] },
    422,
    { path: 'lines', message: 'A list of texts was expected, each an event as JSON.' }
  ],
  ['POST', 'events', [], 422, { path: '', message: 'A JSON object was expected.' }],
  ['POST', 'preview', { half: 'both' }, 422, { path: 'half', message: 'It is either web or cloud.' }],
  ['POST', 'choices', {}, 422, { path: '', message: 'An action and a field were expected.' }],
  ['POST', 'connection', { to: 'app' }, 422, { path: 'clientId', message: 'The client ID of your app is needed.' }]
])('%s %s with %j is refused with a reason', async (method, path, body, status, problem) => {
  expect(await ask(method, path, body)).toEqual({ status, json: { problems: [problem] } })
})

test('a preview shows the payload, missing fields and why the event is not taken', async () => {
  const mapping = { event_name: { '@path': '$.event' }, created_at: { '@path': '$.timestamp' } }
  const subscription = { partnerAction: 'trackEvent', subscribe: 'event = "Paid"', mapping }
  expect(
    await ask('POST', 'preview', { half: 'cloud', subscription, event: { type: 'track', event: 'Opened' } })
  ).toEqual({
    status: 200,
    json: {
      takes: false,
      whyNot: 'event is "Opened", not "Paid"',
      payload: { event_name: 'Opened' },
      problems: [{ path: 'mapping.created_at', message: 'The sample gives nothing for it, and it is needed.' }]
    }
  })
})

test('a preview reports an invalid trigger and an unknown directive with their paths', async () => {
  const subscription = { partnerAction: 'trackEvent', subscribe: 'type =', mapping: { revenue: { '@nope': 1 } } }
  expect(await ask('POST', 'preview', { half: 'cloud', subscription, event: { type: 'track' } })).toEqual({
    status: 200,
    json: {
      filterProblem: 'Segment cannot read this. Write it like: type = "track" and event = "Order Completed"',
      takes: false,
      payload: {},
      problems: [{ path: 'mapping.revenue', message: 'This has an invalid directive: @nope.' }]
    }
  })
})

test('choices come from the connected workspace, and an unknown field has a reason', async () => {
  const request = { action: 'identifyContact', field: 'custom_attributes', keys: true }
  expect((await ask('POST', 'choices', request)).json).toEqual({
    choices: [
      { label: 'plan (string)', value: 'plan' },
      { label: 'newsletter (boolean)', value: 'newsletter' },
      { label: 'favourite_colour (string)', value: 'favourite_colour' }
    ]
  })
  expect((await ask('POST', 'choices', { action: '__proto__', field: 'constructor' })).json).toEqual({
    choices: [],
    problem: '__proto__ has no choices for constructor.'
  })
})

test('every listening page gets rows, the state and the numbers of entities', async () => {
  const stream = await fetch(`${opened.url}/api/stream`)
  const heard = new Set<string>()
  const wanted = ['held', 'rows', 'state']
  await ask('POST', 'events', { source: 'editor', lines: ['{"type":"identify","userId":"u2"}'] })
  await ask('PUT', 'faults/slow', { on: true })
  await ask('PUT', 'faults/slow', { on: false })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  while (!wanted.every((name) => heard.has(name))) {
    const { value = '', done = true } = (await reader?.read()) ?? {}
    for (const [, name = ''] of value.matchAll(/^event: (\w+)$/gm)) heard.add(name)
    if (done) break
  }
  await reader?.cancel()
  expect([...heard].sort()).toEqual(wanted)
})

test('an event that Intercom could not take is retried on request', async () => {
  const mend = opened.workbench.emulator.fault({ status: 503, times: Infinity })
  const lines = ['{"type":"identify","userId":"u3","traits":{"email":"c@example.com"}}']
  const { rows } = await read<Submitted>('POST', 'events', { source: 'editor', lines })
  const id = String(rows[0]?.id)
  await opened.workbench.engine.idle()
  mend()
  expect((await read<Row>('POST', `events/${id}/retry`)).cloud.state).toBe('waiting')
  await opened.workbench.engine.idle()
  expect((await read<Row>('POST', `events/${id}/retry`)).cloud.state).toBe('delivered')
})

test('an event that came in behind an ad blocker notes which Messenger its web half used', async () => {
  await ask('PUT', 'faults/blocked-widget', { on: true })
  await ask('PUT', 'faults/secured', { on: true })
  const lines = ['{"type":"identify","userId":"u4"}']
  const { rows } = await read<Submitted>('POST', 'events', { source: 'editor', lines })
  await ask('PUT', 'faults/blocked-widget', { on: false })
  await ask('PUT', 'faults/secured', { on: false })
  await opened.workbench.engine.idle()
  const { notes } = await read<EventTrace>('GET', `events/${String(rows[0]?.id)}`)
  expect(notes).toEqual([
    expect.stringMatching(/^An ad blocker kept the Messenger from the shop’s page/),
    expect.stringMatching(/^The workspace required a proof/)
  ])
})

test('starting over while Intercom is slow leaves no contact, and every page is notified', async () => {
  await ask('PUT', 'faults/slow', { on: true })
  const lines = ['a', 'b', 'c'].map((name) => JSON.stringify({ type: 'identify', userId: name }))
  const asking = new Promise<void>((resolve) => {
    onSlowAnswer = resolve
  })
  await ask('POST', 'events', { source: 'file', lines })
  await asking
  const told: unknown[] = []
  const sending = jest.spyOn(opened.workbench.broadcast, 'send')
  expect((await send('POST', 'clear')).status).toBe(204)
  for (const [message] of sending.mock.calls) told.push([message.name, message.value])
  const start = told.findIndex((one) => Array.isArray(one) && one[0] === 'cleared')
  // These follow one another at once. The numbers of earlier calls may come afterwards.
  expect(told.slice(start, start + 4)).toEqual([
    ['cleared', null],
    ['rows', []],
    ['held', { contacts: 0, companies: 0, events: 0, tags: 0, attributes: expect.any(Number) }],
    ['state', expect.anything()]
  ])
  await ask('PUT', 'faults/slow', { on: false })
  await opened.workbench.engine.idle()
  await systemClock.sleep(2 * SLOW_MS)
  expect([opened.workbench.engine.rows(), opened.workbench.emulator.state.contacts]).toEqual([[], []])
})

test('no answer contains a token or a secret', async () => {
  await ask('POST', 'events', { source: 'editor', lines: ['{"type":"identify","userId":"u9"}'] })
  await opened.workbench.engine.idle()
  const state = await read<State>('GET', 'state')
  const rows = await read<Row[]>('GET', 'events')
  const everything = [state, rows, await read('GET', `events/${String(rows[0]?.id)}`)]
  const { token } = opened.workbench.connection.target ?? {}
  expect(token).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.stringify(everything)).not.toContain(token)
  expect(JSON.stringify(everything)).not.toMatch(/authorization|bearer|secret/i)
})

test('a template of 20,000 brackets is refused by its length, within a second', async () => {
  const subscription = {
    partnerAction: 'trackEvent',
    subscribe: 'type = "track"',
    mapping: { event_name: { '@template': '{{'.repeat(20_000) }, created_at: { '@path': '$.timestamp' } }
  }
  const startedAt = performance.now()
  expect(await ask('POST', 'preview', { half: 'cloud', subscription, event: { type: 'track' } })).toEqual({
    status: 200,
    json: {
      takes: false,
      payload: {},
      problems: [
        {
          path: 'mapping.event_name',
          message: 'This holds a template of 40,000 characters; the limit is 1,000, so it is not previewed.'
        }
      ]
    }
  })
  expect(performance.now() - startedAt).toBeLessThan(1000)
  expect((await ask('PUT', 'destinations/cloud', { subscriptions: [subscription] })).json).toEqual({
    problems: [
      {
        path: 'subscriptions[0].mapping.event_name',
        message: 'It holds a template of 40,000 characters; the limit is 1,000.'
      }
    ]
  })
})

test('a preview maps the event in the form that a destination receives', async () => {
  const subscription = {
    partnerAction: 'identifyContact',
    subscribe: 'traits.plan = "pro"',
    mapping: { role: 'user', external_id: { '@path': '$.userId' }, custom_attributes: { '@path': '$.traits' } }
  }
  const event = { type: 'identify', userId: 'u1', traits: [], context: { traits: { plan: 'pro' } } }
  expect((await ask('POST', 'preview', { half: 'cloud', subscription, event })).json).toEqual({
    takes: true,
    payload: { role: 'user', external_id: 'u1', custom_attributes: { plan: 'pro' } },
    problems: []
  })
})
