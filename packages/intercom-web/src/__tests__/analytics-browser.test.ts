import { AnalyticsBrowser } from '@segment/analytics-next'
import intercomWeb, { destination } from '..'
import { recordIntercom, renewPage } from '../test-support/run-events'

/** 1704164645 in Unix seconds. */
const timestamp = '2024-01-02T03:04:05Z'
const withoutMetrics = { integrations: { 'Segment.io': { apiKey: 'key' } }, metrics: { sampleRate: 0 } }

/** A settings document with the destination, and its presets as mappings. */
const cdnSettings = {
  ...withoutMetrics,
  remotePlugins: [
    {
      name: intercomWeb.pluginName,
      creationName: intercomWeb.pluginName,
      libraryName: 'intercomDestination',
      url: 'https://never.example/requested.js',
      settings: {
        appId: 'abc123',
        activator: '#help',
        subscriptions: destination.presets.map((preset) => ({ ...preset, enabled: true }))
      }
    }
  ]
}

let calls: unknown[][]

beforeEach(() => {
  renewPage()
  window.localStorage.clear()
  calls = recordIntercom()
})

afterEach(renewPage)

/** Sends everything that waits. */
function leavePage(): void {
  window.dispatchEvent(new Event('pagehide'))
}

it('works as a factory in `plugins`, with the settings document’s mappings', async () => {
  const [analytics] = await AnalyticsBrowser.load(
    { writeKey: 'key', plugins: [intercomWeb], cdnSettings },
    { integrations: { 'Segment.io': false } }
  )
  await analytics.identify('u1', { email: 'ada@example.com', plan: 'pro' }, { timestamp })
  await analytics.track('Order Completed', { revenue: 19.99, currency: 'EUR' }, { timestamp })
  // Not one after the other: on a slow machine they would not be merged within 50 ms.
  await Promise.all([analytics.page('Home', {}, { timestamp }), analytics.group('c1', { name: 'Acme' }, { timestamp })])
  leavePage()
  const widget = { activator: '#help' }
  expect(calls).toEqual([
    [
      'boot',
      {
        app_id: 'abc123',
        api_base: 'https://api-iam.intercom.io',
        installation_type: 's',
        custom_launcher_selector: '#help',
        user_id: 'u1',
        email: 'ada@example.com',
        plan: 'pro',
        widget
      }
    ],
    ['trackEvent', 'Order Completed', { price: { amount: 1999, currency: 'EUR' } }],
    ['update', { user_id: 'u1', company: { company_id: 'c1', name: 'Acme' }, widget, last_request_at: 1704164645 }]
  ])
  expect(document.querySelectorAll('script')).toHaveLength(0)
})

it('works when registered directly, and obeys `integrations` with the name of the destination', async () => {
  const [analytics] = await AnalyticsBrowser.load(
    { writeKey: 'key', cdnSettings: withoutMetrics },
    { integrations: { 'Segment.io': false } }
  )
  await analytics.register(...(await intercomWeb({ appId: 'abc123' })))
  await analytics.track('Heard')
  await analytics.track('Not heard', {}, { integrations: { 'Intercom Web (Actions)': false } })
  await analytics.track('Not heard', {}, { integrations: { All: false } })
  await analytics.track('Heard again', {}, { integrations: { All: false, 'Intercom Web (Actions)': true } })
  leavePage()
  expect(calls.slice(1)).toEqual([
    ['trackEvent', 'Heard'],
    ['trackEvent', 'Heard again']
  ])
})

it('sends a Date as seconds in an event and in a date field; Analytics.js stores traits as texts', async () => {
  const [analytics] = await AnalyticsBrowser.load(
    { writeKey: 'key', cdnSettings: withoutMetrics },
    { integrations: { 'Segment.io': false } }
  )
  await analytics.register(...(await intercomWeb({ appId: 'abc123' })))
  const when = new Date(timestamp)
  await analytics.identify('u1', { createdAt: when, renewal: when })
  await analytics.track('Renewed', { when, text: '2024-01-02T03:04:05.000Z' })
  leavePage()
  expect(calls[0]?.[1]).toMatchObject({ created_at: 1704164645, renewal: '2024-01-02T03:04:05.000Z' })
  expect(calls[1]).toEqual(['trackEvent', 'Renewed', { when: 1704164645, text: '2024-01-02T03:04:05.000Z' }])
})

it('does not break the page if the settings are wrong, and explains the mistake', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation()
  const [analytics] = await AnalyticsBrowser.load(
    { writeKey: 'key', plugins: await intercomWeb({ appId: 'not an id' }), cdnSettings: withoutMetrics },
    { integrations: { 'Segment.io': false } }
  )
  const tracked = await analytics.track('Opened')
  expect(tracked.event.event).toBe('Opened')
  expect(calls).toEqual([])
  // Analytics.js warns once for each plugin.
  const texts = warn.mock.calls.map((words) => words.join(' '))
  expect(texts).toHaveLength(3)
  for (const text of texts) expect(text).toContain('Copy it from the address of your Intercom inbox')
})
