import type { DestinationCard } from '../../../contract'
import { withKey } from '../keyed-rows'
import { isReplacing, newRow, sayReplacing, withCopy } from '../subscription-rows'

const card: DestinationCard = {
  half: 'cloud',
  name: 'Intercom',
  slug: 'intercom',
  description: '',
  settings: {},
  presets: [],
  offered: [
    { name: 'Page views', partnerAction: 'trackEvent', enabled: false, subscribe: 'type = "page"', mapping: {} }
  ],
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

it('adds a ready-made row, off, under a name that is free', () => {
  const [first] = card.offered
  expect(newRow(card, 'Page views', first ? [first] : [])).toEqual({ ...first, name: 'Page views 2' })
})

it('starts a row with the default mapping', () => {
  expect(newRow(card, 'trackEvent', [])).toEqual({
    name: 'Track Event',
    partnerAction: 'trackEvent',
    enabled: true,
    subscribe: 'type = "track"',
    mapping: { event_name: { '@path': '$.event' } }
  })
})

it('gives every row a different name', () => {
  const first = newRow(card, 'trackEvent', [])
  expect(newRow(card, 'trackEvent', [first]).name).toBe('Track Event 2')
})

it('adds a copy below the row, switched off, so that nothing is sent twice', () => {
  const row = newRow(card, 'trackEvent', [])
  const [one, other] = [withKey(row), withKey({ ...row, name: 'Other' })]
  const [first, copy, last] = withCopy([one, other], one.key)
  expect([first, last]).toEqual([one, other])
  expect(copy?.row).toEqual({ ...row, name: 'Track Event (copy)', enabled: false })
  expect([one.key, other.key]).not.toContain(copy?.key)
})

it('asks only before a file replaces edited mappings', () => {
  const row = newRow(card, 'trackEvent', [])
  const own = { ...row, name: 'Orders' }
  expect(isReplacing([{ ...row }], [own], [row])).toBe(true)
  expect(isReplacing([{ ...own }], [row], [row])).toBe(false)
  expect(isReplacing([{ ...own }], [own], [row])).toBe(false)
  expect(isReplacing([{ ...own }], [], [row])).toBe(false)
  expect(isReplacing([], [own], [row])).toBe(false)
  expect(isReplacing({ data: { subscriptions: [] } }, [own], [row])).toBe(true)
  expect(isReplacing({ data: { subscriptions: [] } }, [row], [row])).toBe(false)
  expect(isReplacing('text', [own], [row])).toBe(false)
  expect(sayReplacing(1, undefined, 'a.json')).toBe('Replace the mapping that is here by those of a.json?')
  expect(sayReplacing(3, 1, 'a.json')).toBe('Replace the 3 mappings that are here by the one of a.json?')
  expect(sayReplacing(1, 2, 'a.json')).toBe('Replace the mapping that is here by the 2 of a.json?')
})
