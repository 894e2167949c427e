import { Analytics, Context } from '@segment/analytics-next'
import { generatePlugins } from '@segment/browser-destination-runtime/plugin'
import type { BrowserActionDefinition, BrowserDestinationDefinition } from '@segment/browser-destination-runtime/types'
import * as stub from '../../build/plugin-stub'

interface Settings {
  appId: string
}

/** A destination whose client is the list of what its actions were given. */
function createDestination(initialize?: () => Promise<unknown[]>) {
  const received: unknown[] = []
  const action = (name: string): BrowserActionDefinition<Settings, unknown[]> => ({
    title: name,
    description: '',
    platform: 'web',
    fields: {},
    perform: (client, { payload, mapping, settings }) => {
      client.push({ name, payload, mapping, settings })
    }
  })
  const definition = {
    name: 'Destination',
    mode: 'device',
    initialize: jest.fn(initialize ?? (() => Promise.resolve(received))),
    actions: { send: action('send'), other: action('other'), idle: action('idle') }
  } satisfies BrowserDestinationDefinition<Settings, unknown[]>
  return { definition, received }
}

const settings = { appId: 'abc123' }
const picked = { user: { '@path': '$.userId' } }
const rows = [
  { partnerAction: 'send', name: 'a', enabled: true, subscribe: 'type = "track"', mapping: picked },
  { partnerAction: 'send', name: 'b', enabled: true, subscribe: 'event = "Other"', mapping: {} },
  { partnerAction: 'send', name: 'c', enabled: true, subscribe: 'userId = "u1"', mapping: { fixed: 1 } },
  { partnerAction: 'other', name: 'd', enabled: true, subscribe: 'type = "track"', mapping: { a: { '@none': 1 } } },
  { partnerAction: 'idle', name: 'e', enabled: false, subscribe: 'type = "track"', mapping: {} }
]
const track = () => new Context({ type: 'track', event: 'Signed Up', userId: 'u1' })
const analytics = new Analytics({ writeKey: 'test' })

describe.each([
  ['Segment', generatePlugins],
  ['the browser bundles', stub.generatePlugins]
])('the plugins of %s', (_, generate) => {
  it('are one for each action with a mapping that is on', () => {
    const plugins = generate(createDestination().definition, settings, rows)
    expect(plugins.map(({ name, type, version }) => [name, type, version])).toEqual([
      ['Destination send', 'destination', '0.1.0'],
      ['Destination other', 'destination', '0.1.0']
    ])
    expect(Object.keys(plugins[0] ?? {}).sort()).toEqual([
      'alias',
      'group',
      'identify',
      'isLoaded',
      'load',
      'name',
      'page',
      'ready',
      'track',
      'type',
      'version'
    ])
  })

  it('start the destination once, for the first instance', async () => {
    const { definition } = createDestination()
    const plugins = generate(definition, settings, rows)
    const loads = plugins.map((plugin) => plugin.load(Context.system(), analytics))
    expect(plugins.map((plugin) => plugin.isLoaded())).toEqual([false, false])
    await Promise.all(loads)
    await plugins[0]?.load(Context.system(), new Analytics({ writeKey: 'other' }))
    expect(plugins.map((plugin) => plugin.isLoaded())).toEqual([true, true])
    expect(definition.initialize).toHaveBeenCalledTimes(1)
    expect(definition.initialize.mock.lastCall).toEqual(expect.arrayContaining([{ settings, analytics }]))
  })

  it('start it again after it has thrown', async () => {
    let isBroken = true
    const { definition } = createDestination(() => {
      if (isBroken) throw new Error('no app id')
      return Promise.resolve([])
    })
    const [plugin] = generate(definition, settings, rows)
    await expect(plugin?.load(Context.system(), analytics)).rejects.toThrow('no app id')
    expect(plugin?.isLoaded()).toBe(false)
    isBroken = false
    await plugin?.load(Context.system(), analytics)
    expect(plugin?.isLoaded()).toBe(true)
  })

  it('perform an action for each mapping whose filter passes the event', async () => {
    const { definition, received } = createDestination()
    const [plugin] = generate(definition, settings, rows)
    await plugin?.load(Context.system(), analytics)
    const context = track()
    expect(await plugin?.track?.(context)).toBe(context)
    expect(received).toEqual([
      { name: 'send', payload: { user: 'u1' }, mapping: picked, settings },
      { name: 'send', payload: { fixed: 1 }, mapping: { fixed: 1 }, settings }
    ])
  })

  it('fail an event whose mapping cannot be followed', async () => {
    const { definition, received } = createDestination()
    const [, plugin] = generate(definition, settings, rows)
    await plugin?.load(Context.system(), analytics)
    await expect(plugin?.track?.(track())).rejects.toThrow('@none')
    expect(received).toEqual([])
  })
})
