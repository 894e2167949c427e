import path from 'node:path'
import { parseSubscriptions } from '@intercom-destinations/delivery'
import { readMappingFile } from '../input/mapping-file'

const ROW = {
  partnerAction: 'trackEvent',
  subscribe: 'type = "track" and event = "Order Completed"',
  mapping: { event_name: { '@path': '$.event' }, created_at: { '@path': '$.timestamp' } }
}

describe('a mapping file', () => {
  it('reads the example', async () => {
    const found = await readMappingFile(path.join(__dirname, '../../../../examples/saas-week.mapping.json'))
    expect(found.map(({ name }) => name)).toEqual(['All people', 'Purchases'])
  })

  it('uses what is enabled, and what has no "enabled"', () => {
    const found = parseSubscriptions([ROW, { ...ROW, name: 'Orders', enabled: true }, { ...ROW, enabled: false }])
    expect(found.map(({ action, name }) => [action, name])).toEqual([
      ['trackEvent', undefined],
      ['trackEvent', 'Orders']
    ])
  })

  it('takes the events that its filters match', () => {
    const [orders] = parseSubscriptions([ROW])
    const event = { type: 'track' as const, userId: 'u1' }
    expect(orders?.takes({ ...event, event: 'Order Completed' })).toBe(true)
    expect(orders?.takes({ ...event, event: 'Order Cancelled' })).toBe(false)
  })

  it.each<[string, unknown, string]>([
    ['no list', {}, 'a list of subscriptions was expected'],
    ['a row that is no object', [null], '[0] must be an object with "partnerAction", "subscribe" and "mapping"'],
    [
      'an unknown action',
      [ROW, { ...ROW, partnerAction: 'trackEvents' }],
      '[1].partnerAction is "trackEvents"; this destination has identifyContact, groupIdentifyContact, trackEvent'
    ],
    [
      'an open quotation',
      [{ ...ROW, subscribe: 'type = "track' }],
      '[0].subscribe is "type = \\"track", which is no filter'
    ],
    ['an unfinished filter', [{ ...ROW, subscribe: 'type = ' }], '[0].subscribe is "type = ", which is no filter'],
    ['a filter of another language', [{ ...ROW, subscribe: 'type == "track"' }], 'which is no filter'],
    [
      'an unknown field',
      [{ ...ROW, mapping: { ...ROW.mapping, eventName: 'x' } }],
      '[0].mapping.eventName is no field of trackEvent; it has event_name, created_at'
    ],
    [
      'a missing field',
      [{ ...ROW, mapping: { event_name: 'x' } }],
      '[0].mapping.created_at is missing, and trackEvent cannot run without it'
    ],
    [
      'a wrong directive',
      [{ ...ROW, mapping: { ...ROW.mapping, id: { '@pth': 'x' } } }],
      '[0].mapping holds a directive that Segment would refuse: /id has an invalid directive: @pth.'
    ],
    ['nothing that runs', [{ ...ROW, enabled: false }], 'no subscription in it is enabled']
  ])('explains what is wrong with %s', (_, value, message) => {
    expect(() => parseSubscriptions(value)).toThrow(message)
  })
})
