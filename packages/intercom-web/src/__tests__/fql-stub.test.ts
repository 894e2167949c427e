import { parseFql, validate } from '@segment/destination-subscriptions'
import fc from 'fast-check'
import * as stub from '../../build/fql-stub'

const numRuns = Number(process.env.PROPERTY_RUNS ?? 3000)

type Event = Record<string, unknown>

/** If the original throws, no event passes: Analytics.js would drop it. */
function passes(fql: string, event: Event): boolean {
  try {
    return validate(parseFql(fql), event)
  } catch {
    return false
  }
}
const passesInBundle = (fql: string, event: Event) => stub.parseFql(fql)(event)

const order: Event = {
  type: 'track',
  event: 'Order Completed',
  name: 'Pricing',
  userId: 'u-1',
  properties: {
    total: 20,
    plan: 'pro',
    paid: true,
    cart: { items: [{ sku: 'a' }], note: '' },
    'a b': 'c',
    properties: 1
  },
  traits: { email: 'ada@shop.example', age: 36, vip: false, left: null },
  context: { page: { url: 'https://shop.example/cart' } }
}

it.each([
  ['type = "track"', true],
  ['type = "identify" or type = "page"', false],
  ['type = "track" and event = "Order Completed"', true],
  ["event = 'Order Completed'", false],
  ['event != "Ignored"', true],
  ['properties.total > 19.5', true],
  ['properties.total = 20', true],
  ['properties.total = "20"', false],
  ['properties.total>=20', false],
  ['properties.paid = true', true],
  ['properties.cart.items[0].sku = "a"', false],
  ['properties.cart.note = ""', true],
  ['properties = "x"', false],
  ['properties = 1', true],
  ['properties.a\\ b = "c"', true],
  ['traits.left = null', true],
  ['traits.email != null', true],
  ['traits.vip = false', true],
  ['userId != null', true],
  ['contains(event, "Order")', true],
  ['!contains(traits.email, "@corp.")', true],
  ['match(event, "Order*")', true],
  ['match(event, "*Completed")', true],
  ['!match(context.page.url, "https://*")', false],
  ['type = "track" and (event = "A" or event = "Order Completed")', true],
  ['type = "page" or type = "track" and event = "Nothing"', false],
  ['(type = "track"', false],
  ['type = ', false],
  ['', false],
  ['type ! "track"', false],
  ['event = "Order', false]
])('filters by %s like Segment', (fql, expected) => {
  expect(passes(fql, order)).toBe(expected)
  expect(passesInBundle(fql, order)).toBe(expected)
})

const name = fc.constantFrom(
  ...['type', 'event', 'name', 'userId', 'properties', 'properties.total', 'properties.plan', 'properties.paid'],
  ...[
    'properties.cart.note',
    'properties.cart.items.0.sku',
    'properties.a\\ b',
    'traits.email',
    'traits.age',
    'traits.vip'
  ],
  ...[
    'traits.left',
    'traits.none.deep',
    'context.page.url',
    'context.page',
    'screen',
    'propertiesX.total',
    'properties.plan.length'
  ]
)
const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '!', '')
const value = fc.constantFrom(
  ...[
    '"track"',
    '"Order Completed"',
    "'pro'",
    '"pro"',
    '"pro*"',
    '"*o"',
    '"20"',
    '""',
    '20',
    '-1',
    '+20',
    '19.5',
    '3',
    '1.',
    '1.2.3',
    '-'
  ],
  ...[
    'null',
    'true',
    'false',
    '"null"',
    '"true"',
    '36',
    'word',
    'an',
    '"u-1"',
    '"ada@shop.example"',
    '"https://shop.example/cart"'
  ]
)
const space = fc.constantFrom(' ', '  ', '\n', '\t', '')
const comparison = fc.tuple(name, space, operator, space, value).map((parts) => parts.join(''))
const call = fc
  .tuple(fc.constantFrom('', '!', '! '), fc.constantFrom('contains', 'match', 'other'), name, value)
  .map(([not, name, path, text]) => `${not}${name}(${path}, ${text})`)
const { filter } = fc.letrec<{ filter: string; group: string }>((tie) => ({
  filter: fc.oneof({ maxDepth: 3 }, comparison, call, tie('group')),
  group: fc
    .tuple(tie('filter'), fc.constantFrom(' and ', ' or ', ' '), tie('filter'), fc.boolean())
    .map(([one, join, other, isClosed]) => (isClosed ? `(${one}${join}${other})` : `${one}${join}${other}`))
}))
/** A broken filter: a part is missing. */
const broken = fc.tuple(filter, fc.nat(), fc.nat()).map(([text, from, length]) => {
  const at = from % (text.length + 1)
  return text.slice(0, at) + text.slice(at + (length % 4))
})
const event = fc.constantFrom<Event>(
  order,
  { type: 'identify', userId: null, traits: { email: 'eve@corp.example', age: '36', vip: true, none: 0 } },
  { type: 'page', name: 'true', properties: { plan: 'an', total: -1, paid: 'true', cart: null } },
  { type: 'track', event: '20', context: { page: 'word' }, properties: { total: 3, plan: '' } }
)

it('property: passes the same events as Segment', () => {
  fc.assert(
    fc.property(fc.oneof(filter, broken), event, (fql, one) => {
      expect([fql, passesInBundle(fql, one)]).toEqual([fql, passes(fql, one)])
    }),
    { numRuns }
  )
})

it('property: passes the same events as Segment for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'typevn=!<>()"\'., \\*-+1_&') }), event, (fql, one) => {
      expect(passesInBundle(fql, one)).toBe(passes(fql, one))
    }),
    { numRuns }
  )
})
