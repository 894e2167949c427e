import { Plugin, PluginType, type SegmentEvent } from '@segment/analytics-react-native'
import type { Mappings } from '..'
import { startApp, toLosses } from '../test-support/app'
import { newPhone } from '../test-support/intercom-module'

let said: unknown[]

beforeEach(() => {
  said = []
  jest.spyOn(console, 'warn').mockImplementation((text: unknown) => void said.push(text))
})

describe('where the Segment client skips the plugin', () => {
  const REMEDY =
    'destination named "Intercom", and the Segment client keeps all events away from this plugin. Connect the ' +
    'destination in Segment, or pass settings: analytics.add({ plugin, settings: {} }).'

  it.each([
    ['have no destination of this name', { Amplitude: {} }, "Segment's settings of this source have no"],
    ['were never fetched', undefined, "Segment's settings were not fetched, so there is no"]
  ])('because its settings %s, that is said once, with the remedy', async (_, integrations, start) => {
    const phone = newPhone()
    const { client } = await startApp({ integrations })
    await client.identify('u1')
    await client.track('Opened')
    expect(phone.calls).toEqual([])
    expect(said).toEqual([`IntercomPlugin: ${start} ${REMEDY}`])
  })

  it('the remedy works, also without a network', async () => {
    const phone = newPhone()
    const { client } = await startApp({ integrations: undefined, settings: {} })
    await client.identify('u1')
    expect(phone.calls).toEqual([['loginUserWithUserAttributes', { userId: 'u1' }]])
    expect(said).toEqual([])
  })

  it('default settings of the client work, too', async () => {
    const phone = newPhone()
    const { client } = await startApp({
      integrations: undefined,
      config: { defaultSettings: { integrations: { Intercom: {} } } }
    })
    await client.identify('u1')
    expect(phone.calls).toEqual([['loginUserWithUserAttributes', { userId: 'u1' }]])
    expect(said).toEqual([])
  })

  it('a logout still ends the login that the SDK has kept, and starts no other', async () => {
    const phone = newPhone({ login: { userId: 'u1' } })
    const { client } = await startApp({ integrations: undefined })
    await client.reset()
    expect(phone.calls).toEqual([['logout']])
  })
})

describe('mappings of the app', () => {
  const run = async (mappings: Mappings, call: 'identify' | 'screen' | 'track') => {
    const phone = newPhone({ login: { userId: 'u1' } })
    const { client, reports, plugin } = await startApp({ plugin: { mappings } })
    if (call === 'identify') await client.identify('u1', { fullName: 'Ada Lovelace', plan: 'pro', phone: '1' })
    else if (call === 'screen') await client.screen('Cart', { items: 2 })
    else await client.track('Paid', { value: 19.99, revenue: 1 })
    expect(plugin.key).toBe('Intercom')
    return { calls: phone.calls, losses: toLosses(reports) }
  }

  it('replace single fields of the defaults, and null removes one', async () => {
    const mappings: Mappings = {
      identify: {
        name: { '@path': '$.traits.fullName' },
        phone: null,
        custom_traits: { tier: { '@path': '$.traits.plan' } }
      }
    }
    expect(await run(mappings, 'identify')).toEqual({
      calls: [['updateUser', { name: 'Ada Lovelace', customAttributes: { tier: 'pro' } }]],
      losses: []
    })
    expect(said).toEqual([])
  })

  it('choose what a price is made of', async () => {
    expect(await run({ track: { revenue: { '@path': '$.properties.value' } } }, 'track')).toEqual({
      calls: [['logEvent', 'Paid', { price: 1999, currency: 'USD', value: 19.99 }]],
      losses: []
    })
  })

  it.each<[string, Mappings, unknown[][]]>([
    ['are not sent', {}, []],
    ['are events with their name on request', { screen: {} }, [['logEvent', 'Cart', { items: 2 }]]],
    [
      'have the name that the mapping gives them',
      { screen: { event_name: 'Screen Viewed', event_metadata: { screen: { '@path': '$.name' } } } },
      [['logEvent', 'Screen Viewed', { screen: 'Cart' }]]
    ],
    [
      'have a name made by a template',
      { screen: { event_name: { '@template': 'Viewed {{name}}' }, event_metadata: null } },
      [['logEvent', 'Viewed Cart']]
    ]
  ])('screens %s', async (_, mappings, calls) => {
    expect(await run(mappings, 'screen')).toEqual({ calls, losses: [] })
  })

  it('that cannot be used are named, and the defaults apply', async () => {
    const written: unknown = JSON.parse(
      '{ "track": { "event_name": { "@path": 7 }, "revenue": { "@liquid": "{{ x }}" }, "price": 1 }, "page": {} }'
    )
    const mappings: Mappings = Object(written)
    expect(await run(mappings, 'track')).toEqual({
      calls: [['logEvent', 'Paid', { price: 100, currency: 'USD', value: 19.99 }]],
      losses: []
    })
    expect(said).toEqual([
      'IntercomPlugin: some options cannot be used: mappings.page is not a call of Segment that can be mapped; ' +
        'mappings.track.event_name is not a valid mapping; mappings.track.revenue uses @liquid, which is not available ' +
        'in an app; mappings.track.price is not a field. The rest works.'
    ])
  })
})

describe('what is lost', () => {
  it('reaches the app and the log of the client, with names and reasons but without values', async () => {
    newPhone()
    const { client, reports, warnings } = await startApp()
    await client.track('Order Completed', { secret: { pin: '1234' }, revenue: 9.999 })
    expect(reports).toEqual([
      {
        type: 'track',
        losses: [
          {
            path: 'metadata.secret',
            reason: 'nested-value',
            text: 'Intercom stores single values only, not objects or lists'
          }
        ],
        doubtful: [{ path: 'revenue', reason: 'rounded', text: 'Intercom keeps whole numbers here, so it was rounded' }]
      }
    ])
    expect(warnings).toEqual([
      'Intercom track: metadata.secret was left out: Intercom stores single values only, not objects or lists',
      'Intercom track: revenue was sent, but: Intercom keeps whole numbers here, so it was rounded'
    ])
  })

  it('includes an event without a name, and a group call without an id', async () => {
    const phone = newPhone({ login: { userId: 'u1' } })
    const { client, reports } = await startApp()
    await client.track(' ')
    await client.group('', { plan: 'pro' })
    expect(phone.calls).toEqual([])
    expect(toLosses(reports)).toEqual([
      { path: 'event_name', reason: 'missing' },
      { path: 'company', reason: 'no-company-id' }
    ])
  })
})

/** As the README says for clients without enrichment closures. */
class IntercomOptions extends Plugin {
  override type = PluginType.enrichment

  override execute(event: SegmentEvent): SegmentEvent {
    return { ...event, integrations: { ...event.integrations, Intercom: { jwt: 'j1' } } }
  }
}

it('a plugin of the app can add the proof to every event', async () => {
  const phone = newPhone()
  const { client } = await startApp()
  client.add({ plugin: new IntercomOptions() })
  await client.identify('u1')
  await client.track('Opened')
  expect(phone.calls).toEqual([
    ['setUserJwt', 'j1'],
    ['loginUserWithUserAttributes', { userId: 'u1' }],
    ['logEvent', 'Opened']
  ])
})

it('a flush waits until Intercom has everything', async () => {
  const phone = newPhone({ turns: () => 10 })
  const { client, plugin } = await startApp()
  void client.track('Opened')
  while (phone.calls.length === 0) await new Promise((resolve) => setImmediate(resolve))
  await plugin.flush()
  expect(phone.calls).toEqual([['loginUnidentifiedUser'], ['logEvent', 'Opened']])
})
