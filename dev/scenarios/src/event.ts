import type { Scenario } from './scenario'

const timestamp = '2024-01-02T03:04:05Z'
/** `timestamp` in Unix seconds. */
const at = 1704164645

const knownPerson = { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] } as const

const manyProperties = {
  ...{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9 },
  ...{ j: 10, k: 11, l: 12, m: 13, n: 14, o: 15, p: 16, q: 17, r: 18 }
}
const manyKept = { price: { amount: 500, currency: 'USD' }, ...manyProperties, s: 19 }

/** Scenarios about events. */
export const eventScenarios: readonly Scenario[] = [
  {
    title: 'An order becomes an event with a price; its cart is reported as lost',
    defects: ['W5', 'W17', 'C19'],
    given: knownPerson,
    events: [
      {
        type: 'track',
        userId: 'u1',
        event: 'Order Completed',
        timestamp,
        properties: { revenue: 19.99, currency: 'eur', cart: { items: 2 }, coupon: 'MAY', first: true }
      }
    ],
    messenger: [
      ['trackEvent', 'Order Completed', { price: { amount: 1999, currency: 'EUR' }, coupon: 'MAY', first: true }]
    ],
    mobile: [['logEvent', 'Order Completed', { price: 1999, currency: 'EUR', coupon: 'MAY', first: true }]],
    requests: ['POST /events'],
    lastBody: {
      event_name: 'Order Completed',
      created_at: at,
      user_id: 'u1',
      metadata: { price: { amount: 1999, currency: 'EUR' }, coupon: 'MAY', first: true }
    },
    losses: [{ path: 'metadata.cart', reason: 'nested-value' }]
  },
  {
    title: 'Amounts are calculated in decimals, not in floats',
    defects: ['C16', 'W5'],
    given: knownPerson,
    events: [{ type: 'track', userId: 'u1', event: 'Paid', timestamp, properties: { revenue: 1.1 } }],
    messenger: [['trackEvent', 'Paid', { price: { amount: 110, currency: 'USD' } }]],
    mobile: [['logEvent', 'Paid', { price: 110, currency: 'USD' }]],
    requests: ['POST /events'],
    lastBody: {
      event_name: 'Paid',
      created_at: at,
      user_id: 'u1',
      metadata: { price: { amount: 110, currency: 'USD' } }
    }
  },
  {
    title: 'A revenue that is not an amount stays a text, without a price',
    defects: ['W6', 'C15'],
    given: knownPerson,
    events: [
      { type: 'track', userId: 'u1', event: 'Paid', timestamp, properties: { revenue: '$19.99', currency: 'USD' } }
    ],
    messenger: [['trackEvent', 'Paid', { revenue: '$19.99', currency: 'USD' }]],
    mobile: [['logEvent', 'Paid', { revenue: '$19.99', currency: 'USD' }]],
    requests: ['POST /events'],
    lastBody: { event_name: 'Paid', created_at: at, user_id: 'u1', metadata: { revenue: '$19.99', currency: 'USD' } },
    losses: [{ path: 'revenue', reason: 'not-money' }]
  },
  {
    title: 'A free order has a price of zero',
    defects: ['W7'],
    given: knownPerson,
    events: [{ type: 'track', userId: 'u1', event: 'Paid', timestamp, properties: { revenue: 0, currency: 'EUR' } }],
    messenger: [['trackEvent', 'Paid', { price: { amount: 0, currency: 'EUR' } }]],
    mobile: [['logEvent', 'Paid', { price: 0, currency: 'EUR' }]],
    requests: ['POST /events'],
    lastBody: { event_name: 'Paid', created_at: at, user_id: 'u1', metadata: { price: { amount: 0, currency: 'EUR' } } }
  },
  {
    title: 'Without a revenue, the total is the price',
    defects: [],
    given: knownPerson,
    events: [{ type: 'track', userId: 'u1', event: 'Paid', timestamp, properties: { total: 8.2, tax: 1 } }],
    messenger: [['trackEvent', 'Paid', { price: { amount: 820, currency: 'USD' }, tax: 1 }]],
    mobile: [['logEvent', 'Paid', { price: 820, currency: 'USD', tax: 1 }]],
    requests: ['POST /events'],
    lastBody: {
      event_name: 'Paid',
      created_at: at,
      user_id: 'u1',
      metadata: { price: { amount: 820, currency: 'USD' }, tax: 1 }
    }
  },
  {
    title: 'Of 22 properties, twenty are sent, the price first; those after the tenth are doubtful',
    defects: ['W17', 'C19'],
    given: knownPerson,
    events: [
      {
        type: 'track',
        userId: 'u1',
        event: 'Report Exported',
        timestamp,
        properties: { ...manyProperties, s: 19, t: 20, u: 21, revenue: 5 }
      }
    ],
    messenger: [['trackEvent', 'Report Exported', manyKept]],
    mobile: [['logEvent', 'Report Exported', { price: 500, currency: 'USD', ...manyProperties }]],
    requests: ['POST /events'],
    lastBody: { event_name: 'Report Exported', created_at: at, user_id: 'u1', metadata: manyKept },
    losses: [
      { path: 'metadata.t', reason: 'too-many-keys' },
      { path: 'metadata.u', reason: 'too-many-keys' }
    ],
    doubtful: ['j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's'].map((key) => ({
      path: `metadata.${key}`,
      reason: 'beyond-ten-keys'
    })),
    mobileLosses: [
      { path: 'metadata.s', reason: 'too-many-keys' },
      { path: 'metadata.t', reason: 'too-many-keys' },
      { path: 'metadata.u', reason: 'too-many-keys' }
    ],
    mobileDoubtful: ['i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r'].map((key) => ({
      path: `metadata.${key}`,
      reason: 'beyond-ten-keys'
    }))
  },
  {
    title: 'Rich links and amounts in Intercom’s own format are kept, others are reported as lost',
    defects: ['W17'],
    given: knownPerson,
    webSettings: { richLinkProperties: ['order', 'wrong'] },
    events: [
      {
        type: 'track',
        userId: 'u1',
        event: 'Invoice Sent',
        timestamp,
        properties: {
          tax: { amount: 380, currency: 'EUR' },
          order: { url: 'https://example.com/1', value: '#1' },
          wrong: { href: 'https://example.com/1' },
          rate: { amount: 3.8, currency: 'EUR' }
        }
      }
    ],
    messenger: [
      [
        'trackEvent',
        'Invoice Sent',
        { order: { url: 'https://example.com/1', value: '#1' }, tax: { amount: 380, currency: 'EUR' } }
      ]
    ],
    mobile: [['logEvent', 'Invoice Sent']],
    requests: ['POST /events'],
    lastBody: {
      event_name: 'Invoice Sent',
      created_at: at,
      user_id: 'u1',
      metadata: { order: { url: 'https://example.com/1', value: '#1' }, tax: { amount: 380, currency: 'EUR' } }
    },
    losses: [
      { path: 'metadata.wrong', reason: 'nested-value' },
      { path: 'metadata.rate', reason: 'nested-value' }
    ],
    mobileLosses: [
      { path: 'metadata.tax', reason: 'nested-value' },
      { path: 'metadata.order', reason: 'nested-value' },
      { path: 'metadata.wrong', reason: 'nested-value' },
      { path: 'metadata.rate', reason: 'nested-value' }
    ]
  },
  {
    title: 'Hostile properties reach neither a prototype nor the proof of identity',
    defects: ['W16'],
    given: knownPerson,
    events: [
      {
        type: 'track',
        userId: 'u1',
        event: 'Attack',
        timestamp,
        properties: JSON.parse('{ "__proto__": { "admin": true }, "user_hash": "stolen", "plan": "pro" }')
      }
    ],
    messenger: [['trackEvent', 'Attack', { plan: 'pro' }]],
    mobile: [['logEvent', 'Attack', { plan: 'pro' }]],
    requests: ['POST /events'],
    lastBody: { event_name: 'Attack', created_at: at, user_id: 'u1', metadata: { plan: 'pro' } },
    // Segment's mapping kit loses `__proto__` when it copies the properties, before any action runs.
    losses: [{ path: 'metadata.user_hash', reason: 'reserved-key' }]
  },
  {
    title: 'Milliseconds become seconds, as Intercom requires',
    defects: ['C14'],
    given: knownPerson,
    events: [
      { type: 'track', userId: 'u1', event: 'Opened', timestamp: '1704164645678', properties: {} },
      { type: 'track', userId: 'u1', event: 'Closed', timestamp: 1704164645678, properties: {} }
    ],
    messenger: [
      ['trackEvent', 'Opened'],
      ['trackEvent', 'Closed']
    ],
    mobile: [
      ['logEvent', 'Opened'],
      ['logEvent', 'Closed']
    ],
    requests: ['POST /events', 'POST /events'],
    lastBody: { event_name: 'Closed', created_at: at, user_id: 'u1' }
  },
  {
    title: 'A person known only by e-mail is found, and the address is removed from the metadata',
    defects: [],
    given: knownPerson,
    events: [
      {
        type: 'track',
        anonymousId: 'a1',
        event: 'Subscribed',
        timestamp,
        properties: { email: 'ada@example.com', list: 'news' }
      }
    ],
    mobile: [['loginUnidentifiedUser'], ['logEvent', 'Subscribed', { email: 'ada@example.com', list: 'news' }]],
    requests: ['POST /contacts/search', 'POST /events'],
    lastBody: { event_name: 'Subscribed', created_at: at, id: '{contact}', metadata: { list: 'news' } }
  },
  {
    title: 'An old event of an unknown person is refused with a reason',
    defects: ['C11'],
    events: [{ type: 'track', userId: 'unknown-user', event: 'Opened', timestamp, properties: {} }],
    messenger: [['trackEvent', 'Opened']],
    mobile: [['logEvent', 'Opened']],
    requests: ['POST /events'],
    rejected: 'does not know'
  },
  {
    title: 'An event without a person is refused before any request',
    defects: [],
    events: [{ type: 'track', anonymousId: 'a1', event: 'Opened', timestamp, properties: {} }],
    mobile: [['loginUnidentifiedUser'], ['logEvent', 'Opened']],
    requests: [],
    rejected: 'neither a user id nor an e-mail'
  }
]
