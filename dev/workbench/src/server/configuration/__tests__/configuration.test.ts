import { ConfigurationStore } from '../configuration'

const track = {
  name: 'Purchases',
  partnerAction: 'trackEvent',
  enabled: true,
  subscribe: 'type = "track" and event = "Order Completed"',
  mapping: { event_name: { '@path': '$.event' }, created_at: { '@path': '$.timestamp' } }
}

test('starts with both destinations on and their presets', () => {
  const { web, cloud } = new ConfigurationStore().now
  expect([web.enabled, cloud.enabled]).toEqual([true, true])
  expect(web.settings).toEqual({ appId: 'demo' })
  expect(cloud.settings).toEqual({})
  expect(web.subscriptions.map(({ name, subscribe }) => [name, subscribe])).toEqual([
    ['Track Event', 'type = "track"'],
    ['Identify User', 'type = "identify" or type = "page"'],
    ['Identify Company', 'type = "group"']
  ])
  expect(cloud.subscriptions.map(({ name, subscribe }) => [name, subscribe])).toEqual([
    ['Identify Contact', 'type = "identify"'],
    ['Identify Company', 'type = "group"'],
    ['Track Event', 'type = "track"']
  ])
})

test('every problem of the settings is reported with its path, and nothing is changed', () => {
  const store = new ConfigurationStore()
  const refused = store.change('web', {
    settings: {
      appId: '',
      alignment: 'middle',
      horizontalPadding: 'wide',
      secured: 'yes',
      richLinkProperties: 'url',
      language: ' ',
      colour: 'red'
    }
  })
  expect(refused?.problems).toEqual([
    { path: 'settings.colour', message: 'This destination has no such setting.' },
    { path: 'settings.appId', message: 'App ID is needed.' },
    { path: 'settings.richLinkProperties', message: 'Rich Link Properties is a list of texts.' },
    { path: 'settings.alignment', message: 'Alignment is one of left, right.' },
    { path: 'settings.horizontalPadding', message: 'Horizontal Padding is a number.' },
    { path: 'settings.language', message: 'Language is blank.' },
    { path: 'settings.secured', message: 'Secured Workspace is either on or off.' }
  ])
  expect(store.now.web.settings).toEqual({ appId: 'demo' })
})

test('an App ID that the web destination would not accept is refused', () => {
  expect(new ConfigurationStore().change('web', { settings: { appId: 'no good!!' } })?.problems).toEqual([
    { path: 'settings.appId', message: 'An App ID is made of letters, digits, - and _.' }
  ])
})

test('a setting may be left out', () => {
  const store = new ConfigurationStore()
  expect(store.change('web', { settings: { appId: 'abc123', zIndex: 5 } })).toBeUndefined()
  expect(store.now.web.settings).toEqual({ appId: 'abc123', zIndex: 5 })
})

test('every invalid row is reported, and the mappings stay as they were', () => {
  const store = new ConfigurationStore()
  const refused = store.change('cloud', {
    subscriptions: [
      track,
      { ...track, partnerAction: 'sendMail' },
      { ...track, subscribe: 'type = ' },
      { ...track, enabled: false, mapping: { surprise: 1 } },
      { ...track, mapping: { created_at: { '@path': '$.timestamp' } } },
      { ...track, mapping: { ...track.mapping, revenue: { '@nothing': 1 } } }
    ]
  })
  expect(refused?.problems.map(({ path }) => path)).toEqual([
    'subscriptions[1].partnerAction',
    'subscriptions[2].subscribe',
    'subscriptions[3].mapping.surprise',
    'subscriptions[4].mapping.event_name',
    'subscriptions[5].mapping'
  ])
  expect(refused?.problems[3]?.message).toBe('It is missing, and trackEvent cannot run without it.')
  expect(store.now.cloud.subscriptions).toHaveLength(3)
})

test('a file of `deliver --mapping` may leave out names and `enabled`', () => {
  const store = new ConfigurationStore()
  const { name: _name, enabled: _enabled, ...bare } = track
  expect(store.change('cloud', { subscriptions: [bare, { ...track, enabled: false }] })).toBeUndefined()
  expect(store.now.cloud.subscriptions).toEqual([
    { ...track, name: 'Track Event' },
    { ...track, enabled: false }
  ])
})

test('an empty path is refused at its field, because it would select the whole event', () => {
  const mapping = { ...track.mapping, event_name: { '@path': ' ' } }
  expect(new ConfigurationStore().change('cloud', { subscriptions: [{ ...track, mapping }] })?.problems).toEqual([
    {
      path: 'subscriptions[0].mapping.event_name',
      message: 'The path is empty. Write one such as $.properties.total, or take the field out of the mapping.'
    }
  ])
})

test('all rows may be switched off or removed', () => {
  const store = new ConfigurationStore()
  expect(store.change('cloud', { subscriptions: [{ ...track, enabled: false }] })).toBeUndefined()
  expect(store.change('cloud', { subscriptions: [] })).toBeUndefined()
  expect(store.now.cloud.subscriptions).toEqual([])
})

test('the web destination’s mappings are checked against its own fields', () => {
  const store = new ConfigurationStore()
  const refused = store.change('web', { subscriptions: [{ ...track, mapping: { unknown_contact: 'create' } }] })
  expect(refused?.problems.map(({ path }) => path)).toEqual(['subscriptions[0].mapping.unknown_contact'])
})

test.each([
  ['nothing', null, ''],
  ['a list', [], ''],
  ['a switch that is none', { enabled: 'on' }, 'enabled'],
  ['settings that are none', { settings: [] }, 'settings'],
  ['mappings that are none', { subscriptions: {} }, '']
])('%s is refused with its path', (_what, change, path) => {
  expect(new ConfigurationStore().change('web', change)?.problems.map((problem) => problem.path)).toEqual([path])
})

test('keys such as `__proto__` reach no prototype', () => {
  const store = new ConfigurationStore()
  const settings: unknown = JSON.parse('{"appId":"abc123","__proto__":{"debug":true}}')
  expect(store.change('web', { settings })?.problems.map(({ path }) => path)).toEqual(['settings.__proto__'])
  expect(Object.hasOwn(Object.prototype, 'debug')).toBe(false)
})
