import type { Scenario } from './scenario'

const timestamp = '2024-01-02T03:04:05Z'
/** `timestamp` in Unix seconds. */
const seen = 1704164645

/** Scenarios about the sources of values in the default mappings. */
export const mappingScenarios: readonly Scenario[] = [
  {
    title: 'Traits are read from the context if an identify has them only there',
    defects: [],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        context: { traits: { name: 'Ada Lovelace', createdAt: '2020-01-01T00:00:00Z', plan: 'pro', company: 'Acme' } }
      },
      {
        type: 'identify',
        userId: 'u2',
        timestamp,
        traits: {},
        context: { traits: { name: 'Grace Hopper', plan: 'free' } }
      },
      {
        type: 'identify',
        userId: 'u3',
        timestamp,
        traits: { name: 'Jean Bartik', plan: 'pro' },
        context: { traits: { name: 'Another', plan: 'free' } }
      }
    ],
    messenger: [
      [
        'update',
        {
          user_id: 'u1',
          name: 'Ada Lovelace',
          created_at: 1577836800,
          plan: 'pro',
          company: { company_id: '79d894520f4f94c267986a819e110bec', name: 'Acme' },
          last_request_at: seen
        }
      ],
      ['update', { user_id: 'u2', name: 'Grace Hopper', plan: 'free', last_request_at: seen }],
      ['update', { user_id: 'u3', name: 'Jean Bartik', plan: 'pro', last_request_at: seen }]
    ],
    mobile: [
      [
        'loginUserWithUserAttributes',
        {
          userId: 'u1',
          name: 'Ada Lovelace',
          signedUpAt: 1577836800,
          customAttributes: { plan: 'pro' },
          companies: [{ id: '79d894520f4f94c267986a819e110bec', name: 'Acme' }]
        }
      ],
      ['loginUserWithUserAttributes', { userId: 'u2', name: 'Grace Hopper', customAttributes: { plan: 'free' } }],
      ['loginUserWithUserAttributes', { userId: 'u3', name: 'Jean Bartik', customAttributes: { plan: 'pro' } }]
    ],
    requests: [
      'POST /contacts',
      'POST /companies',
      'POST /contacts/{contact}/companies',
      'POST /contacts',
      'POST /contacts'
    ],
    lastBody: {
      role: 'user',
      external_id: 'u3',
      name: 'Jean Bartik',
      last_seen_at: seen,
      custom_attributes: { plan: 'pro' }
    }
  },
  {
    title: 'A blank sign-up date does not hide the one beside it, in any spelling',
    defects: [],
    events: ['created_at', 'created', 'signedUpAt', 'signed_up_at', 'remoteCreatedAt'].map((name) => ({
      type: 'identify',
      userId: 'u1',
      timestamp,
      traits: { createdAt: ' \t', [name]: '2020-01-01T00:00:00Z' }
    })),
    messenger: Array.from(
      { length: 5 },
      () => ['update', { user_id: 'u1', created_at: 1577836800, last_request_at: seen }] as const
    ),
    mobile: Array.from(
      { length: 5 },
      () => ['loginUserWithUserAttributes', { userId: 'u1', signedUpAt: 1577836800 }] as const
    )
  },
  {
    title: 'A picture in Intercom’s own format is read, and an object in a text field is left out',
    defects: [],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: {
          avatar: { type: 'avatar', image_url: 'https://example.com/ada.png' },
          name: 'Ada Lovelace',
          phone: { home: '1' },
          createdAt: { year: 2020 }
        }
      }
    ],
    messenger: [
      [
        'update',
        {
          user_id: 'u1',
          name: 'Ada Lovelace',
          avatar: { type: 'avatar', image_url: 'https://example.com/ada.png' },
          last_request_at: seen
        }
      ]
    ],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', name: 'Ada Lovelace' }]],
    requests: ['POST /contacts'],
    lastBody: {
      role: 'user',
      external_id: 'u1',
      name: 'Ada Lovelace',
      avatar: 'https://example.com/ada.png',
      last_seen_at: seen
    },
    losses: [
      { path: 'phone', reason: 'not-text' },
      { path: 'signed_up_at', reason: 'not-a-date' }
    ],
    mobileLosses: [
      { path: 'phone', reason: 'not-text' },
      { path: 'signed_up_at', reason: 'not-a-date' },
      { path: 'avatar', reason: 'not-on-mobile' }
    ]
  },
  {
    title: 'The options and the activity time of the classic destination are read',
    defects: [],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: { lastRequestAt: '2020-01-01T00:00:00Z' },
        integrations: { Intercom: { unsubscribed: true } }
      },
      {
        type: 'identify',
        userId: 'u2',
        timestamp,
        traits: {},
        integrations: { intercom: { unsubscribed: false } }
      },
      { type: 'identify', userId: 'u3', timestamp, traits: {}, integrations: { Intercom: false } }
    ],
    messenger: [
      ['update', { user_id: 'u1', unsubscribed_from_emails: true, last_request_at: 1577836800 }],
      ['update', { user_id: 'u2', unsubscribed_from_emails: false, last_request_at: seen }],
      ['update', { user_id: 'u3', last_request_at: seen }]
    ],
    mobile: [
      ['loginUserWithUserAttributes', { userId: 'u1', unsubscribedFromEmails: true }],
      ['loginUserWithUserAttributes', { userId: 'u2', unsubscribedFromEmails: false }]
    ],
    requests: ['POST /contacts', 'POST /contacts', 'POST /contacts'],
    lastBody: { role: 'user', external_id: 'u3', last_seen_at: seen },
    mobileLosses: [{ path: 'custom_attributes.lastRequestAt', reason: 'no-field-reads-it' }]
  },
  {
    title: 'A blank revenue does not hide the total, a revenue of zero does',
    defects: [],
    given: { contacts: [{ role: 'user', external_id: 'u1' }] },
    events: [
      { type: 'track', userId: 'u1', event: 'Paid', timestamp, properties: { revenue: '', total: 20 } },
      { type: 'track', userId: 'u1', event: 'Given', timestamp, properties: { revenue: 0, total: 20 } },
      { type: 'track', userId: 'u1', event: 'Sold', timestamp, properties: { revenue: { amount: 5, currency: 'EUR' } } }
    ],
    messenger: [
      ['trackEvent', 'Paid', { price: { amount: 2000, currency: 'USD' } }],
      ['trackEvent', 'Given', { price: { amount: 0, currency: 'USD' }, total: 20 }],
      ['trackEvent', 'Sold', { price: { amount: 500, currency: 'EUR' } }]
    ],
    mobile: [
      ['logEvent', 'Paid', { price: 2000, currency: 'USD' }],
      ['logEvent', 'Given', { price: 0, currency: 'USD', total: 20 }],
      ['logEvent', 'Sold', { price: 500, currency: 'EUR' }]
    ],
    requests: ['POST /events', 'POST /events', 'POST /events'],
    lastBody: {
      event_name: 'Sold',
      created_at: seen,
      user_id: 'u1',
      metadata: { price: { amount: 500, currency: 'EUR' } }
    }
  },
  {
    title: 'An event of a visitor belongs to the address in its properties, or else in its context',
    defects: [],
    given: { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] },
    events: [
      {
        type: 'track',
        anonymousId: 'a1',
        event: 'Viewed',
        timestamp,
        properties: { page: 'home' },
        context: { traits: { email: 'ada@example.com' } }
      }
    ],
    mobile: [['loginUnidentifiedUser'], ['logEvent', 'Viewed', { page: 'home' }]],
    requests: ['POST /contacts/search', 'POST /events'],
    lastBody: { event_name: 'Viewed', created_at: seen, id: '{contact}', metadata: { page: 'home' } }
  },
  {
    title: 'A person whose user id is too long is identified by the e-mail address',
    defects: [],
    given: { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] },
    events: [
      {
        type: 'track',
        userId: 'u'.repeat(256),
        event: 'Viewed',
        timestamp,
        properties: { page: 'home', email: 'ada@example.com' }
      },
      {
        type: 'identify',
        userId: 'u'.repeat(256),
        timestamp,
        traits: { name: 'Ada Lovelace', email: 'ada@example.com' }
      }
    ],
    mobile: [
      ['logEvent', 'Viewed', { page: 'home', email: 'ada@example.com' }],
      ['loginUnidentifiedUser'],
      ['updateUser', { email: 'ada@example.com', name: 'Ada Lovelace' }]
    ],
    requests: ['POST /contacts/search', 'POST /events', 'POST /contacts/search', 'PUT /contacts/{contact}'],
    lastBody: { name: 'Ada Lovelace', email: 'ada@example.com', last_seen_at: seen },
    losses: [
      { path: 'user_id', reason: 'too-long' },
      { path: 'external_id', reason: 'too-long' }
    ],
    mobileLosses: [{ path: 'external_id', reason: 'too-long' }]
  }
]
