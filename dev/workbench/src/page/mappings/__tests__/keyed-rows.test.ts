import type { SubscriptionRow } from '../../../contract'
import { areSameRows, rekey, toPlaces, toRefusals, withKey } from '../keyed-rows'

const row = (name: string, subscribe = 'type = "track"', partnerAction = 'trackEvent'): SubscriptionRow => ({
  name,
  partnerAction,
  enabled: true,
  subscribe,
  mapping: { event_name: { '@path': '$.event' } }
})
const [a, b, c] = [row('a'), row('b'), row('c')]
const keysOf = (keyed: readonly { readonly key: string }[]) => keyed.map(({ key }) => key)

it('gives every row its own key', () => {
  expect(new Set(keysOf(rekey([], [a, a, b]))).size).toBe(3)
})

it('keeps the keys of the other rows when a row is deleted, added or moved', () => {
  const known = rekey([], [a, b])
  const [first, second] = keysOf(known)
  expect(keysOf(rekey(known, [b]))).toEqual([second])
  expect(keysOf(rekey(known, [c, b, a])).slice(1)).toEqual([second, first])
  expect([first, second]).not.toContain(keysOf(rekey(known, [c, b, a]))[0])
})

it('keeps an unchanged row object, so that its preview is not requested again', () => {
  const known = rekey([], [a, b])
  expect(rekey(known, [{ ...a }, { ...b }])[0]).toBe(known[0])
})

it('matches a row that was changed elsewhere, unless its action differs', () => {
  const known = rekey([], [a, b])
  const [first, second] = keysOf(known)
  expect(keysOf(rekey(known, [row('b', 'type = "page"')]))).toEqual([second])
  expect(keysOf(rekey(known, [row('a', 'type = "identify"', 'identifyContact')]))).not.toContain(first)
})

it('matches a renamed row by its position if no row was added or removed', () => {
  const known = rekey([], [a, b])
  const renamed = row('Orders', 'type = "page"')
  expect(keysOf(rekey(known, [a, renamed], known))).toEqual(keysOf(known))
  expect(keysOf(known)).not.toContain(keysOf(rekey(known, [renamed], known))[0])
  expect(keysOf(known)).not.toContain(keysOf(rekey(known, [a, renamed]))[1])
})

it('gives a key to one row only', () => {
  const keys = keysOf(rekey([withKey(a)], [row('a', 'type = "page"'), a, a]))
  expect(new Set(keys).size).toBe(3)
})

it('detects a different number or order of rows', () => {
  expect(areSameRows([a, b], [{ ...a }, { ...b }])).toBe(true)
  expect(areSameRows([a, b], [b, a])).toBe(false)
  expect(areSameRows([a, b], [a])).toBe(false)
})

it('keeps the problems with their row when it moves', () => {
  const sent = rekey([], [a, b])
  const refusals = toRefusals(
    [
      { path: 'subscriptions[1].mapping.role', message: 'No role.' },
      { path: 'subscriptions[0]', message: 'Wrong.' },
      { path: 'enabled', message: 'On or off.' }
    ],
    sent
  )
  expect(toPlaces(refusals, sent.slice(1))).toEqual([
    { path: 'subscriptions[0].mapping.role', message: 'No role.' },
    { path: 'enabled', message: 'On or off.' }
  ])
})
