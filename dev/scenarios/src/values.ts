import type { Scenario } from './scenario'

const timestamp = '2024-01-02T03:04:05Z'
/** `timestamp` in Unix seconds. */
const at = 1704164645

const knownPerson = { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] } as const

/** Scenarios about single values: dates, amounts, lengths, names of properties. */
export const valueScenarios: readonly Scenario[] = [
  {
    title: 'A sign-up before 1970 is left out, the person arrives',
    defects: [],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: { name: 'Ada Lovelace', email: 'ada@example.com', createdAt: '1965-05-01', plan: 'pro' }
      }
    ],
    messenger: [
      ['update', { user_id: 'u1', email: 'ada@example.com', name: 'Ada Lovelace', last_request_at: at, plan: 'pro' }]
    ],
    mobile: [
      [
        'loginUserWithUserAttributes',
        { userId: 'u1', email: 'ada@example.com', name: 'Ada Lovelace', customAttributes: { plan: 'pro' } }
      ]
    ],
    requests: ['POST /contacts/search', 'POST /contacts'],
    lastBody: {
      role: 'user',
      external_id: 'u1',
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      last_seen_at: at,
      custom_attributes: { plan: 'pro' }
    },
    losses: [{ path: 'signed_up_at', reason: 'out-of-range' }]
  },
  {
    title: 'A company of the year 9999 is stored without its date',
    defects: [],
    events: [
      { type: 'group', anonymousId: 'a1', groupId: 'c1', timestamp, traits: { name: 'Acme', createdAt: '9999-12-31' } }
    ],
    messenger: [['update', { company: { company_id: 'c1', name: 'Acme' } }]],
    mobile: [['loginUnidentifiedUser'], ['updateUser', { companies: [{ id: 'c1', name: 'Acme' }] }]],
    requests: ['POST /companies'],
    lastBody: { company_id: 'c1', name: 'Acme' },
    losses: [{ path: 'company.created_at', reason: 'out-of-range' }]
  },
  {
    title: 'A sign-up date is read in Java’s format, and as eight digits',
    defects: [],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: { name: 'Ada', createdAt: '2024-03-07T11:00:00+01:00[Europe/Berlin]' }
      },
      { type: 'identify', userId: 'u1', timestamp, traits: { name: 'Ada', createdAt: 20240307 } }
    ],
    messenger: [
      ['update', { user_id: 'u1', name: 'Ada', created_at: 1709805600, last_request_at: at }],
      ['update', { user_id: 'u1', name: 'Ada', created_at: 1709769600, last_request_at: at }]
    ],
    mobile: [
      ['loginUserWithUserAttributes', { userId: 'u1', name: 'Ada', signedUpAt: 1709805600 }],
      ['loginUserWithUserAttributes', { userId: 'u1', name: 'Ada', signedUpAt: 1709769600 }]
    ],
    lastBody: { name: 'Ada', signed_up_at: 1709769600, last_seen_at: at }
  },
  {
    title: 'A year and a zero are not sign-up dates',
    defects: [],
    events: [
      { type: 'identify', userId: 'u1', timestamp, traits: { name: 'Ada', createdAt: '2024' } },
      { type: 'identify', userId: 'u1', timestamp, traits: { name: 'Ada', createdAt: 0 } }
    ],
    messenger: [
      ['update', { user_id: 'u1', name: 'Ada', last_request_at: at }],
      ['update', { user_id: 'u1', name: 'Ada', last_request_at: at }]
    ],
    mobile: [
      ['loginUserWithUserAttributes', { userId: 'u1', name: 'Ada' }],
      ['loginUserWithUserAttributes', { userId: 'u1', name: 'Ada' }]
    ],
    lastBody: { name: 'Ada', last_seen_at: at },
    losses: [
      { path: 'signed_up_at', reason: 'not-a-date' },
      { path: 'signed_up_at', reason: 'not-a-date' }
    ]
  },
  {
    title: 'An avatar without a scheme gets https',
    defects: [],
    events: [{ type: 'identify', userId: 'u1', timestamp, traits: { name: 'Ada', avatar: '//host/avatar.png' } }],
    messenger: [
      [
        'update',
        {
          user_id: 'u1',
          name: 'Ada',
          avatar: { type: 'avatar', image_url: 'https://host/avatar.png' },
          last_request_at: at
        }
      ]
    ],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', name: 'Ada' }]],
    requests: ['POST /contacts'],
    lastBody: {
      role: 'user',
      external_id: 'u1',
      name: 'Ada',
      avatar: 'https://host/avatar.png',
      last_seen_at: at
    },
    mobileLosses: [{ path: 'avatar', reason: 'not-on-mobile' }]
  },
  {
    title: 'Property names that Intercom may refuse are sent, and doubtful',
    defects: [],
    given: knownPerson,
    events: [
      {
        type: 'track',
        userId: 'u1',
        event: 'Viewed',
        timestamp,
        properties: { 'cart.total': 5, $browser: 'Firefox', Plan: 'pro', plan: 'free', 'first-visit': true }
      }
    ],
    messenger: [
      ['trackEvent', 'Viewed', { 'cart.total': 5, $browser: 'Firefox', Plan: 'pro', plan: 'free', 'first-visit': true }]
    ],
    mobile: [
      ['logEvent', 'Viewed', { 'cart.total': 5, $browser: 'Firefox', Plan: 'pro', plan: 'free', 'first-visit': true }]
    ],
    requests: ['POST /events'],
    lastBody: {
      event_name: 'Viewed',
      created_at: at,
      user_id: 'u1',
      metadata: { 'cart.total': 5, $browser: 'Firefox', Plan: 'pro', plan: 'free', 'first-visit': true }
    },
    doubtful: [
      { path: 'metadata.cart.total', reason: 'doubtful-key' },
      { path: 'metadata.$browser', reason: 'doubtful-key' },
      { path: 'metadata.Plan', reason: 'same-key' },
      { path: 'metadata.plan', reason: 'same-key' }
    ]
  },
  {
    title: 'A refund stays a plain value, because Intercom has no prices below zero',
    defects: [],
    given: knownPerson,
    events: [
      {
        type: 'track',
        userId: 'u1',
        event: 'Order Refunded',
        timestamp,
        properties: { revenue: -30.5, currency: 'EUR' }
      }
    ],
    messenger: [['trackEvent', 'Order Refunded', { revenue: -30.5, currency: 'EUR' }]],
    mobile: [['logEvent', 'Order Refunded', { revenue: -30.5, currency: 'EUR' }]],
    requests: ['POST /events'],
    lastBody: {
      event_name: 'Order Refunded',
      created_at: at,
      user_id: 'u1',
      metadata: { revenue: -30.5, currency: 'EUR' }
    },
    doubtful: [{ path: 'revenue', reason: 'not-a-price' }]
  },
  {
    title: 'An amount in yen is sent in hundredths, and doubtful',
    defects: [],
    given: knownPerson,
    events: [{ type: 'track', userId: 'u1', event: 'Paid', timestamp, properties: { revenue: 1200, currency: 'jpy' } }],
    messenger: [['trackEvent', 'Paid', { price: { amount: 120000, currency: 'JPY' } }]],
    mobile: [['logEvent', 'Paid', { price: 120000, currency: 'JPY' }]],
    requests: ['POST /events'],
    lastBody: {
      event_name: 'Paid',
      created_at: at,
      user_id: 'u1',
      metadata: { price: { amount: 120000, currency: 'JPY' } }
    },
    doubtful: [{ path: 'metadata.price', reason: 'currency-without-cents' }]
  },
  {
    title: 'A blank currency counts as missing, so the price is in dollars',
    defects: [],
    given: knownPerson,
    events: [{ type: 'track', userId: 'u1', event: 'Paid', timestamp, properties: { revenue: 20, currency: ' ' } }],
    messenger: [['trackEvent', 'Paid', { price: { amount: 2000, currency: 'USD' } }]],
    mobile: [['logEvent', 'Paid', { price: 2000, currency: 'USD' }]],
    requests: ['POST /events'],
    lastBody: {
      event_name: 'Paid',
      created_at: at,
      user_id: 'u1',
      metadata: { price: { amount: 2000, currency: 'USD' } }
    }
  },
  {
    title: 'A rich link without a scheme gets https, a file name does not',
    defects: [],
    given: knownPerson,
    webSettings: { richLinkProperties: ['site', 'file'] },
    events: [
      {
        type: 'track',
        userId: 'u1',
        event: 'Shared',
        timestamp,
        properties: { site: { url: 'www.suh.com', value: 'Suh' }, file: { url: 'suh.html', value: 'Suh' } }
      }
    ],
    messenger: [['trackEvent', 'Shared', { site: { url: 'https://www.suh.com', value: 'Suh' } }]],
    mobile: [['logEvent', 'Shared']],
    requests: ['POST /events'],
    lastBody: {
      event_name: 'Shared',
      created_at: at,
      user_id: 'u1',
      metadata: { site: { url: 'https://www.suh.com', value: 'Suh' } }
    },
    losses: [{ path: 'metadata.file', reason: 'nested-value' }],
    mobileLosses: [
      { path: 'metadata.site', reason: 'nested-value' },
      { path: 'metadata.file', reason: 'nested-value' }
    ]
  },
  {
    title: 'Emoji count as one character each, so 130 of them fit',
    defects: [],
    given: knownPerson,
    events: [{ type: 'track', userId: 'u1', event: 'Felt', timestamp, properties: { mood: '😀'.repeat(130) } }],
    messenger: [['trackEvent', 'Felt', { mood: '😀'.repeat(130) }]],
    mobile: [['logEvent', 'Felt', { mood: '😀'.repeat(130) }]],
    requests: ['POST /events'],
    lastBody: { event_name: 'Felt', created_at: at, user_id: 'u1', metadata: { mood: '😀'.repeat(130) } }
  },
  {
    title: 'A Date is sent as seconds, a text that looks like one stays a text',
    defects: [],
    given: knownPerson,
    events: [
      {
        type: 'track',
        userId: 'u1',
        event: 'Renewed',
        timestamp,
        properties: { until: new Date('2025-01-02T03:04:05Z'), since: '2024-01-02T03:04:05.000Z' }
      }
    ],
    messenger: [['trackEvent', 'Renewed', { until: 1735787045, since: '2024-01-02T03:04:05.000Z' }]],
    mobile: [['logEvent', 'Renewed', { until: 1735787045, since: '2024-01-02T03:04:05.000Z' }]],
    requests: ['POST /events'],
    lastBody: {
      event_name: 'Renewed',
      created_at: at,
      user_id: 'u1',
      metadata: { until: 1735787045, since: '2024-01-02T03:04:05.000Z' }
    }
  },
  {
    title: 'The time of an event is read in Ruby’s format',
    defects: [],
    given: knownPerson,
    events: [
      {
        type: 'track',
        userId: 'u1',
        event: 'Opened',
        timestamp: '2024-01-02 04:04:05 +0100',
        properties: {}
      }
    ],
    messenger: [['trackEvent', 'Opened']],
    mobile: [['logEvent', 'Opened']],
    requests: ['POST /events'],
    lastBody: { event_name: 'Opened', created_at: at, user_id: 'u1' }
  },
  {
    title: 'An event with a time that Intercom may refuse is refused with a reason',
    defects: [],
    given: knownPerson,
    events: [{ type: 'track', userId: 'u1', event: 'Born', timestamp: '1965-05-01', properties: {} }],
    messenger: [['trackEvent', 'Born']],
    mobile: [['logEvent', 'Born']],
    requests: [],
    rejected: 'An event needs a time'
  }
]
