import { isDoubtful } from '../../losses'
import { buildEvent } from '../build-event'
import { toPlainMetadata } from '../metadata-keys'

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

test('where only single values can be sent, the price is two of the twenty, and keeps its currency', () => {
  const many = Object.fromEntries(Array.from({ length: 19 }, (_, index) => [`k${index}`, index]))
  const { metadata, losses } = buildEvent(
    { event_name: 'Paid', revenue: 5, metadata: { tax: { amount: 1, currency: 'EUR' }, ...many, currency: 'old' } },
    { richLinks: 'any', isFlat: true, isPicked: (key) => key === 'currency' }
  )
  expect(Object.entries(metadata).slice(0, 3)).toEqual([
    ['price', 500],
    ['currency', 'USD'],
    ['k0', 0]
  ])
  expect(Object.keys(metadata)).toHaveLength(20)
  expect(losses.filter((loss) => !isDoubtful(loss))).toEqual([
    { path: 'metadata.tax', reason: 'nested-value' },
    { path: 'metadata.currency', reason: 'reserved-key' },
    { path: 'metadata.k18', reason: 'too-many-keys' }
  ])
})

test.each([
  ['zero is a price', { revenue: 0, currency: 'EUR' }, { price: { amount: 0, currency: 'EUR' } }, []],
  ['no currency is USD', { revenue: '19.99' }, { price: { amount: 1999, currency: 'USD' } }, []],
  [
    'yen are counted in hundredths too',
    { revenue: 500, currency: 'JPY' },
    { price: { amount: 50000, currency: 'JPY' } },
    ['metadata.price currency-without-cents']
  ],
  ['an empty revenue is none', { revenue: '', currency: 'EUR' }, { revenue: '', currency: 'EUR' }, []],
  ['a null revenue is none', { revenue: null }, { revenue: null }, []],
  [
    'a text that is no amount stays as it was sent',
    { revenue: '$19.99', currency: 'EUR' },
    { revenue: '$19.99', currency: 'EUR' },
    ['revenue not-money']
  ],
  [
    'dinars, which have a thousand fils, are counted in hundredths and reported',
    { revenue: 1.5, currency: 'kwd' },
    { price: { amount: 150, currency: 'KWD' } },
    ['metadata.price currency-without-cents']
  ],
  [
    'fractions of a cent are rounded and reported',
    { revenue: 1.005 },
    { price: { amount: 101, currency: 'USD' } },
    ['revenue rounded']
  ],
  ['a sum of floats is as exact as it looks', { revenue: 0.1 + 0.2 }, { price: { amount: 30, currency: 'USD' } }, []],
  ['a blank currency is none', { revenue: 5, currency: ' ' }, { price: { amount: 500, currency: 'USD' } }, []],
  ['a blank revenue is none', { revenue: ' ', currency: 'EUR' }, { revenue: ' ', currency: 'EUR' }, []],
  ['a refund is kept as a plain value', { revenue: -30.5 }, { revenue: -30.5 }, ['revenue not-a-price']],
  ['so is one that is a text', { revenue: '-30.50' }, { revenue: '-30.50' }, ['revenue not-a-price']],
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

test('a total that is used as the revenue is removed from the metadata, another total is kept', () => {
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

test('the price from the revenue replaces the customer’s own price, which is reported as a loss', () => {
  const built = buildEvent({ revenue: 30, metadata: { revenue: 30, price: 12 } }, anyLink)
  expect(built.metadata).toEqual({ price: { amount: 3000, currency: 'USD' } })
  expect(built.losses).toEqual([{ path: 'metadata.price', reason: 'reserved-key' }])
  expect(buildEvent({ metadata: { price: 12 } }, anyLink).metadata).toEqual({ price: 12 })
})

test('rich links and amounts are kept only in Intercom’s exact shape', () => {
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

test('a rich link without a scheme gets https, and a number becomes its text', () => {
  const metadata = {
    site: { url: 'www.suh.com', value: 'Suh' },
    picture: { url: '//host/avatar.png', value: 7 },
    file: { url: 'me.png', value: 'me' }
  }
  expect(buildEvent({ metadata }, anyLink)).toMatchObject({
    metadata: {
      site: { url: 'https://www.suh.com', value: 'Suh' },
      picture: { url: 'https://host/avatar.png', value: '7' }
    },
    losses: [{ path: 'metadata.file', reason: 'nested-value' }]
  })
})

test('if a setting lists the rich links, other keys cannot contain one', () => {
  const link = { url: 'https://example.com/1', value: '#1' }
  const built = buildEvent({ metadata: { order: link, invoice: link } }, { richLinks: ['order'] })
  expect(built.metadata).toEqual({ order: link })
  expect(built.losses).toEqual([{ path: 'metadata.invoice', reason: 'nested-value' }])
})

test('a refund that only the revenue contains is lost, one that is also the total is not', () => {
  expect(buildEvent({ revenue: '-30.5', metadata: { plan: 'pro' } }, anyLink).losses).toEqual([
    { path: 'revenue', reason: 'not-money' }
  ])
  expect(buildEvent({ revenue: '-30.5', metadata: { total: -30.5 } }, anyLink)).toMatchObject({
    metadata: { total: -30.5 },
    losses: [{ path: 'revenue', reason: 'not-a-price' }]
  })
})

test('sends twenty of 23 keys, price and rich links first, and reports those from the eleventh on as doubtful', () => {
  const metadata = {
    ...Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`key_${index}`, index])),
    order: { url: 'https://example.com/1', value: '#1' },
    revenue: 5
  }
  const built = buildEvent({ revenue: 5, metadata }, anyLink)
  const sent = ['price', 'order', ...Array.from({ length: 18 }, (_, index) => `key_${index}`)]
  expect(Object.keys(built.metadata)).toEqual(sent)
  expect(built.losses).toEqual([
    ...['metadata.key_18', 'metadata.key_19', 'metadata.key_20'].map((path) => ({ path, reason: 'too-many-keys' })),
    ...sent.slice(10).map((key) => ({ path: `metadata.${key}`, reason: 'beyond-ten-keys' }))
  ])
  expect(built.losses.map(isDoubtful)).toEqual([false, false, false, ...Array(10).fill(true)])
})

test('integer keys are always sent first, so doubtful keys are counted in the order in which they are sent', () => {
  const metadata = { plan: 'pro', ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [index, 'x'])) }
  expect(buildEvent({ metadata }, anyLink).losses).toEqual([{ path: 'metadata.plan', reason: 'beyond-ten-keys' }])
})

test.each(['.', '$', '`', '~', '!', '@', '#', '%', '^', '&', '*', "'", '{', '}', '|', '\\', '"', '\0'])(
  'a key with %p is sent, and doubtful',
  (character) => {
    const key = `a${character}b`
    expect(buildEvent({ metadata: { [key]: 1, plain: 2 } }, anyLink)).toMatchObject({
      metadata: { [key]: 1, plain: 2 },
      losses: [{ path: `metadata.${key}`, reason: 'doubtful-key' }]
    })
  }
)

test('other punctuation, spaces and letters of any script are not doubtful', () => {
  const metadata = { 'a-b_c': 1, 'Größe in €': 2, 'a/b:c,d;(e)[f]<g>?+=': 3, 時刻: 4 }
  expect(buildEvent({ metadata }, anyLink)).toMatchObject({ metadata, losses: [] })
})

test('keys that differ only in case are sent and reported as doubtful', () => {
  expect(buildEvent({ metadata: { Plan: 'a', plan: 'b', other: 'c' } }, anyLink)).toMatchObject({
    metadata: { Plan: 'a', plan: 'b', other: 'c' },
    losses: [
      { path: 'metadata.Plan', reason: 'same-key' },
      { path: 'metadata.plan', reason: 'same-key' }
    ]
  })
})

test('plain metadata, for when Intercom rejects the rest, has no doubtful key and keeps the price', () => {
  const price = { amount: 500, currency: 'USD' }
  expect(toPlainMetadata({ price, Price: 12, plan: 'a', PLAN: 'b', 'a.b': 1, 'A.B': 2, $set: 3 })).toEqual({
    plain: { price, plan: 'a' },
    dropped: ['Price', 'PLAN', 'a.b', 'A.B', '$set']
  })
  expect(toPlainMetadata({})).toEqual({ plain: {}, dropped: [] })
})

test('a key that the mapping uses elsewhere is removed from the metadata', () => {
  const rules = { richLinks: 'any', usedElsewhere: ['email'] } as const
  expect(buildEvent({ metadata: { email: 'ada@example.com', plan: 'pro' } }, rules)).toMatchObject({
    metadata: { plan: 'pro' },
    losses: []
  })
})

test('secrets for identity verification never become metadata, and no key reaches a prototype', () => {
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

test('a long web address is kept, a long text is reported as a loss', () => {
  const link = `https://example.com/${'x'.repeat(300)}`
  const built = buildEvent({ metadata: { link, note: 'x'.repeat(256) } }, anyLink)
  expect(built.metadata).toEqual({ link })
  expect(built.losses).toEqual([{ path: 'metadata.note', reason: 'too-long' }])
})

test('unreadable names and times are losses, and so is metadata that is not an object', () => {
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

test.each([
  ['before 1970', '1965-05-01'],
  ['far behind us', '-100000000'],
  ['the zero time of Go', '0001-01-01T00:00:00Z'],
  ['beyond the numbers that are seconds', '9999-12-31T00:00:00Z']
])('a time that Intercom may reject is a loss: %s', (_title, created_at) => {
  expect(buildEvent({ event_name: 'Paid', created_at }, anyLink)).toEqual({
    name: 'Paid',
    createdAt: undefined,
    metadata: {},
    losses: [{ path: 'created_at', reason: 'out-of-range' }]
  })
})

test('a Date is stored as seconds in the metadata, and a text that looks like one as text', () => {
  const metadata = { renewed: new Date('2024-03-07T10:00:00Z'), renews_at: '2024-03-07T10:00:00.000Z' }
  expect(buildEvent({ metadata }, anyLink)).toMatchObject({
    metadata: { renewed: 1709805600, renews_at: '2024-03-07T10:00:00.000Z' },
    losses: []
  })
})

test('accepts 130 emoji as fewer than 255 characters, but not 256', () => {
  const built = buildEvent({ metadata: { mood: '😀'.repeat(130), moods: '😀'.repeat(256) } }, anyLink)
  expect(built.metadata).toEqual({ mood: '😀'.repeat(130) })
  expect(built.losses).toEqual([{ path: 'metadata.moods', reason: 'too-long' }])
})

test('a Map is not metadata and is reported as a loss', () => {
  expect(buildEvent({ metadata: new Map([['plan', 'pro']]) }, anyLink).losses).toEqual([
    { path: 'metadata', reason: 'not-an-object' }
  ])
})
