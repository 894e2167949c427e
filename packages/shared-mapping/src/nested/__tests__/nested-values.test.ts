import { HOSTILE_VALUES } from '@intercom-destinations/scenarios'
import {
  buildCompany,
  buildContact,
  buildEvent,
  toFieldSource,
  unnestCompany,
  unnestContact,
  unnestMetadata,
  type ContactSources,
  type Loss
} from '../..'

const contactOf = (custom_attributes: unknown, choice: unknown, sources: ContactSources = {}, more: object = {}) => {
  const lost: Loss[] = []
  const input = unnestContact({ external_id: 'u1', custom_attributes, ...more }, choice, sources, lost)
  const { custom, company, companies, losses } = buildContact(input, sources)
  return { custom, company, companies, losses: [...lost, ...losses] }
}
const personOf = (custom_attributes: unknown, choice: unknown, sources?: ContactSources) => {
  const { custom, losses } = contactOf(custom_attributes, choice, sources)
  return { custom, losses }
}
const eventOf = (properties: unknown, choice: unknown, more: object = {}) => {
  const lost: Loss[] = []
  const metadata = unnestMetadata(properties, choice, { richLinks: 'any' }, lost)
  const built = buildEvent({ event_name: 'Paid', metadata, ...more }, { richLinks: 'any' })
  return { metadata: built.metadata, losses: [...lost, ...built.losses] }
}
const address = { city: 'Berlin', geo: { lat: 52.5, box: { north: 53 } } }

it.each([undefined, 'leave_out', 'something else', null, {}])('leaves nested values out by default: %j', (choice) => {
  expect(personOf({ plan: 'pro', address, tags: ['a'] }, choice)).toEqual({
    custom: { plan: 'pro' },
    losses: [
      { path: 'custom_attributes.address', reason: 'nested-value' },
      { path: 'custom_attributes.tags', reason: 'nested-value' }
    ]
  })
})

it('flattens three levels, after the single values, and names what is deeper', () => {
  const flat = personOf({ address, plan: 'pro' }, 'flatten')
  expect(flat).toEqual({
    custom: { plan: 'pro', address_city: 'Berlin', address_geo_lat: 52.5 },
    losses: [{ path: 'custom_attributes.address_geo_box', reason: 'nested-value' }]
  })
  expect(Object.keys(flat.custom)).toEqual(['plan', 'address_city', 'address_geo_lat'])
})

it.each([
  [['a', 2, true], 'a, 2, true'],
  [['a', null, ''], 'a'],
  [[], '']
])('joins a list of single values: %j', (list, text) => {
  expect(personOf({ interests: list }, 'flatten')).toEqual({ custom: { interests: text }, losses: [] })
})

it('leaves out a list in which an item is an object, and what a list makes too long', () => {
  const long = Array.from({ length: 100 }, () => 'abc')
  expect(personOf({ items: ['a', { b: 1 }], sub: { long } }, 'flatten')).toEqual({
    custom: {},
    losses: [
      { path: 'custom_attributes.items', reason: 'nested-value' },
      { path: 'custom_attributes.sub_long', reason: 'too-long' }
    ]
  })
})

it('lets the value that is nested less keep the name', () => {
  expect(personOf({ a: { b: { c: 1 }, b_c: 2 }, a_b_c: 3, x: { y: 4 }, x_y: null }, 'flatten')).toEqual({
    custom: { a_b_c: 3, x_y: null },
    losses: [
      { path: 'custom_attributes.a.b_c', reason: 'name-taken' },
      { path: 'custom_attributes.x.y', reason: 'name-taken' },
      { path: 'custom_attributes.a.b.c', reason: 'name-taken' }
    ]
  })
})

it('writes no name of Intercom’s, and none that has a field of its own', () => {
  const traits = {
    user: { id: 'x', hash: 'y' },
    app: { id: 'z' },
    first: { name: 'Ada' },
    external: { id: 1 },
    ok: { id: 1 }
  }
  expect(personOf(traits, 'flatten')).toEqual({
    custom: { ok_id: 1 },
    losses: ['user.id', 'user.hash', 'app.id', 'first.name', 'external.id'].map((path) => ({
      path: `custom_attributes.${path}`,
      reason: 'reserved-key'
    }))
  })
})

it('writes a name made from parts neither over a name that is picked by hand, nor as if it were picked', () => {
  const mapping = { custom_attributes: { user: { '@path': '$.traits.user' }, user_id: 'mine' } }
  const source = toFieldSource(mapping, ['custom_attributes'])
  expect(personOf({ user: { id: 'x', age: 3 } }, 'flatten', { custom_attributes: source })).toEqual({
    custom: { user_age: 3 },
    losses: [{ path: 'custom_attributes.user.id', reason: 'reserved-key' }]
  })
})

it('takes a name that every object has for free', () => {
  expect(personOf({ toString: 'a', valueOf: { b: 1 } }, 'flatten')).toEqual({
    custom: { toString: 'a', valueOf_b: 1 },
    losses: []
  })
})

