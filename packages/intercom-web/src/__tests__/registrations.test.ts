import { Analytics, AnalyticsBrowser, Context, type Plugin } from '@segment/analytics-next'
import intercomWeb, { destination } from '..'
import { openPage } from '../test-support/open-page'
import { recordIntercom, renewPage } from '../test-support/run-events'

const BOOT = { app_id: 'abc123', api_base: 'https://api-iam.intercom.io', installation_type: 's' }
const at = { timestamp: '2024-01-02T03:04:05Z' }
const last_request_at = 1704164645

let warn: jest.SpyInstance

beforeEach(() => {
  jest.useFakeTimers()
  warn = jest.spyOn(console, 'warn').mockImplementation()
})

afterEach(() => {
  jest.useRealTimers()
  renewPage()
})

const ourNames = ['trackEvent', 'identifyUser', 'identifyCompany'].map((key) => `Intercom Web (Actions) ${key}`)
const withoutMetrics = { integrations: { 'Segment.io': { apiKey: 'key' } }, metrics: { sampleRate: 0 } }

/** Analytics.js with our factory as the source of a remote plugin, which is wrapped and receives copies of events. */
async function loadRemote(): Promise<Analytics> {
  const name = 'Intercom Web (Actions)'
  const subscriptions = destination.presets.map((preset) => ({ ...preset, enabled: true }))
  const [analytics] = await AnalyticsBrowser.load(
    {
      writeKey: 'key',
      plugins: [intercomWeb],
      cdnSettings: {
        ...withoutMetrics,
        remotePlugins: [
          { name, creationName: name, libraryName: 'none', url: 'none', settings: { appId: 'abc123', subscriptions } }
        ]
      }
    },
    { integrations: { 'Segment.io': false }, disableClientPersistence: true }
  )
  return analytics
}

type SourceMiddleware = Parameters<Analytics['addSourceMiddleware']>[0]
type DestinationMiddleware = Parameters<Analytics['addDestinationMiddleware']>[1]
let ids = 0
const changeId: SourceMiddleware & DestinationMiddleware = ({ payload, next }) => {
  payload.obj.messageId = `m${(ids += 1)}`
  next(payload)
}

const enrichment: Plugin = {
  name: 'Changes ids',
  type: 'enrichment',
  version: '1.0.0',
  isLoaded: () => true,
  load: () => Promise.resolve(),
  ...Object.fromEntries(
    ['track', 'page', 'identify', 'group'].map((type) => [
      type,
      (context: { event: { messageId?: string } }) => {
        context.event.messageId = `m${(ids += 1)}`
        return context
      }
    ])
  )
}

describe.each([
  ['a source middleware', (analytics: Analytics) => analytics.addSourceMiddleware(changeId)],
  [
    'a destination middleware',
    (analytics: Analytics) => analytics.addDestinationMiddleware('Intercom Web (Actions)', changeId)
  ],
  ['an enrichment plugin', (analytics: Analytics) => analytics.register(enrichment)]
])('%s that changes the ids of messages', (_title, install) => {
  it.each([
    ['registered as plugins', async () => (await openPage()).analytics],
    ['remote', loadRemote]
  ])('loses no event of the next person, and sends none of the earlier person: %s', async (_how, load) => {
    renewPage()
    const loading = load()
    await jest.advanceTimersByTimeAsync(500)
    const analytics = await loading
    const calls = recordIntercom()
    await install(analytics)
    await jest.advanceTimersByTimeAsync(500)
    calls.length = 0
    void analytics.identify('u1', { plan: 'pro' }, at)
    void analytics.track('By the first', {}, at)
    analytics.reset()
    void analytics.identify('u2', { plan: 'free' }, at)
    void analytics.page({}, at)
    void analytics.track('By the second', {}, at)
    await jest.advanceTimersByTimeAsync(5000)
    expect(calls).toEqual([
      ['shutdown'],
      ['boot', BOOT],
      ['update', { user_id: 'u2', plan: 'free', last_request_at }],
      ['trackEvent', 'By the second']
    ])
  })
})

it('a reset drops the pending events of its own instance, and not of another one that joins later', async () => {
  const { analytics, calls, losses, pass } = await openPage()
  await pass(500)
  const other = new Analytics({ writeKey: 'other' }, { disableClientPersistence: true })
  other.initialized = true
  const plugins = await intercomWeb({ appId: 'abc123' })
  analytics.reset()
  void other.identify('u2', { plan: 'pro' }, at)
  void other.track('Early', {}, at)
  await other.register(...plugins)
  await pass(2000)
  expect(calls).toEqual([
    ['boot', BOOT],
    ['shutdown'],
    ['boot', BOOT],
    ['update', { user_id: 'u2', plan: 'pro', last_request_at }],
    ['trackEvent', 'Early']
  ])
  expect(losses).toEqual([])
})

