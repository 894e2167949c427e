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

it('gives every row a key of its own', () => {
  expect(new Set(keysOf(rekey([], [a, a, b]))).size).toBe(3)
})

it('keeps the keys of rows of which another one is deleted, added or moved', () => {
  const known = rekey([], [a, b])
  const [first, second] = keysOf(known)
  expect(keysOf(rekey(known, [b]))).toEqual([second])
  expect(keysOf(rekey(known, [c, b, a])).slice(1)).toEqual([second, first])
  expect([first, second]).not.toContain(keysOf(rekey(known, [c, b, a]))[0])
})

it('keeps the row itself where nothing of it changed, so that nothing is asked again for it', () => {
  const known = rekey([], [a, b])
  expect(rekey(known, [{ ...a }, { ...b }])[0]).toBe(known[0])
})

it('knows a row again that was changed elsewhere, but takes one of another action for another', () => {
  const known = rekey([], [a, b])
  const [first, second] = keysOf(known)
  expect(keysOf(rekey(known, [row('b', 'type = "page"')]))).toEqual([second])
  expect(keysOf(rekey(known, [row('a', 'type = "identify"', 'identifyContact')]))).not.toContain(first)
})

it('knows a renamed row by its place, where places are told and none came or went', () => {
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

it('sees that rows differ in their number or their order', () => {
  expect(areSameRows([a, b], [{ ...a }, { ...b }])).toBe(true)
  expect(areSameRows([a, b], [b, a])).toBe(false)
  expect(areSameRows([a, b], [a])).toBe(false)
})

it('leaves what is wrong with a row at that row, wherever it is by now', () => {
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
