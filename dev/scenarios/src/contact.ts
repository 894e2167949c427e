import type { Scenario } from './scenario'

const timestamp = '2024-01-02T03:04:05Z'
/** `timestamp` in Unix seconds. */
const seen = 1704164645

const proof = 'f1c2a3'

/** Scenarios about people. */
export const contactScenarios: readonly Scenario[] = [
  {
    title: 'A person signs up, and all traits arrive',
    defects: ['W15', 'C23', 'C24'],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: {
          email: 'ada@example.com',
          name: 'Ada Lovelace',
          phone: '+49 30 1234',
          avatar: 'https://example.com/ada.png',
          createdAt: '2020-01-01T00:00:00Z',
          plan: 'pro',
          seats: 3,
          beta: true
        }
      }
    ],
    messenger: [
      [
        'update',
        {
          user_id: 'u1',
          email: 'ada@example.com',
          name: 'Ada Lovelace',
          phone: '+49 30 1234',
          avatar: { type: 'avatar', image_url: 'https://example.com/ada.png' },
          created_at: 1577836800,
          last_request_at: seen,
          plan: 'pro',
          seats: 3,
          beta: true
        }
      ]
    ],
    mobile: [
      [
        'loginUserWithUserAttributes',
        {
          userId: 'u1',
          email: 'ada@example.com',
          name: 'Ada Lovelace',
          phone: '+49 30 1234',
          signedUpAt: 1577836800,
          customAttributes: { plan: 'pro', seats: 3, beta: true }
        }
      ]
    ],
    requests: ['POST /contacts/search', 'POST /contacts'],
    lastBody: {
      role: 'user',
      external_id: 'u1',
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      phone: '+49 30 1234',
      avatar: 'https://example.com/ada.png',
      signed_up_at: 1577836800,
      last_seen_at: seen,
      custom_attributes: { plan: 'pro', seats: 3, beta: true }
    },
    mobileLosses: [{ path: 'avatar', reason: 'not-on-mobile' }]
  },
  {
    title: 'First and last name form the name',
    defects: ['W15'],
    events: [{ type: 'identify', userId: 'u1', timestamp, traits: { firstName: 'Ada', last_name: 'Lovelace' } }],
    messenger: [['update', { user_id: 'u1', name: 'Ada Lovelace', last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', name: 'Ada Lovelace' }]],
    requests: ['POST /contacts'],
    lastBody: { role: 'user', external_id: 'u1', name: 'Ada Lovelace', last_seen_at: seen }
  },
  {
    title: 'A first name alone does not rename a person in the browser',
    defects: [],
    events: [{ type: 'identify', userId: 'u1', timestamp, traits: { firstName: 'Ada', lastName: ' ' } }],
    messenger: [['update', { user_id: 'u1', last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1' }]],
    messengerLosses: [{ path: 'name', reason: 'partial-name' }],
    mobileLosses: [{ path: 'name', reason: 'partial-name' }]
  },
  {
    title: 'A known person is updated, not refused',
    defects: ['C5'],
    given: { contacts: [{ role: 'user', external_id: 'u1', name: 'Ada' }] },
    events: [{ type: 'identify', userId: 'u1', timestamp, traits: { name: 'Ada Lovelace' } }],
    messenger: [['update', { user_id: 'u1', name: 'Ada Lovelace', last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', name: 'Ada Lovelace' }]],
    requests: ['POST /contacts', 'PUT /contacts/{contact}'],
    lastBody: { name: 'Ada Lovelace', last_seen_at: seen }
  },
  {
    title: 'A lead who signs up becomes a user',
    defects: [],
    given: { contacts: [{ role: 'lead', email: 'ada@example.com' }] },
    events: [{ type: 'identify', userId: 'u1', timestamp, traits: { email: 'ada@example.com' } }],
    messenger: [['update', { user_id: 'u1', email: 'ada@example.com', last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', email: 'ada@example.com' }]],
    requests: ['POST /contacts/search', 'PUT /contacts/{contact}'],
    lastBody: { role: 'user', external_id: 'u1', email: 'ada@example.com', last_seen_at: seen }
  },
  {
    title: 'Sign-up times as digits are read, in seconds and in milliseconds',
    defects: ['W8', 'C14'],
    events: [
      { type: 'identify', userId: 'u1', timestamp, traits: { createdAt: '1516746535' } },
      { type: 'identify', userId: 'u2', timestamp: 1704164645678, traits: { created_at: '1516746535111' } }
    ],
    messenger: [
      ['update', { user_id: 'u1', created_at: 1516746535, last_request_at: seen }],
      ['update', { user_id: 'u2', created_at: 1516746535, last_request_at: seen }]
    ],
    mobile: [
      ['loginUserWithUserAttributes', { userId: 'u1', signedUpAt: 1516746535 }],
      ['loginUserWithUserAttributes', { userId: 'u2', signedUpAt: 1516746535 }]
    ],
    requests: ['POST /contacts', 'POST /contacts'],
    lastBody: { role: 'user', external_id: 'u2', signed_up_at: 1516746535, last_seen_at: seen }
  },
  {
    title: 'An invalid sign-up time is left out, the person arrives',
    defects: ['W8', 'C15'],
    events: [
      { type: 'identify', userId: 'u1', timestamp, traits: { createdAt: 'yesterday', plan: 'pro' } },
      { type: 'identify', userId: 'u2', timestamp, traits: { createdAt: '2024-13-45', plan: 'pro' } }
    ],
    messenger: [
      ['update', { user_id: 'u1', plan: 'pro', last_request_at: seen }],
      ['update', { user_id: 'u2', plan: 'pro', last_request_at: seen }]
    ],
    mobile: [
      ['loginUserWithUserAttributes', { userId: 'u1', customAttributes: { plan: 'pro' } }],
      ['loginUserWithUserAttributes', { userId: 'u2', customAttributes: { plan: 'pro' } }]
    ],
    requests: ['POST /contacts', 'POST /contacts'],
    lastBody: { role: 'user', external_id: 'u2', last_seen_at: seen, custom_attributes: { plan: 'pro' } },
    losses: [
      { path: 'signed_up_at', reason: 'not-a-date' },
      { path: 'signed_up_at', reason: 'not-a-date' }
    ]
  },
  {
    title: 'A bad e-mail and a bad picture are left out, the person arrives',
    defects: ['C15'],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: { email: 'not-an-email', avatar: 'me.png', name: 'Ada', plan: 'pro' }
      }
    ],
    messenger: [['update', { user_id: 'u1', name: 'Ada', plan: 'pro', last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', name: 'Ada', customAttributes: { plan: 'pro' } }]],
    requests: ['POST /contacts'],
    lastBody: { role: 'user', external_id: 'u1', name: 'Ada', last_seen_at: seen, custom_attributes: { plan: 'pro' } },
    losses: [
      { path: 'email', reason: 'not-an-email' },
      { path: 'avatar', reason: 'not-a-url' }
    ]
  },
  {
    title: 'Nested traits are reported as lost, the flat ones arrive',
    defects: ['W17', 'C19'],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: { plan: 'pro', address: { city: 'Bonn' }, labels: ['a', 'b'], nickname: null }
      }
    ],
    messenger: [['update', { user_id: 'u1', plan: 'pro', nickname: null, last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', customAttributes: { plan: 'pro', nickname: null } }]],
    requests: ['POST /contacts'],
    lastBody: {
      role: 'user',
      external_id: 'u1',
      last_seen_at: seen,
      custom_attributes: { plan: 'pro', nickname: null }
    },
    losses: [
      { path: 'custom_attributes.address', reason: 'nested-value' },
      { path: 'custom_attributes.labels', reason: 'nested-value' }
    ]
  },
  {
    title: 'Traits never overwrite the identity of the person or the workspace',
    defects: ['W16'],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: {
          email: 'ada@example.com',
          user_id: 'another-user',
          external_id: 'another-user',
          user_hash: 'stolen',
          app_id: 'other',
          role: 'admin',
          plan: 'pro'
        }
      }
    ],
    messenger: [['update', { user_id: 'u1', email: 'ada@example.com', plan: 'pro', last_request_at: seen }]],
    mobile: [
      ['loginUserWithUserAttributes', { userId: 'u1', email: 'ada@example.com', customAttributes: { plan: 'pro' } }]
    ],
    requests: ['POST /contacts/search', 'POST /contacts'],
    lastBody: {
      role: 'user',
      external_id: 'u1',
      email: 'ada@example.com',
      last_seen_at: seen,
      custom_attributes: { plan: 'pro' }
    },
    losses: [
      { path: 'custom_attributes.user_id', reason: 'no-field-reads-it' },
      { path: 'custom_attributes.external_id', reason: 'reserved-key' },
      { path: 'custom_attributes.user_hash', reason: 'reserved-key' },
      { path: 'custom_attributes.app_id', reason: 'reserved-key' },
      { path: 'custom_attributes.role', reason: 'reserved-key' }
    ]
  },
  {
    title: 'An unknown attribute is left out on the server; the Messenger creates it',
    defects: ['C20'],
    events: [{ type: 'identify', userId: 'u1', timestamp, traits: { plan: 'pro', shoe_size: 42 } }],
    messenger: [['update', { user_id: 'u1', plan: 'pro', shoe_size: 42, last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', customAttributes: { plan: 'pro', shoe_size: 42 } }]],
    requests: ['POST /contacts', 'GET /data_attributes', 'POST /contacts'],
    lastBody: { role: 'user', external_id: 'u1', last_seen_at: seen, custom_attributes: { plan: 'pro' } },
    messengerLosses: [],
    requestLosses: [{ path: 'custom_attributes.shoe_size', reason: 'unknown-attribute' }]
  },
  {
    title: 'Options for Intercom are read from the context and the integrations',
    defects: [],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: {},
        context: { Intercom: { unsubscribedFromEmails: true } },
        integrations: { Intercom: { language_override: 'de' } }
      }
    ],
    messenger: [
      ['update', { user_id: 'u1', unsubscribed_from_emails: true, language_override: 'de', last_request_at: seen }]
    ],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', languageOverride: 'de', unsubscribedFromEmails: true }]],
    requests: ['POST /contacts'],
    lastBody: { role: 'user', external_id: 'u1', last_seen_at: seen, unsubscribed_from_emails: true }
  },
  {
    title: 'Proof of identity is found in every place, and is sent only as proof',
    defects: ['W14'],
    events: [
      { type: 'identify', userId: 'u1', timestamp, traits: {}, integrations: { Intercom: { user_hash: proof } } },
      { type: 'identify', userId: 'u1', timestamp, traits: {}, integrations: { Intercom: { userHash: proof } } },
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: {},
        integrations: { 'Intercom Web (Actions)': { user_hash: proof } }
      },
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: {},
        integrations: { 'Intercom Web (Actions)': { userHash: proof } }
      },
      { type: 'identify', userId: 'u1', timestamp, traits: {}, context: { Intercom: { user_hash: proof } } },
      { type: 'identify', userId: 'u1', timestamp, traits: {}, context: { Intercom: { userHash: proof } } },
      { type: 'identify', userId: 'u1', timestamp, traits: {}, context: { Intercom: { intercomUserJwt: 'ey.J.w' } } },
      {
        type: 'page',
        userId: 'u1',
        timestamp,
        properties: {},
        integrations: { 'Intercom Web (Actions)': { intercom_user_jwt: 'ey.J.w' } }
      }
    ],
    messenger: [
      ...Array.from(
        { length: 6 },
        () => ['update', { user_id: 'u1', user_hash: proof, last_request_at: seen }] as const
      ),
      ...Array.from(
        { length: 2 },
        () => ['update', { user_id: 'u1', intercom_user_jwt: 'ey.J.w', last_request_at: seen }] as const
      )
    ],
    mobile: [
      ...Array.from({ length: 6 }, () => [
        ['setUserHash', proof] as const,
        ['loginUserWithUserAttributes', { userId: 'u1' }] as const
      ]).flat(),
      ['setUserJwt', 'ey.J.w'],
      ['loginUserWithUserAttributes', { userId: 'u1' }]
    ]
  },
  {
    title: 'The launcher flag is found in every place',
    defects: ['W14'],
    events: [
      { type: 'page', userId: 'u1', timestamp, properties: {}, context: { Intercom: { hideDefaultLauncher: true } } },
      {
        type: 'page',
        userId: 'u1',
        timestamp,
        properties: {},
        context: { Intercom: { hide_default_launcher: 'false' } }
      },
      {
        type: 'page',
        userId: 'u1',
        timestamp,
        properties: {},
        integrations: { Intercom: { hideDefaultLauncher: true } }
      },
      {
        type: 'page',
        userId: 'u1',
        timestamp,
        properties: {},
        integrations: { 'Intercom Web (Actions)': { hide_default_launcher: false } }
      },
      { type: 'page', userId: 'u1', timestamp, properties: {}, integrations: { Intercom: false } }
    ],
    messenger: [
      ['update', { user_id: 'u1', hide_default_launcher: true, last_request_at: seen }],
      ['update', { user_id: 'u1', hide_default_launcher: false, last_request_at: seen }],
      ['update', { user_id: 'u1', hide_default_launcher: true, last_request_at: seen }],
      ['update', { user_id: 'u1', hide_default_launcher: false, last_request_at: seen }],
      ['update', { user_id: 'u1', last_request_at: seen }]
    ],
    mobile: 'An app shows its own launcher or none, and the SDK takes no flag for it.'
  },
  {
    title: 'A page view of a visitor is a ping in the browser and ignored on a server',
    defects: [],
    events: [{ type: 'page', anonymousId: 'a1', timestamp, name: 'Home', properties: { path: '/' } }],
    messenger: [['update', { last_request_at: seen }]],
    mobile: 'An app has no page calls.',
    requests: []
  },
  {
    title: 'A person without id and e-mail stays a visitor in the browser and is refused on a server',
    defects: [],
    events: [{ type: 'identify', anonymousId: 'a1', timestamp, traits: { plan: 'pro' } }],
    messenger: [['update', { plan: 'pro', last_request_at: seen }]],
    mobile: [['loginUnidentifiedUser'], ['updateUser', { customAttributes: { plan: 'pro' } }]],
    requests: [],
    rejected: 'neither a user id nor an e-mail'
  }
]
