import { Analytics, Context, type JSONValue } from '@segment/analytics-next'
import intercomWeb, { destination, intercomWebFromJson } from '..'
import { createFactory } from '../create-factory'
import { runEvent, runEvents } from '../test-support/run-events'

const keysOf = (fields: object) => Object.keys(fields)

describe('the definition keeps the catalog contract', () => {
  it('by slug, name and mode', () => {
    expect([destination.slug, destination.name, destination.mode]).toEqual([
      'actions-intercom-web',
      'Intercom Web (Actions)',
      'device'
    ])
  })

  it('by settings', () => {
    const { appId, activator, richLinkProperties, apiBase, ...ours } = destination.settings
    expect(appId).toMatchObject({ type: 'string', required: true })
    expect(activator).toMatchObject({ type: 'string', default: '#IntercomDefaultWidget' })
    expect(richLinkProperties).toMatchObject({ type: 'string', multiple: true })
    expect(apiBase).toMatchObject({
      type: 'string',
      default: 'https://api-iam.intercom.io',
      choices: [
        { label: 'US', value: 'https://api-iam.intercom.io' },
        { label: 'EU', value: 'https://api-iam.eu.intercom.io' },
        { label: 'Australia', value: 'https://api-iam.au.intercom.io' }
      ]
    })
    expect(Object.values(ours).filter((setting) => 'required' in setting)).toEqual([])
    expect(keysOf(ours)).toEqual([
      'hideLauncherAtStart',
      'hideNotifications',
      'alignment',
      'horizontalPadding',
      'verticalPadding',
      'zIndex',
      'sessionDuration',
      'language',
      'themeMode',
      'actionColor',
      'backgroundColor',
      'linkColor',
      'cspNonce',
      'loadTimeoutMs',
      'bootAfterReset',
      'bootPersistedUser',
      'linkVisitor',
      'secured',
      'sendMessengerEvents',
      'debug'
    ])
  })

  it('by the keys and types of its fields', () => {
    const types = Object.fromEntries(
      Object.entries(destination.actions).map(([key, { fields }]) => [
        key,
        Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, Reflect.get(Object(field), 'type')]))
      ])
    )
    expect(types).toEqual({
      trackEvent: {
        event_name: 'string',
        revenue: 'number',
        currency: 'string',
        event_metadata: 'object',
        nested_values: 'string'
      },
      identifyUser: {
        user_id: 'string',
        custom_traits: 'object',
        name: 'string',
        phone: 'string',
        unsubscribed_from_emails: 'boolean',
        language_override: 'string',
        email: 'string',
        created_at: 'datetime',
        avatar_image_url: 'string',
        user_hash: 'string',
        intercom_user_jwt: 'string',
        company: 'object',
        companies: 'object',
        hide_default_launcher: 'boolean',
        last_request_at: 'datetime',
        nested_values: 'string',
        include_context: 'boolean',
        context_attributes: 'object'
      },
      identifyCompany: { company: 'object', nested_values: 'string', hide_default_launcher: 'boolean' },
      messengerCommand: { command: 'string', space: 'string', content_id: 'string', text: 'string' }
    })
  })

  it('by what is required', () => {
    const required = Object.entries(destination.actions).flatMap(([key, { fields }]) =>
      Object.entries(fields)
        .filter(([, field]) => Reflect.get(Object(field), 'required') === true)
        .map(([name]) => `${key}.${name}`)
    )
    expect(required).toEqual(['trackEvent.event_name', 'identifyCompany.company', 'messengerCommand.command'])
  })

  it('by presets with the triggers and defaults of the actions', () => {
    expect(destination.presets.map(({ name, partnerAction, subscribe }) => [name, partnerAction, subscribe])).toEqual([
      ['Track Event', 'trackEvent', 'type = "track"'],
      ['Identify User', 'identifyUser', 'type = "identify" or type = "page"'],
      ['Identify Company', 'identifyCompany', 'type = "group"']
    ])
    for (const { partnerAction, subscribe, mapping } of destination.presets) {
      const action = destination.actions[partnerAction]
      expect(action?.defaultSubscription).toBe(subscribe)
      for (const [key, value] of Object.entries(mapping))
        expect(value).toEqual(Reflect.get(Object(Reflect.get(Object(action?.fields), key)), 'default'))
    }
    expect(destination.presets[0]?.mapping).toMatchObject({
      event_name: { '@path': '$.event' },
      event_metadata: { '@path': '$.properties' }
    })
    expect(Object.keys(destination.presets[0]?.mapping ?? {})).toEqual([
      'event_name',
      'revenue',
      'currency',
      'event_metadata',
      'nested_values'
    ])
  })
})

describe('the factory', () => {
  it('has the name by which Analytics.js finds it', () => {
    expect(intercomWeb.pluginName).toBe('Intercom Web (Actions)')
  })

  it('creates one plugin for each action, with the name of the destination', async () => {
    const plugins = await intercomWeb({ appId: 'abc123' })
    expect(plugins.map(({ name, type, alternativeNames }) => ({ name, type, alternativeNames }))).toEqual(
      ['trackEvent', 'identifyUser', 'identifyCompany'].map((action) => ({
        name: `Intercom Web (Actions) ${action}`,
        type: 'destination',
        alternativeNames: ['Intercom Web (Actions)']
      }))
    )
  })

  it('creates plugins only for enabled subscriptions', async () => {
    jest.spyOn(console, 'warn').mockImplementation()
    const row = { subscribe: 'type = "track"', mapping: {} }
    const plugins = await intercomWebFromJson({
      appId: 'abc123',
      subscriptions: [
        { ...row, partnerAction: 'trackEvent', enabled: false },
        { ...row, partnerAction: 'identifyUser', enabled: true },
        { ...row, partnerAction: 'unheardOf', enabled: true }
      ]
    })
    expect(plugins.map(({ name }) => name)).toEqual(['Intercom Web (Actions) identifyUser'])
    expect(await intercomWeb({ appId: 'abc123', subscriptions: [] })).toEqual([])
  })

  it.each<JSONValue>([null, 'abc123', {}, { appId: 12 }])(
    'explains what is missing for the settings %j',
    async (settings) => {
      jest.spyOn(console, 'warn').mockImplementation()
      const [plugin] = await intercomWebFromJson(settings)
      await expect(plugin?.load(Context.system(), new Analytics({ writeKey: 'test' }))).rejects.toThrow('the App ID')
    }
  )

  it('boots once for all its plugins', async () => {
    const { calls } = await runEvents([])
    expect(calls.map(([command]) => command)).toEqual(['boot'])
  })

  it('creates plugins that do nothing before they are loaded', async () => {
    const plugins = await intercomWeb({ appId: 'abc123' })
    const context = new Context({ type: 'track', event: 'Opened', properties: { list: [] } })
    for (const plugin of plugins) await plugin.track?.(context)
    expect(context.logs()).toEqual([])
  })

  it('ignores an unknown type of call', async () => {
    expect(await runEvent({ type: 'screen', name: 'Home' })).toEqual({
      calls: [],
      losses: [],
      doubtful: [],
      logs: []
    })
  })
})

it('warns that nothing happens without subscriptions', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
  expect(await createFactory([])({ appId: 'abc123' })).toEqual([])
  expect(warn.mock.calls).toEqual([
    ['Intercom Web (Actions): the settings hold no subscriptions, so this script does nothing.']
  ])
  expect(await createFactory([])({ appId: 'abc123', subscriptions: [] })).toEqual([])
  expect(warn).toHaveBeenCalledTimes(1)
})