describe('unloading the plugins', () => {
  it('ends listeners, timers and calls', async () => {
    const { analytics, calls, pass } = await openPage()
    await pass(500)
    void analytics.identify('u1', {}, at)
    await pass(100)
    const before = calls.length
    await analytics.deregister(...ourNames)
    analytics.reset()
    void analytics.identify('u2', {}, at)
    void analytics.track('Paid')
    await pass(5000)
    window.dispatchEvent(new Event('pagehide'))
    expect(calls).toHaveLength(before)
  })

  it('prevents the first boot, and reports what waited', async () => {
    const { analytics, calls, losses, pass } = await openPage()
    void analytics.track('Paid')
    await pass(100)
    await analytics.deregister(...ourNames)
    await pass(5000)
    window.dispatchEvent(new Event('pagehide'))
    expect(calls).toEqual([])
    expect(losses).toEqual([{ path: 'Paid', reason: 'plugin-unloaded' }])
    expect(jest.getTimerCount()).toBe(0)
  })

  it('removes queued calls, and does not report a missing script any more', async () => {
    renewPage()
    const analytics = new Analytics({ writeKey: 'key' }, { disableClientPersistence: true })
    await analytics.register(...(await intercomWeb({ appId: 'abc123' })))
    void analytics.identify('u1', { email: 'ada@example.com' }, at)
    await jest.advanceTimersByTimeAsync(100)
    const queue: unknown = Reflect.get(Object(window.Intercom), 'q')
    expect(queue).toHaveLength(1)
    await analytics.deregister(...ourNames)
    await jest.advanceTimersByTimeAsync(60_000)
    expect(queue).toHaveLength(0)
    expect(warn).not.toHaveBeenCalled()
  })

  it('does not affect other actions and other instances', async () => {
    const { analytics, calls, pass, addAnalytics } = await openPage()
    const other = await addAnalytics()
    await pass(500)
    await analytics.deregister(...ourNames.slice(1))
    void analytics.track('From the first')
    await pass(100)
    await analytics.deregister(...ourNames)
    void analytics.track('Not heard')
    void other.track('From the other')
    await pass(100)
    other.reset()
    expect(calls).toEqual([
      ['boot', BOOT],
      ['trackEvent', 'From the first'],
      ['trackEvent', 'From the other'],
      ['shutdown'],
      ['boot', BOOT]
    ])
  })

  it('ends when they are registered again', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', {}, at)
    await pass(500)
    await analytics.deregister(...ourNames)
    await analytics.register(...(await intercomWeb({ appId: 'abc123' })))
    void analytics.track('Paid')
    await pass(500)
    analytics.reset()
    expect(calls).toEqual([['boot', { ...BOOT, user_id: 'u1' }], ['trackEvent', 'Paid'], ['shutdown'], ['boot', BOOT]])
  })

  it('is followed by a logout if the person has changed since', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', {}, at)
    await pass(500)
    await analytics.deregister(...ourNames)
    analytics.reset()
    await analytics.register(...(await intercomWeb({ appId: 'abc123' })))
    void analytics.page({}, at)
    await pass(500)
    expect(calls).toEqual([
      ['boot', { ...BOOT, user_id: 'u1' }],
      ['shutdown'],
      ['boot', BOOT],
      ['update', { last_request_at }]
    ])
  })

  it('works for remote plugins, which Analytics.js unloads together', async () => {
    renewPage()
    const calls = recordIntercom()
    const loading = loadRemote()
    await jest.advanceTimersByTimeAsync(1000)
    const analytics = await loading
    await analytics.deregister('Intercom Web (Actions)')
    analytics.reset()
    expect(calls).toEqual([['boot', BOOT]])
  })
})

describe('registered twice on one instance', () => {
  it('sends everything once, and warns about it in one console line', async () => {
    const { analytics, calls, losses, pass } = await openPage()
    await analytics.register(...(await intercomWeb({ appId: 'abc123' })))
    await pass(500)
    void analytics.identify('u1', {}, at)
    void analytics.track('Paid', { revenue: 10 })
    await pass(500)
    expect(calls).toEqual([
      ['boot', BOOT],
      ['update', { user_id: 'u1', last_request_at }],
      ['trackEvent', 'Paid', { price: { amount: 1000, currency: 'USD' } }]
    ])
    expect(losses).toEqual([])
    expect(warn.mock.calls).toEqual([[expect.stringContaining('registered twice')]])
  })

  it('sends everything once beside a remote plugin', async () => {
    renewPage()
    const calls = recordIntercom()
    const loading = loadRemote()
    await jest.advanceTimersByTimeAsync(1000)
    const analytics = await loading
    await analytics.register(...(await intercomWeb({ appId: 'abc123' })))
    void analytics.track('Paid')
    await jest.advanceTimersByTimeAsync(1000)
    expect(calls).toEqual([
      ['boot', BOOT],
      ['trackEvent', 'Paid']
    ])
    expect(warn).toHaveBeenCalledTimes(1)
  })

  it('continues with the second registration when the first is unloaded', async () => {
    const { analytics, calls, pass } = await openPage()
    const [first] = analytics.queue.plugins
    const second = await intercomWeb({ appId: 'abc123' })
    await analytics.register(...second)
    await pass(500)
    // A page may unload single plugin objects.
    analytics.queue.plugins = [...second]
    await first?.unload?.(Context.system(), analytics)
    void analytics.track('Paid')
    await pass(500)
    expect(calls).toEqual([
      ['boot', BOOT],
      ['trackEvent', 'Paid']
    ])
  })
})
