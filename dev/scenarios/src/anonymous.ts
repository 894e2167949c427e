import type { Scenario } from './scenario'

const timestamp = '2024-01-02T03:04:05Z'
/** `timestamp` in Unix seconds. */
const seen = 1704164645

const signUp = {
  type: 'identify',
  userId: 'u1',
  anonymousId: 'a1',
  timestamp,
  traits: { plan: 'pro' },
  context: { intercom: { visitor_id: 'v1' } }
} as const
const update = { user_id: 'u1', plan: 'pro', last_request_at: seen }
const body = { role: 'user', external_id: 'u1', last_seen_at: seen, custom_attributes: { plan: 'pro' } }
const inApp = 'The mobile SDK shows no id of a visitor, and an app logs its anonymous people in as unidentified.'
const useAnonymousId = { use_anonymous_id: 'true' }

/** Scenarios about people before they have a user id. */
export const anonymousScenarios: readonly Scenario[] = [
  {
    title: 'A visitor of the Messenger signs up: the page links, the server converts',
    defects: [],
    given: { visitors: [{ user_id: 'v1' }] },
    webSettings: { linkVisitor: true },
    cloudMapping: { convert_visitor: 'true' },
    events: [signUp],
    messenger: [['getVisitorId'], ['update', { ...update, intercom_visitor_id: 'v1', segment_anonymous_id: 'a1' }]],
    mobile: inApp,
    requests: ['POST /contacts', 'POST /visitors/convert'],
    lastBody: { visitor: { user_id: 'v1' }, user: { id: '{contact}' }, type: 'user' }
  },
  {
    title: 'A visitor that Intercom does not know any more is a loss, and the person arrives',
    defects: [],
    webSettings: { linkVisitor: true },
    cloudMapping: { convert_visitor: 'true' },
    events: [signUp],
    messenger: [['getVisitorId'], ['update', update]],
    mobile: inApp,
    requests: ['POST /contacts', 'POST /visitors/convert'],
    requestLosses: [{ path: 'visitor_id', reason: 'unknown-visitor' }]
  },
  {
    title: 'Visitors are neither linked nor converted unless a switch says so',
    defects: [],
    given: { visitors: [{ user_id: 'v1' }] },
    events: [signUp],
    messenger: [['update', update]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', customAttributes: { plan: 'pro' } }]],
    requests: ['POST /contacts'],
    lastBody: body
  },
  {
    title: 'A person is stored by the anonymous id, and renamed when the user id comes',
    defects: [],
    cloudMapping: useAnonymousId,
    events: [{ ...signUp, userId: null, traits: { name: 'Ada' } }, signUp],
    messenger: [
      ['update', { name: 'Ada', last_request_at: seen }],
      ['update', update]
    ],
    mobile: inApp,
    requests: [
      'POST /contacts',
      'GET /contacts/find_by_external_id/a1',
      'GET /contacts/find_by_external_id/u1',
      'PUT /contacts/{contact}'
    ],
    lastBody: body
  },
  {
    title: 'A user with the user id and one with the anonymous id stay two',
    defects: [],
    given: {
      contacts: [
        { role: 'user', external_id: 'u1' },
        { role: 'user', external_id: 'a1' }
      ]
    },
    cloudMapping: useAnonymousId,
    events: [signUp],
    messenger: [['update', update]],
    mobile: inApp,
    requests: [
      'GET /contacts/find_by_external_id/a1',
      'GET /contacts/find_by_external_id/u1',
      'PUT /contacts/{contact}'
    ],
    lastBody: { last_seen_at: seen, custom_attributes: { plan: 'pro' } },
    requestLosses: [{ path: 'anonymous_id', reason: 'user-with-anonymous-id' }]
  },
  {
    title: 'An anonymous person does an event and belongs to a company',
    defects: [],
    given: { contacts: [{ role: 'user', external_id: 'a1' }] },
    cloudMapping: useAnonymousId,
    events: [
      { type: 'track', event: 'Viewed', anonymousId: 'a1', timestamp },
      { type: 'group', groupId: 'c1', anonymousId: 'a1', timestamp, traits: { name: 'Acme' } }
    ],
    messenger: [
      ['trackEvent', 'Viewed'],
      ['update', { company: { company_id: 'c1', name: 'Acme' } }]
    ],
    mobile: inApp,
    requests: [
      'POST /events',
      'POST /companies',
      'GET /contacts/find_by_external_id/a1',
      'POST /contacts/{contact}/companies'
    ]
  }
]
