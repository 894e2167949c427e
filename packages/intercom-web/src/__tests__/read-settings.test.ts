import { Analytics, AnalyticsBrowser, Context, type JSONValue } from '@segment/analytics-next'
import { intercomWebFromJson } from '..'
import { createFactory } from '../create-factory'
import { readSettings } from '../read-settings'
import { settings as definedSettings } from '../settings'
import { recordIntercom, renewPage } from '../test-support/run-events'

const ACTIONS = ['trackEvent', 'identifyUser']
const complaintsOf = (settings: unknown) => readSettings(settings, ACTIONS).complaints
const row = { partnerAction: 'trackEvent', enabled: true, subscribe: 'type = "track"', mapping: {} }

it.each<[unknown, string[]]>([
  [{ appId: 'abc123' }, []],
  [{ appId: 'abc123', activator: '', zIndex: null, secured: undefined, versionSettings: {}, type: 'browser' }, []],
  [{ appId: 'abc123', zIndex: '10', secured: 'true', richLinkProperties: 'link' }, []],
  [{ appId: 12 }, ['appId must be a text']],
  [{ zIndex: 'high' }, ['zIndex must be a number']],
  [{ secured: 'yes' }, ['secured must be true or false']],
  [
    { activator: {}, richLinkProperties: [1] },
    ['activator must be a text', 'richLinkProperties must be a list of names']
  ],
  [{ app_id: 'abc123' }, ['app_id is spelled appId']],
  [{ bootafterreset: false }, ['bootafterreset is spelled bootAfterReset']],
  [{ subscriptions: {} }, ['subscriptions must be a list of mappings']],
  [{ subscriptions: 'all' }, ['subscriptions must be a list of mappings']],
  [{ subscriptions: [null, row] }, ['subscriptions[0] must be an object']],
  [
    { subscriptions: [{ ...row, partnerAction: 'trackevent' }] },
    ['subscriptions[0].partnerAction must be one of trackEvent, identifyUser']
  ],
  [{ subscriptions: [{ ...row, enabled: 'yes' }] }, ['subscriptions[0].enabled must be true or false']],
  [
    { subscriptions: [{ ...row, subscribe: 5 }] },
    ['subscriptions[0].subscribe must be a filter, such as type = "track"']
  ],
  [{ subscriptions: [{ ...row, mapping: [] }] }, ['subscriptions[0].mapping must be an object']],
  [{ subscriptions: [{ partnerAction: 'trackEvent', enabled: true, subscribe: '' }] }, []],
  ['abc123', ['they must be an object']],
  [[], ['they must be an object']]
])('reports for %j: %j', (settings, complaints) => {
  expect(complaintsOf(settings)).toEqual(complaints)
})

it('keeps what can be used, and reads numbers and booleans that a form sends as texts', () => {
  const given = { appId: 'abc123', zIndex: '10', secured: 'true', activator: 5, subscriptions: [null, row] }
  expect(readSettings(given, ACTIONS).settings).toEqual({
    appId: 'abc123',
    zIndex: 10,
    secured: true,
    subscriptions: [row]
  })
})

const VALUES = { string: 'a text', number: 5, boolean: true }
const namedSettings = Object.entries(definedSettings).map(([name, { type, multiple }]) => {
  const value = VALUES[type === 'password' ? 'string' : type]
  return [name, multiple === true ? [value] : value] as const
})
it.each(namedSettings)('reads the setting %s of the catalog', (name, value) => {
  expect(readSettings({ [name]: value }, ACTIONS)).toEqual({ settings: { appId: '', [name]: value }, complaints: [] })
})

describe('the factory', () => {
  let warn: jest.SpyInstance
  beforeEach(() => {
    renewPage()
    warn = jest.spyOn(console, 'warn').mockImplementation()
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  it.each<JSONValue>([
    { appId: 'abc123', subscriptions: {} },
    { appId: 'abc123', subscriptions: [null] },
    { appId: 'abc123', subscriptions: [{ partnerAction: 'trackEvent', enabled: true, subscribe: null, mapping: 5 }] },
    { appId: 'abc123', richLinkProperties: 5, loadTimeoutMs: 'soon', activator: {}, debug: [] },
    5
  ])('does not throw for %j, and reports what is wrong in one console line', async (settings) => {
    const made: unknown = intercomWebFromJson(settings)
    expect(made).toBeInstanceOf(Promise)
    await made
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining('Intercom Web (Actions): some settings cannot be used: ')]
    ])
  })

  it('uses the valid mappings beside the invalid ones', async () => {
    const calls = recordIntercom()
    const mapping = { event_name: { '@path': '$.event' } }
    const rows: JSONValue = [null, { ...row, mapping }, 'all']
    const plugins = await intercomWebFromJson({ appId: 'abc123', zIndex: {}, subscriptions: rows })
    const analytics = new Analytics({ writeKey: 'key' }, { disableClientPersistence: true })
    for (const plugin of plugins) {
      await plugin.load(Context.system(), analytics)
      await plugin.track?.(new Context({ type: 'track', event: 'Paid' }))
    }
    window.dispatchEvent(new Event('pagehide'))
    expect(calls.map(([command, what]) => [command, typeof what])).toEqual([
      ['boot', 'object'],
      ['trackEvent', 'string']
    ])
  })

  it('warns once if Analytics.js has the factory and does not call it', async () => {
    jest.useFakeTimers()
    const factory = createFactory([])
    const settings = { integrations: { 'Segment.io': { apiKey: 'key' } }, metrics: { sampleRate: 0 } }
    const load = () =>
      AnalyticsBrowser.load(
        { writeKey: 'key', plugins: [factory], cdnSettings: settings },
        { integrations: { 'Segment.io': false }, disableClientPersistence: true }
      )
    load()
    load()
    await jest.advanceTimersByTimeAsync(60_000)
    expect(warn.mock.calls).toEqual([[expect.stringContaining('has not called the factory')]])
    expect(warn.mock.calls[0]).toEqual([expect.stringContaining('plugins: await intercomWeb({ appId })')])
  })

  it('does not warn if Analytics.js calls it', async () => {
    jest.useFakeTimers()
    const factory = createFactory([])
    expect(factory.pluginName).toBe('Intercom Web (Actions)')
    await factory({ appId: 'abc123', subscriptions: [] })
    await jest.advanceTimersByTimeAsync(60_000)
    expect(warn).not.toHaveBeenCalled()
  })
})
