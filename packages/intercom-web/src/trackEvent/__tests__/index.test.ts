import { runEvent } from '../../test-support/run-events'

const track = (event: unknown, properties?: unknown) => ({ type: 'track' as const, userId: 'u1', event, properties })

it('sends the event with its properties', async () => {
  const { calls, losses } = await runEvent(track('Plan Chosen', { plan: 'pro', seats: 3, annual: true, coupon: null }))
  expect(calls).toEqual([['trackEvent', 'Plan Chosen', { plan: 'pro', seats: 3, annual: true, coupon: null }]])
  expect(losses).toEqual([])
})

it.each([
  ['19.99 as exactly 1999', { revenue: 19.99 }, { price: { amount: 1999, currency: 'USD' } }],
  ['the text of an amount', { revenue: '19.99' }, { price: { amount: 1999, currency: 'USD' } }],
  ['half a cent upwards', { revenue: 1.005 }, { price: { amount: 101, currency: 'USD' } }],
  ['zero, with its currency', { revenue: 0, currency: 'EUR' }, { price: { amount: 0, currency: 'EUR' } }],
  ['the total in place of the revenue', { total: 8.2, currency: 'eur' }, { price: { amount: 820, currency: 'EUR' } }]
])('sends a price for %s', async (_title, properties, metadata) => {
  const { calls, losses } = await runEvent(track('Paid', properties))
  expect(calls).toEqual([['trackEvent', 'Paid', metadata]])
  expect(losses).toEqual([])
})

it('sends no price for an invalid amount, and reports it', async () => {
  const { calls, losses } = await runEvent(track('Paid', { revenue: '$19.99' }))
  expect(calls).toEqual([['trackEvent', 'Paid', { revenue: '$19.99' }]])
  expect(losses).toEqual([{ path: 'revenue', reason: 'not-money' }])
})

it('keeps valid amounts and the rich links of the setting, and reports other objects as lost', async () => {
  const properties = {
    article: { url: 'https://example.com/a', value: 'A' },
    other: { url: 'https://example.com/b', value: 'B' },
    broken: { url: 'https://example.com/c', value: 'C', title: 'C' },
    tax: { amount: 380, currency: 'EUR' },
    rate: { amount: 3.8, currency: 'EUR' },
    items: ['a', 'b']
  }
  const { calls, losses } = await runEvent(track('Read', properties), { richLinkProperties: ['article', 'broken'] })
  expect(calls).toEqual([
    [
      'trackEvent',
      'Read',
      { article: { url: 'https://example.com/a', value: 'A' }, tax: { amount: 380, currency: 'EUR' } }
    ]
  ])
  expect(losses).toEqual([
    { path: 'metadata.other', reason: 'nested-value' },
    { path: 'metadata.broken', reason: 'nested-value' },
    { path: 'metadata.rate', reason: 'nested-value' },
    { path: 'metadata.items', reason: 'nested-value' }
  ])
})

it('sends all thirteen properties, the price first, and reports those beyond ten as doubtful', async () => {
  const others = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: 11, l: 12 }
  const { calls, losses, doubtful } = await runEvent(track('Exported', { ...others, revenue: 5 }))
  expect(calls).toEqual([['trackEvent', 'Exported', { price: { amount: 500, currency: 'USD' }, ...others }]])
  expect(losses).toEqual([])
  expect(doubtful.map(({ path }) => path)).toEqual(['metadata.j', 'metadata.k', 'metadata.l'])
})

it('never stores a proof of identity with an event', async () => {
  const { calls, losses } = await runEvent(
    track('Opened', { user_hash: 'secret', intercomUserJwt: 'secret', plan: 'pro' })
  )
  expect(calls).toEqual([['trackEvent', 'Opened', { plan: 'pro' }]])
  expect(losses).toEqual([
    { path: 'metadata.user_hash', reason: 'reserved-key' },
    { path: 'metadata.intercomUserJwt', reason: 'reserved-key' }
  ])
})

it.each([
  ['nothing', undefined, 'missing'],
  ['an empty text', '', 'missing'],
  ['spaces', '  ', 'missing'],
  ['an object', { name: 'x' }, 'not-text']
])('sends nothing for an event whose name is %s', async (_title, name, reason) => {
  const { calls, losses } = await runEvent(track(name, { plan: 'pro' }))
  expect(calls).toEqual([])
  expect(losses).toEqual([{ path: 'event_name', reason }])
})

it.each([
  ['a text', 'pro'],
  ['a list', ['pro']]
])('tracks an event whose properties are %s, without them', async (_title, properties) => {
  const { calls, losses } = await runEvent(track('Opened', properties))
  expect(calls).toEqual([['trackEvent', 'Opened']])
  expect(losses).toEqual([{ path: 'metadata', reason: 'not-an-object' }])
})

it('uses a saved mapping', async () => {
  const { calls } = await runEvent(track('Opened', { label: 'Invoice', plan: 'pro' }), {
    subscriptions: [
      {
        partnerAction: 'trackEvent',
        enabled: true,
        subscribe: 'type = "track" and event = "Opened"',
        mapping: { event_name: { '@template': 'Opened {{properties.label}}' }, event_metadata: { from: 'web' } }
      }
    ]
  })
  expect(calls).toEqual([['trackEvent', 'Opened Invoice', { from: 'web' }]])
})
