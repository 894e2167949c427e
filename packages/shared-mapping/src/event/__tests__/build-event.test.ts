import { buildEvent } from '../build-event'

const anyLink = { richLinks: 'any' } as const

test('an order becomes an event with a price', () => {
  const properties = { revenue: 19.99, currency: 'eur', cart: { items: 2 }, coupon: 'MAY' }
  expect(
    buildEvent(
      {
        event_name: 'Order Completed',
        created_at: '2024-01-02T03:04:05Z',
        revenue: 19.99,
        currency: 'eur',
        metadata: properties
      },
      anyLink
    )
  ).toEqual({
    name: 'Order Completed',
    createdAt: 1704164645,
    metadata: { price: { amount: 1999, currency: 'EUR' }, coupon: 'MAY' },
    losses: [{ path: 'metadata.cart', reason: 'nested-value' }]
  })
})

test.each([
  ['zero is a price', { revenue: 0, currency: 'EUR' }, { price: { amount: 0, currency: 'EUR' } }, []],
  ['no currency is USD', { revenue: '19.99' }, { price: { amount: 1999, currency: 'USD' } }, []],
  [
    'yen are counted in hundredths too',
    { revenue: 500, currency: 'JPY' },
    { price: { amount: 50000, currency: 'JPY' } },
    []
  ],
  ['an empty revenue is none', { revenue: '', currency: 'EUR' }, { revenue: '', currency: 'EUR' }, []],
  ['a null revenue is none', { revenue: null }, { revenue: null }, []],
  [
    'a text that is no amount stays as it was sent',
    { revenue: '$19.99', currency: 'EUR' },
    { revenue: '$19.99', currency: 'EUR' },
    ['revenue not-money']
  ],
  ['a refund is no price', { revenue: -5 }, { revenue: -5 }, ['revenue not-money']],
  ['1e21 is no price', { revenue: 1e21 }, { revenue: 1e21 }, ['revenue not-money']],
  [
    'an amount in no currency is no price',
    { revenue: 5, currency: 'euros' },
    { revenue: 5, currency: 'euros' },
    ['currency not-a-currency']
  ],
  ['an object is no price', { revenue: { amount: 5 } }, {}, ['revenue not-money', 'metadata.revenue nested-value']]
])('revenue: %s', (_title, properties, metadata, losses) => {
  const built = buildEvent({ event_name: 'Paid', ...properties, metadata: properties }, anyLink)
  expect(built.metadata).toEqual(metadata)
  expect(built.losses.map(({ path, reason }) => `${path} ${reason}`)).toEqual(losses)
})

test('a total that served as the revenue leaves the metadata, another total stays', () => {
  expect(buildEvent({ revenue: 30, metadata: { total: 30 } }, anyLink).metadata).toEqual({
    price: { amount: 3000, currency: 'USD' }
  })
  expect(buildEvent({ revenue: '19.99', metadata: { total: 19.99 } }, anyLink).metadata).toEqual({
    price: { amount: 1999, currency: 'USD' }
  })
  expect(buildEvent({ revenue: 30, metadata: { total: 35 } }, anyLink).metadata).toEqual({
    price: { amount: 3000, currency: 'USD' },
    total: 35
  })
  expect(buildEvent({ revenue: 30, metadata: { revenue: 30, total: 35 } }, anyLink).metadata).toEqual({
    price: { amount: 3000, currency: 'USD' },
    total: 35
  })
})

test('a price of the customer’s own gives way to the one made of the revenue, by name', () => {
  const built = buildEvent({ revenue: 30, metadata: { revenue: 30, price: 12 } }, anyLink)
  expect(built.metadata).toEqual({ price: { amount: 3000, currency: 'USD' } })
  expect(built.losses).toEqual([{ path: 'metadata.price', reason: 'reserved-key' }])
  expect(buildEvent({ metadata: { price: 12 } }, anyLink).metadata).toEqual({ price: 12 })
})

test('rich links and amounts are kept only when they are exactly that', () => {
  const metadata = {
    order: { url: 'https://example.com/1', value: '#1' },
    more: { url: 'https://example.com/1', value: '#1', title: 'x' },
    path: { url: '/1', value: '#1' },
    tax: { amount: 380, currency: 'eur' },
    rate: { amount: 3.8, currency: 'EUR' },
    tags: ['a']
  }
  const built = buildEvent({ metadata }, anyLink)
  expect(built.metadata).toEqual({
    order: { url: 'https://example.com/1', value: '#1' },
    tax: { amount: 380, currency: 'EUR' }
  })
  expect(built.losses.map(({ path }) => path)).toEqual([
    'metadata.more',
    'metadata.path',
    'metadata.rate',
    'metadata.tags'
  ])
})

test('where a setting names the rich links, no other key may hold one', () => {
  const link = { url: 'https://example.com/1', value: '#1' }
  const built = buildEvent({ metadata: { order: link, invoice: link } }, { richLinks: ['order'] })
  expect(built.metadata).toEqual({ order: link })
  expect(built.losses).toEqual([{ path: 'metadata.invoice', reason: 'nested-value' }])
})

test('of thirteen keys the price, then the rich links, then the first ones are kept', () => {
  const metadata = {
    ...Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`key_${index}`, index])),
    order: { url: 'https://example.com/1', value: '#1' },
    revenue: 5
  }
  const built = buildEvent({ revenue: 5, metadata }, anyLink)
  expect(Object.keys(built.metadata)).toEqual([
    'price',
    'order',
    'key_0',
    'key_1',
    'key_2',
    'key_3',
    'key_4',
    'key_5',
    'key_6',
    'key_7'
  ])
  expect(built.losses).toEqual([
    { path: 'metadata.key_8', reason: 'too-many-keys' },
    { path: 'metadata.key_9', reason: 'too-many-keys' },
    { path: 'metadata.key_10', reason: 'too-many-keys' }
  ])
})

test('a key that the mapping uses elsewhere leaves the metadata', () => {
  const rules = { richLinks: 'any', usedElsewhere: ['email'] } as const
  expect(buildEvent({ metadata: { email: 'ada@example.com', plan: 'pro' } }, rules)).toMatchObject({
    metadata: { plan: 'pro' },
    losses: []
  })
})

test('proof of identity never becomes metadata, and no key reaches a prototype', () => {
  const metadata: unknown = JSON.parse(
    '{ "__proto__": { "admin": true }, "user_hash": "x", "intercomUserJwt": "x", "plan": "pro" }'
  )
  const built = buildEvent({ metadata }, anyLink)
  expect(built.metadata).toEqual({ plan: 'pro' })
  expect(built.metadata).not.toHaveProperty('admin')
  expect(built.losses.map(({ path }) => path)).toEqual([
    'metadata.__proto__',
    'metadata.user_hash',
    'metadata.intercomUserJwt'
  ])
})

test('a long web address is kept, a long text is lost by name', () => {
  const link = `https://example.com/${'x'.repeat(300)}`
  const built = buildEvent({ metadata: { link, note: 'x'.repeat(256) } }, anyLink)
  expect(built.metadata).toEqual({ link })
  expect(built.losses).toEqual([{ path: 'metadata.note', reason: 'too-long' }])
})

test('names and times that cannot be read are losses, metadata that is no object too', () => {
  expect(buildEvent({ event_name: {}, created_at: 'soon', metadata: 'none' }, anyLink)).toEqual({
    name: undefined,
    createdAt: undefined,
    metadata: {},
    losses: [
      { path: 'event_name', reason: 'not-text' },
      { path: 'created_at', reason: 'not-a-date' },
      { path: 'metadata', reason: 'not-an-object' }
    ]
  })
})