it('cleans the names of parts as Intercom wants them', () => {
  expect(personOf({ 'sub.plan': { 'price $': 5, 'größe-2': 1 }, 'a.b': 1 }, 'flatten')).toEqual({
    custom: { 'sub_plan_price _': 5, 'sub_plan_größe-2': 1 },
    losses: [{ path: 'custom_attributes.a.b', reason: 'bad-name' }]
  })
})

it('keeps what has a field of its own out of the parts', () => {
  const { company, companies, custom, losses } = contactOf(
    { name: { first: 'Ada' }, plan: { id: 'p1' } },
    'flatten',
    {},
    {
      company: { id: 'c1', address: { city: 'Berlin' } },
      companies: [{ company_id: 'c2', company_custom_traits: { address: { city: 'Bonn' }, monthly: { spend: 1 } } }]
    }
  )
  expect(custom).toEqual({ plan_id: 'p1' })
  expect(company?.custom).toEqual({ address_city: 'Berlin' })
  expect(companies[0]?.custom).toEqual({ address_city: 'Bonn' })
  expect(losses).toEqual([
    { path: 'companies[0].custom_attributes.monthly.spend', reason: 'reserved-key' },
    { path: 'name', reason: 'not-text' }
  ])
})

it('stores objects and lists as JSON of up to 255 characters', () => {
  const circle: Record<string, unknown> = {}
  circle.self = circle
  expect(personOf({ address: { city: 'Berlin' }, tags: ['a', 1], long: ['x'.repeat(252)], circle }, 'json')).toEqual({
    custom: { address: '{"city":"Berlin"}', tags: '["a",1]' },
    losses: [
      { path: 'custom_attributes.long', reason: 'too-long' },
      { path: 'custom_attributes.circle', reason: 'nested-value' }
    ]
  })
})

it('does the same for the company of a group call', () => {
  const input = {
    company_id: 'c1',
    name: 'Acme',
    company_custom_traits: { billing: { city: 'Berlin' }, tags: ['a', 'b'] }
  }
  const customOf = (choice: string) => buildCompany(unnestCompany(input, choice, undefined, [])).company?.custom
  expect(customOf('flatten')).toEqual({ billing_city: 'Berlin', tags: 'a, b' })
  expect(customOf('json')).toEqual({ billing: '{"city":"Berlin"}', tags: '["a","b"]' })
  expect(customOf('leave_out')).toEqual({})
})

it.each(['Acme', 7, null, undefined])('leaves a company that is no object as it is: %j', (company) => {
  expect(unnestCompany(company, 'flatten', undefined, [])).toBe(company)
})

it('flattens metadata, keeps prices and links whole, and counts the keys afterwards', () => {
  const cart = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, index]))
  const link = { url: 'https://example.com/1', value: 'Order 1' }
  const { metadata, losses } = eventOf({ cart, link, fee: { amount: 5, currency: 'EUR' } }, 'flatten')
  expect(metadata).toMatchObject({ link, fee: { amount: 5, currency: 'EUR' }, cart_k0: 0, cart_k17: 17 })
  expect(losses.filter(({ reason }) => reason === 'too-many-keys')).toEqual([
    { path: 'metadata.cart_k18', reason: 'too-many-keys' },
    { path: 'metadata.cart_k19', reason: 'too-many-keys' }
  ])
})

it('writes no reserved key of an event, and not over the price', () => {
  const metadata = { user: { hash: 'x' }, order: { id: 1 }, price: { list: 3 }, 'a.b': { c: 1 } }
  expect(eventOf(metadata, 'flatten', { revenue: 5 })).toEqual({
    metadata: { price: { amount: 500, currency: 'USD' }, order_id: 1, price_list: 3, a_b_c: 1 },
    losses: [{ path: 'metadata.user.hash', reason: 'reserved-key' }]
  })
})

it('stores metadata as JSON', () => {
  expect(eventOf({ cart: { items: 2 }, skus: ['a'] }, 'json')).toEqual({
    metadata: { cart: '{"items":2}', skus: '["a"]' },
    losses: []
  })
})

it('never lets a name reach a prototype', () => {
  const traits: unknown = JSON.parse('{ "__proto__": { "polluted": 1 }, "a": { "__proto__": { "polluted": 1 } } }')
  const { custom } = personOf(traits, 'flatten')
  expect(Object.keys(custom)).toEqual(['a___proto___polluted'])
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

describe.each(['flatten', 'json'])('%s', (choice) => {
  it.each(HOSTILE_VALUES.map(({ title, value }) => [title, value] as const))(
    'takes any value, and gives single values or a loss: %s',
    (_title, value) => {
      const { custom } = contactOf(value, choice, {}, { company: value, companies: [value] })
      const inside = contactOf({ given: value, in: { a: value } }, choice)
      const { metadata } = eventOf({ given: value, in: { a: value } }, choice)
      const all = [custom, inside.custom, metadata].flatMap((record) => Object.values(record))
      expect(
        all.filter((one) => typeof one === 'object' && one !== null && !('amount' in one || 'url' in one))
      ).toEqual([])
    }
  )
})
