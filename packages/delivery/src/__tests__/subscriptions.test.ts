import { toOrderingKeys } from '../ordering-keys'
import { parseSubscriptions } from '../parse-subscriptions'
import { toEnabledSubscriptions, toSubscription, toSubscriptions } from '../subscriptions'

it('takes the events that its filter matches, and none when the filter cannot be parsed', () => {
  const row = { partnerAction: 'trackEvent', subscribe: 'type = "track" and event = "Paid"', mapping: {} }
  const paid = toSubscription(row)
  expect(paid.takes({ type: 'track', event: 'Paid' })).toBe(true)
  expect(paid.takes({ type: 'track', event: 'Opened' })).toBe(false)
  expect(toSubscription({ ...row, subscribe: 'type = ' }).takes({ type: 'track', event: 'Paid' })).toBe(false)
})

it('enables only the automatic presets, as Segment does', () => {
  const subscriptions = toSubscriptions([
    { type: 'automatic', name: 'Track', partnerAction: 'trackEvent', subscribe: 'type = "track"', mapping: {} },
    { type: 'specificEvent', name: 'Engage', partnerAction: 'trackEvent', eventSlug: 'warehouse_entity_added_track' }
  ])
  expect(subscriptions.map(({ name, action, filter }) => [name, action, filter])).toEqual([
    ['Track', 'trackEvent', 'type = "track"']
  ])
})

it('orders events by the ids of their person, and group calls by their group too', () => {
  expect(toOrderingKeys({ type: 'identify', userId: 'u1', anonymousId: 'a1' })).toEqual({
    person: ['user u1', 'anonymous a1'],
    group: []
  })
  expect(toOrderingKeys({ type: 'alias', userId: 'u1', previousId: 'u0' }).person).toEqual(['user u1', 'user u0'])
  expect(toOrderingKeys({ type: 'group', userId: 'u1', groupId: 'acme' }).group).toEqual(['group acme'])
})

it('runs no row that is switched off, and presets beside rows of its own', () => {
  const mapping = { event_name: { '@path': '$.event' }, created_at: { '@path': '$.timestamp' } }
  const row = { partnerAction: 'trackEvent', subscribe: 'type = "track"', mapping } as const
  const parsed = parseSubscriptions([{ ...row, name: 'Parsed' }])
  const rows = [{ ...row, name: 'On' }, { ...row, name: 'Off', enabled: false }, ...parsed, ...toSubscriptions()]
  expect(toEnabledSubscriptions(rows).map(({ name }) => name)).toEqual([
    'On',
    'Parsed',
    'Identify Contact',
    'Identify Company',
    'Track Event'
  ])
})
