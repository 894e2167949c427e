import type { DestinationCard } from '../../../contract'
import { newRow, withCopy } from '../subscription-rows'

const card: DestinationCard = {
  half: 'cloud',
  name: 'Intercom',
  slug: 'intercom',
  description: '',
  settings: {},
  presets: [],
  actions: {
    trackEvent: {
      title: 'Track Event',
      description: '',
      defaultSubscription: 'type = "track"',
      fields: {
        event_name: { label: 'Name', description: '', type: 'string', default: { '@path': '$.event' } },
        id: { label: 'Id', description: '', type: 'string' }
      }
    }
  }
}

it('begins a row with the defaults of its fields', () => {
  expect(newRow(card, 'trackEvent', [])).toEqual({
    name: 'Track Event',
    partnerAction: 'trackEvent',
    enabled: true,
    subscribe: 'type = "track"',
    mapping: { event_name: { '@path': '$.event' } }
  })
})

it('gives rows names that differ', () => {
  const first = newRow(card, 'trackEvent', [])
  expect(newRow(card, 'trackEvent', [first]).name).toBe('Track Event 2')
})

it('copies a row after itself, switched off, so that nothing is sent twice', () => {
  const row = newRow(card, 'trackEvent', [])
  const other = { ...row, name: 'Other' }
  expect(withCopy([row, other], 0)).toEqual([row, { ...row, name: 'Track Event (copy)', enabled: false }, other])
})
