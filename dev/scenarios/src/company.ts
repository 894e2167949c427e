import type { Scenario } from './scenario'

const timestamp = '2024-01-02T03:04:05Z'
/** `timestamp` in Unix seconds. */
const seen = 1704164645
/** `printf Acme | md5sum` */
const ACME = '79d894520f4f94c267986a819e110bec'

const knownPerson = { contacts: [{ role: 'user', external_id: 'u1' }] } as const

/** Scenarios about companies. */
export const companyScenarios: readonly Scenario[] = [
  {
    title: 'A group call stores the company and attaches the person',
    defects: ['C7', 'C24', 'W15'],
    given: knownPerson,
    events: [
      {
        type: 'group',
        userId: 'u1',
        groupId: 'c1',
        timestamp,
        traits: {
          name: 'Acme',
          createdAt: '2020-01-01T00:00:00Z',
          plan: 'pro',
          employees: 120,
          monthlySpend: 99.9,
          website: 'https://acme.example',
          industry: 'Tools',
          tier: 'gold'
        }
      }
    ],
    messenger: [
      [
        'update',
        {
          company: {
            company_id: 'c1',
            name: 'Acme',
            created_at: 1577836800,
            plan: 'pro',
            size: 120,
            monthly_spend: 100,
            website: 'https://acme.example',
            industry: 'Tools',
            tier: 'gold'
          }
        }
      ]
    ],
    mobile: [
      [
        'updateUser',
        {
          companies: [
            {
              id: 'c1',
              name: 'Acme',
              plan: 'pro',
              monthlySpend: 100,
              createdAt: 1577836800,
              customAttributes: { size: 120, website: 'https://acme.example', industry: 'Tools', tier: 'gold' }
            }
          ]
        }
      ]
    ],
    requests: ['POST /companies', 'GET /contacts/find_by_external_id/u1', 'POST /contacts/{contact}/companies'],
    lastBody: { id: '{company}' },
    doubtful: [{ path: 'company.monthly_spend', reason: 'rounded' }]
  },
  {
    title: 'A company’s own e-mail address attaches no person',
    defects: ['C9'],
    given: { contacts: [{ role: 'user', external_id: 'u9', email: 'info@acme.example' }] },
    events: [
      {
        type: 'group',
        anonymousId: 'a1',
        groupId: 'c1',
        timestamp,
        traits: { name: 'Acme', email: 'info@acme.example' }
      }
    ],
    mobile: [
      ['loginUnidentifiedUser'],
      ['updateUser', { companies: [{ id: 'c1', name: 'Acme', customAttributes: { email: 'info@acme.example' } }] }]
    ],
    requests: ['POST /companies', 'GET /data_attributes', 'POST /companies'],
    requestLosses: [{ path: 'company.custom_attributes.email', reason: 'unknown-attribute' }]
  },
  {
    title: 'A size range and an invalid date are left out, the rest of the company arrives',
    defects: ['C15', 'W8'],
    given: knownPerson,
    events: [
      {
        type: 'group',
        userId: 'u1',
        groupId: 'c1',
        timestamp,
        traits: { name: 'Acme', employees: '11-50', createdAt: 'soon', plan: 'pro' }
      }
    ],
    messenger: [['update', { company: { company_id: 'c1', name: 'Acme', plan: 'pro' } }]],
    mobile: [['updateUser', { companies: [{ id: 'c1', name: 'Acme', plan: 'pro' }] }]],
    requests: ['POST /companies', 'GET /contacts/find_by_external_id/u1', 'POST /contacts/{contact}/companies'],
    losses: [
      { path: 'company.created_at', reason: 'not-a-date' },
      { path: 'company.size', reason: 'not-a-number' }
    ]
  },
  {
    title: 'A group call without traits creates a company with only an id',
    defects: ['W9', 'W11'],
    given: knownPerson,
    events: [{ type: 'group', userId: 'u1', groupId: 'c1', timestamp, traits: null }],
    messenger: [['update', { company: { company_id: 'c1' } }]],
    mobile: [['updateUser', { companies: [{ id: 'c1' }] }]],
    messengerDoubtful: [{ path: 'company', reason: 'unnamed-company' }],
    requests: [
      'POST /companies',
      'POST /companies',
      'GET /contacts/find_by_external_id/u1',
      'POST /contacts/{contact}/companies'
    ],
    mobileDoubtful: [{ path: 'company', reason: 'unnamed-company' }]
  },
  {
    title: 'A group call without a name keeps the name of the company',
    defects: [],
    given: knownPerson,
    events: [
      { type: 'group', userId: 'u1', groupId: 'c1', timestamp, traits: { name: 'Acme' } },
      { type: 'group', userId: 'u1', groupId: 'c1', timestamp: '2024-01-02T03:05:00Z', traits: { plan: 'pro' } }
    ],
    mobile: [
      ['updateUser', { companies: [{ id: 'c1', name: 'Acme' }] }],
      ['updateUser', { companies: [{ id: 'c1', plan: 'pro' }] }]
    ],
    requests: [
      'POST /companies',
      'GET /contacts/find_by_external_id/u1',
      'POST /contacts/{contact}/companies',
      // No further request sends the name.
      'POST /companies',
      'GET /contacts/find_by_external_id/u1',
      'POST /contacts/{contact}/companies'
    ],
    mobileDoubtful: [{ path: 'company', reason: 'unnamed-company' }]
  },
  {
    title: 'A group call for an unknown person stores the company and reports the missing attachment',
    defects: ['C10'],
    events: [{ type: 'group', userId: 'u1', groupId: 'c1', timestamp, traits: { name: 'Acme' } }],
    mobile: [['updateUser', { companies: [{ id: 'c1', name: 'Acme' }] }]],
    requests: ['POST /companies', 'GET /contacts/find_by_external_id/u1'],
    requestLosses: [{ path: 'contact', reason: 'unknown-contact' }]
  },
  {
    title: 'A person’s company arrives with all its traits',
    defects: ['W15'],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: { company: { id: 'c1', name: 'Acme', employees: 5, monthlySpend: '12.5', tier: 'gold' } }
      }
    ],
    messenger: [
      [
        'update',
        {
          user_id: 'u1',
          company: { company_id: 'c1', name: 'Acme', size: 5, monthly_spend: 13, tier: 'gold' },
          last_request_at: seen
        }
      ]
    ],
    mobile: [
      [
        'loginUserWithUserAttributes',
        {
          userId: 'u1',
          companies: [{ id: 'c1', name: 'Acme', monthlySpend: 13, customAttributes: { size: 5, tier: 'gold' } }]
        }
      ]
    ],
    requests: ['POST /contacts', 'POST /companies', 'POST /contacts/{contact}/companies'],
    lastBody: { id: '{company}' },
    doubtful: [{ path: 'company.monthly_spend', reason: 'rounded' }]
  },
  {
    title: 'Every spelling of a company’s id is read, on both halves',
    defects: ['C24'],
    events: [{ type: 'identify', userId: 'u1', timestamp, traits: { company: { companyId: 'c9', name: 'Nine' } } }],
    messenger: [['update', { user_id: 'u1', company: { company_id: 'c9', name: 'Nine' }, last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', companies: [{ id: 'c9', name: 'Nine' }] }]],
    requests: ['POST /contacts', 'POST /companies', 'POST /contacts/{contact}/companies']
  },
  {
    title: 'An empty company of a person is ignored',
    defects: ['W9'],
    events: [
      { type: 'identify', userId: 'u1', timestamp, traits: { company: null } },
      { type: 'identify', userId: 'u2', timestamp, traits: { company: '' } },
      { type: 'identify', userId: 'u3', timestamp, traits: { company: {}, companies: {} } }
    ],
    messenger: [
      ['update', { user_id: 'u1', last_request_at: seen }],
      ['update', { user_id: 'u2', last_request_at: seen }],
      ['update', { user_id: 'u3', last_request_at: seen }]
    ],
    mobile: [
      ['loginUserWithUserAttributes', { userId: 'u1' }],
      ['loginUserWithUserAttributes', { userId: 'u2' }],
      ['loginUserWithUserAttributes', { userId: 'u3' }]
    ],
    requests: ['POST /contacts', 'POST /contacts', 'POST /contacts']
  },
  {
    title: 'Companies given as texts get an id derived from their name',
    defects: ['W10', 'W11'],
    events: [
      { type: 'identify', userId: 'u1', timestamp, traits: { company: 'Acme' } },
      { type: 'identify', userId: 'u2', timestamp, traits: { companies: 'Acme' } },
      { type: 'identify', userId: 'u3', timestamp, traits: { companies: ['Acme', { name: 'Acme' }] } }
    ],
    messenger: [
      ['update', { user_id: 'u1', company: { company_id: ACME, name: 'Acme' }, last_request_at: seen }],
      ['update', { user_id: 'u2', companies: [{ company_id: ACME, name: 'Acme' }], last_request_at: seen }],
      [
        'update',
        {
          user_id: 'u3',
          companies: [
            { company_id: ACME, name: 'Acme' },
            { company_id: ACME, name: 'Acme' }
          ],
          last_request_at: seen
        }
      ]
    ],
    mobile: [
      ['loginUserWithUserAttributes', { userId: 'u1', companies: [{ id: ACME, name: 'Acme' }] }],
      ['loginUserWithUserAttributes', { userId: 'u2', companies: [{ id: ACME, name: 'Acme' }] }],
      ['loginUserWithUserAttributes', { userId: 'u3', companies: [{ id: ACME, name: 'Acme' }] }]
    ]
  },
  {
    title: 'An invalid company is left out, the person and the other companies arrive',
    defects: ['W10'],
    events: [{ type: 'identify', userId: 'u1', timestamp, traits: { companies: [{ plan: 'pro' }, { id: 'c1' }] } }],
    messenger: [['update', { user_id: 'u1', companies: [{ company_id: 'c1' }], last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', companies: [{ id: 'c1' }] }]],
    messengerDoubtful: [{ path: 'companies[0]', reason: 'unnamed-company' }],
    requests: ['POST /contacts', 'POST /companies', 'POST /companies', 'POST /contacts/{contact}/companies'],
    losses: [{ path: 'companies[0]', reason: 'no-company-id' }],
    mobileDoubtful: [{ path: 'companies[0]', reason: 'unnamed-company' }]
  },
  {
    title: 'A list instead of one company is a list of companies',
    defects: [],
    events: [{ type: 'identify', userId: 'u1', timestamp, traits: { company: [{ id: 'x1', name: 'X1' }, 'Acme'] } }],
    messenger: [
      [
        'update',
        {
          user_id: 'u1',
          companies: [
            { company_id: 'x1', name: 'X1' },
            { company_id: ACME, name: 'Acme' }
          ],
          last_request_at: seen
        }
      ]
    ],
    mobile: [
      [
        'loginUserWithUserAttributes',
        {
          userId: 'u1',
          companies: [
            { id: 'x1', name: 'X1' },
            { id: ACME, name: 'Acme' }
          ]
        }
      ]
    ],
    requests: [
      'POST /contacts',
      'POST /companies',
      'POST /contacts/{contact}/companies',
      'POST /companies',
      'POST /contacts/{contact}/companies'
    ]
  },
  {
    title: 'A company with a long id is left out, the person arrives',
    defects: [],
    events: [
      {
        type: 'identify',
        userId: 'u1',
        timestamp,
        traits: { name: 'Ada Lovelace', company: { id: 'x'.repeat(256), name: 'Acme', plan: 'pro' } }
      }
    ],
    messenger: [['update', { user_id: 'u1', name: 'Ada Lovelace', last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', name: 'Ada Lovelace' }]],
    requests: ['POST /contacts'],
    lastBody: { role: 'user', external_id: 'u1', name: 'Ada Lovelace', last_seen_at: seen },
    losses: [{ path: 'company.company_id', reason: 'too-long' }]
  },
  {
    title: 'Blank texts overwrite nothing of a company and do not hide another spelling',
    defects: [],
    given: knownPerson,
    events: [
      {
        type: 'group',
        userId: 'u1',
        groupId: 'c1',
        timestamp,
        traits: {
          name: 'Acme',
          plan: ' ',
          website: '',
          industry: '\t',
          employees: ' ',
          employee_count: 120,
          monthly_spend: '',
          monthlySpend: 99,
          createdAt: ' ',
          created: '2020-01-01T00:00:00Z'
        }
      }
    ],
    messenger: [
      ['update', { company: { company_id: 'c1', name: 'Acme', created_at: 1577836800, size: 120, monthly_spend: 99 } }]
    ],
    mobile: [
      [
        'updateUser',
        {
          companies: [
            { id: 'c1', name: 'Acme', monthlySpend: 99, createdAt: 1577836800, customAttributes: { size: 120 } }
          ]
        }
      ]
    ],
    requests: ['POST /companies', 'GET /contacts/find_by_external_id/u1', 'POST /contacts/{contact}/companies']
  },
  {
    title: 'A company with remove detaches the person',
    defects: [],
    events: [{ type: 'identify', userId: 'u1', timestamp, traits: { company: { id: 'c1', remove: true } } }],
    messenger: [['update', { user_id: 'u1', company: { company_id: 'c1', remove: true }, last_request_at: seen }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1' }]],
    messengerDoubtful: [{ path: 'company', reason: 'unnamed-company' }],
    mobileLosses: [{ path: 'company.remove', reason: 'not-on-mobile' }]
  }
]
