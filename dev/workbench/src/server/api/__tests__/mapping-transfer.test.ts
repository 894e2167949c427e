import { openWorkbench, type OpenedWorkbench } from '../../open-workbench'
import { createFastClock } from '../../test-support/fast-clock'

let opened: OpenedWorkbench

beforeAll(async () => {
  opened = await openWorkbench({ port: 0, writeKey: 'key', clock: createFastClock() })
})

afterAll(async () => {
  await opened.close()
})

async function ask(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${opened.url}/api/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  })
  const json: unknown = await answer.json()
  return { status: answer.status, json }
}

const SUBSCRIPTION = {
  name: 'Orders',
  actionSlug: 'trackEvent',
  enabled: false,
  trigger: 'type = "track"',
  settings: {
    event_name: { '@path': '$.event' },
    created_at: { '@path': '$.timestamp' },
    user_id: { '@path': '$.userId' }
  }
}
const ANSWER = { data: { subscriptions: [SUBSCRIPTION] } }

test('mappings are imported as the Public API lists them, and exported in each format', async () => {
  expect((await ask('POST', 'destinations/cloud/import', ANSWER)).status).toBe(200)
  expect((await ask('GET', 'destinations/cloud/export')).json).toEqual([
    {
      name: 'Orders',
      partnerAction: 'trackEvent',
      enabled: false,
      subscribe: 'type = "track"',
      mapping: SUBSCRIPTION.settings
    }
  ])
  expect((await ask('GET', 'destinations/cloud/export?format=public-api')).json).toEqual(ANSWER)
  const terraform = (await ask('GET', 'destinations/cloud/export?format=terraform')).json
  expect((await ask('POST', 'destinations/cloud/import', terraform)).status).toBe(200)
  expect((await ask('GET', 'destinations/cloud/export?format=public-api')).json).toEqual(ANSWER)
})

test('a file with an unclear action or of another kind is refused with what to do', async () => {
  const unclear = [{ ...SUBSCRIPTION, actionSlug: undefined, actionId: 'kAs8', settings: {} }]
  expect(JSON.stringify((await ask('POST', 'destinations/cloud/import', unclear)).json)).toContain(
    'add \\"actionSlug\\" with one of'
  )
  expect(JSON.stringify((await ask('POST', 'destinations/cloud/import', { a: 1 })).json)).toContain(
    'A list of subscriptions was expected'
  )
})

test('a preview marks what Segment ignores silently at its field', async () => {
  const subscription = {
    name: 'Orders',
    partnerAction: 'trackEvent',
    enabled: true,
    subscribe: 'type = "track" and',
    mapping: { ...SUBSCRIPTION.settings, event_name: '{{event}}', revenue: { '@path': '$.properties.total ' } }
  }
  const event = { type: 'track', event: 'a', userId: 'u1', timestamp: '2026-11-09T08:00:00Z' }
  expect((await ask('POST', 'preview', { half: 'cloud', subscription, event })).json).toMatchObject({
    takes: true,
    filterProblem: 'Segment reads this trigger as: type = "track" – and ignores the rest. Complete or remove it.',
    problems: [
      { path: 'mapping.event_name', message: expect.stringContaining('is sent as it stands, with its braces.') },
      { path: 'mapping.revenue', message: expect.stringContaining('has a blank at its end') }
    ]
  })
})

test('what Segment ignores silently in imported mappings is in the state, with the place of each part', async () => {
  const broken = {
    ...SUBSCRIPTION,
    trigger: 'type = "track" and',
    settings: { ...SUBSCRIPTION.settings, revenue: { '@path': '$.properties.total ' } }
  }
  const state = (await ask('POST', 'destinations/cloud/import', { data: { subscriptions: [SUBSCRIPTION, broken] } }))
    .json
  expect(state).toMatchObject({
    ignored: {
      web: [],
      cloud: [
        { path: 'subscriptions[1].subscribe', message: expect.stringContaining('and ignores the rest') },
        { path: 'subscriptions[1].mapping.revenue', message: expect.stringContaining('has a blank at its end') }
      ]
    }
  })
  expect((await ask('POST', 'destinations/cloud/import', ANSWER)).json).toMatchObject({ ignored: { cloud: [] } })
})
