import { findPlace } from '../report/event-place'

it.each([
  [{ type: 'identify', traits: { address: 1 } }, 'custom_attributes.address', 'traits.address'],
  [{ type: 'identify', traits: { createdAt: 'x' } }, 'signed_up_at', 'traits.createdAt'],
  [{ type: 'identify', context: { traits: { email: 'x' } } }, 'email', 'context.traits.email'],
  [{ type: 'identify', traits: { company: { plan: 1 }, plan: 2 } }, 'company.plan', 'traits.company.plan'],
  [
    { type: 'identify', traits: { companies: [{}, { tier: 1 }] } },
    'companies[1].custom_attributes.tier',
    'traits.companies[1].tier'
  ],
  [{ type: 'group', traits: { createdAt: 'x' } }, 'company.created_at', 'traits.createdAt'],
  [{ type: 'group', traits: { monthlySpend: 1 } }, 'company.monthly_spend', 'traits.monthlySpend'],
  [{ type: 'track', properties: { cart: [] } }, 'metadata.cart', 'properties.cart'],
  [{ type: 'track', properties: { 'a.b': 1 } }, 'metadata.a.b', 'properties.a.b'],
  [{ type: 'track', timestamp: 'x', properties: [] }, 'created_at', 'timestamp'],
  [{ type: 'track', properties: 'text' }, 'metadata', 'properties']
])('finds in %j the value of %s at %s', (event, path, place) => {
  expect(findPlace(event, path)?.place).toBe(place)
})

it.each(['custom_attributes.__proto__', 'custom_attributes.constructor', 'toString', 'custom_attributes.gone'])(
  'finds nothing for %s, which the event does not have',
  (path) => {
    expect(findPlace({ type: 'identify', traits: {} }, path)).toBeUndefined()
  }
)
