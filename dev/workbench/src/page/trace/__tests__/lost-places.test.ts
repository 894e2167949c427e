import { findLostPlaces } from '../lost-places'

const cart = { items: [1] }

test.each([
  ['metadata.cart', { type: 'track', properties: { cart, carton: 1 } }, ['properties.cart']],
  ['metadata.cart', { event_metadata: { cart }, other: 1 }, ['event_metadata.cart']],
  ['company.custom_attributes.address', { traits: { address: { city: 'Bonn' } } }, ['traits.address']],
  ['revenue', { revenue: 'free', properties: { revenue: 'free' } }, ['revenue', 'properties.revenue']],
  ['metadata.cart', { context: { cart } }, []],
  ['metadata.cart', { properties: { other: { cart } } }, []]
])('%s is found in %j', (path, value, places) => {
  expect([...new Set(findLostPlaces(value, [{ path }]))]).toEqual(places)
})
