import type { SegmentClient } from '@segment/analytics-react-native'
import type { IntercomPluginOptions } from '..'
import { startApp, toDoubts, toLosses } from '../test-support/app'
import { newPhone } from '../test-support/intercom-module'

type Step = (client: SegmentClient) => Promise<unknown>

/** An identify call with options for Intercom, as an app adds them. */
const identifyWith =
  (userId: string | undefined, traits: object, options: Record<string, unknown>): Step =>
  (client) =>
    client.identify(userId, { ...traits }, (event) => ({ ...event, integrations: { Intercom: options } }))

const trackWith =
  (name: string, integrations: Record<string, boolean>): Step =>
  (client) =>
    client.track(name, {}, (event) => ({ ...event, integrations }))

const identify =
  (userId?: string, traits: object = {}): Step =>
  (client) =>
    client.identify(userId, { ...traits })
const track =
  (name: string): Step =>
  (client) =>
    client.track(name)
const group =
  (id: string, traits: object = {}): Step =>
  (client) =>
    client.group(id, { ...traits })
const reset: Step = (client) => client.reset()

interface Row {
  title: string
  /** What the SDK has kept from an earlier start of the app. */
  kept?: { userId?: string; email?: string }
  plugin?: IntercomPluginOptions
  steps: Step[]
  calls: unknown[][]
  losses?: { path: string; reason: string }[]
  doubts?: { path: string; reason: string }[]
}

const LOGIN = 'loginUserWithUserAttributes'

const LOGINS: Row[] = [
  {
    title: 'a person who signs up is logged in with their traits',
    steps: [identify('u1', { email: 'ada@example.com', plan: 'pro' })],
    calls: [[LOGIN, { userId: 'u1', email: 'ada@example.com', customAttributes: { plan: 'pro' } }]]
  },
  {
    title: 'the same person again is updated with what is new, not logged in again',
    steps: [
      identify('u1', { name: 'Ada', plan: 'free', seats: 3 }),
      identify('u1', { plan: 'pro' }),
      identify('u1', { plan: 'pro' })
    ],
    calls: [
      [LOGIN, { userId: 'u1', name: 'Ada', customAttributes: { plan: 'free', seats: 3 } }],
      ['updateUser', { customAttributes: { plan: 'pro' } }]
    ]
  },
  {
    title: 'another person never gets the session of the one before',
    steps: [identify('u1'), identify('u2')],
    calls: [[LOGIN, { userId: 'u1' }], ['logout'], [LOGIN, { userId: 'u2' }]]
  },
  {
    title: 'a login that the SDK has kept is not made again',
    kept: { userId: 'u1' },
    steps: [identify('u1', { name: 'Ada' })],
    calls: [['updateUser', { name: 'Ada' }]]
  },
  {
    title: 'a kept login of another person ends first',
    kept: { userId: 'u9' },
    steps: [identify('u1')],
    calls: [['logout'], [LOGIN, { userId: 'u1' }]]
  },
  {
    title: 'a kept login by e-mail address alone may be another person, and ends first',
    kept: { email: 'ada@example.com' },
    steps: [identify('u1')],
    calls: [['logout'], [LOGIN, { userId: 'u1' }]]
  },
  {
    title: 'a person without a user id is logged in as unidentified, once',
    steps: [identify(undefined, { plan: 'free' }), identify(undefined, { plan: 'free' })],
    calls: [['loginUnidentifiedUser'], ['updateUser', { customAttributes: { plan: 'free' } }]]
  },
  {
    title: 'an unidentified person who signs up is not logged out',
    steps: [track('Opened'), identify('u1')],
    calls: [['loginUnidentifiedUser'], ['logEvent', 'Opened'], [LOGIN, { userId: 'u1' }]]
  },
  {
    title: 'a person without a user id is kept away from Intercom on request, and is reported',
    plugin: { trackAnonymous: false },
    steps: [identify(undefined, { plan: 'free' }), reset],
    calls: [['logout']],
    losses: [{ path: 'user_id', reason: 'anonymous-off' }]
  },
  {
    title: 'after a logout the next person starts as unidentified',
    steps: [identify('u1', { name: 'Ada' }), reset, track('Opened'), identify('u1', { name: 'Ada' })],
    calls: [
      [LOGIN, { userId: 'u1', name: 'Ada' }],
      ['logout'],
      ['loginUnidentifiedUser'],
      ['logEvent', 'Opened'],
      [LOGIN, { userId: 'u1', name: 'Ada' }]
    ]
  },
  {
    title: 'an alias is a login under the new id',
    steps: [track('Opened'), (client) => client.alias('u1'), track('Bought')],
    calls: [['loginUnidentifiedUser'], ['logEvent', 'Opened'], [LOGIN, { userId: 'u1' }], ['logEvent', 'Bought']]
  },
  {
    title: 'device and app are stored only on request',
    plugin: { collectContext: true },
    steps: [identify('u1')],
    calls: [
      [
        LOGIN,
        {
          userId: 'u1',
          customAttributes: {
            device_type: 'android',
            device_manufacturer: 'Example',
            device_model: 'One',
            os_name: 'Android',
            os_version: '15',
            app_name: 'Shop',
            app_version: '3.2.1'
          }
        }
      ]
    ]
  }
]

const COMPANIES: Row[] = [
  {
    title: 'a second company is sent with the first, and a nameless call keeps the name',
    steps: [
      identify('u1'),
      group('c1', { name: 'Acme' }),
      group('c2', { name: 'Bolt', employees: 5 }),
      group('c1', { plan: 'pro' }),
      group('c1', { plan: 'pro' })
    ],
    calls: [
      [LOGIN, { userId: 'u1' }],
      ['updateUser', { companies: [{ id: 'c1', name: 'Acme' }] }],
      [
        'updateUser',
        {
          companies: [
            { id: 'c1', name: 'Acme' },
            { id: 'c2', name: 'Bolt', customAttributes: { size: 5 } }
          ]
        }
      ],
      [
        'updateUser',
        {
          companies: [
            { id: 'c1', name: 'Acme', plan: 'pro' },
            { id: 'c2', name: 'Bolt', customAttributes: { size: 5 } }
          ]
        }
      ]
    ]
  },
  {
    title: 'the company of a visitor stays theirs when they sign up',
    steps: [group('c1', { name: 'Acme' }), identify('u1')],
    calls: [
      ['loginUnidentifiedUser'],
      ['updateUser', { companies: [{ id: 'c1', name: 'Acme' }] }],
      [LOGIN, { userId: 'u1', companies: [{ id: 'c1', name: 'Acme' }] }]
    ]
  },
  {
    title: 'the companies of one person are not given to the next',
    steps: [identify('u1'), group('c1', { name: 'Acme' }), identify('u2'), group('c2', { name: 'Bolt' })],
    calls: [
      [LOGIN, { userId: 'u1' }],
      ['updateUser', { companies: [{ id: 'c1', name: 'Acme' }] }],
      ['logout'],
      [LOGIN, { userId: 'u2' }],
      ['updateUser', { companies: [{ id: 'c2', name: 'Bolt' }] }]
    ]
  },
  {
    title: 'a company that the person leaves is not sent again, and is reported',
    steps: [
      identify('u1'),
      group('c1', { name: 'Acme' }),
      group('c1', { remove: true }),
      group('c2', { name: 'Bolt' })
    ],
    calls: [
      [LOGIN, { userId: 'u1' }],
      ['updateUser', { companies: [{ id: 'c1', name: 'Acme' }] }],
      ['updateUser', { companies: [{ id: 'c2', name: 'Bolt' }] }]
    ],
    losses: [{ path: 'company.remove', reason: 'not-on-mobile' }]
  },
  {
    title: 'a time that Android cannot read is left out',
    steps: [identify('u1', { createdAt: '2039-01-01T00:00:00Z', company: { id: 'c1', createdAt: '2039-01-01' } })],
    calls: [[LOGIN, { userId: 'u1', companies: [{ id: 'c1' }] }]],
    losses: [
      { path: 'signed_up_at', reason: 'out-of-range' },
      { path: 'company.created_at', reason: 'out-of-range' }
    ],
    doubts: [{ path: 'company', reason: 'unnamed-company' }]
  }
]

const PROOFS: Row[] = [
  {
    title: 'the proof comes before the login, as hash and as token',
    steps: [identifyWith('u1', {}, { user_hash: 'h1' }), identifyWith('u2', {}, { jwt: 'j2' })],
    calls: [
      ['setUserHash', 'h1'],
      [LOGIN, { userId: 'u1' }],
      ['logout'],
      ['setUserJwt', 'j2'],
      [LOGIN, { userId: 'u2' }]
    ]
  },
  {
    title: 'a new token of the same person replaces the old one, without a login',
    steps: [
      identifyWith('u1', {}, { jwt: 'j1' }),
      identifyWith('u1', {}, { jwt: 'j1' }),
      identifyWith('u1', { plan: 'pro' }, { jwt: 'j2' })
    ],
    calls: [
      ['setUserJwt', 'j1'],
      [LOGIN, { userId: 'u1' }],
      ['setUserJwt', 'j2'],
      ['updateUser', { customAttributes: { plan: 'pro' } }]
    ]
  },
  {
    title: 'a kept login gets the proof of this start',
    kept: { userId: 'u1' },
    steps: [identifyWith('u1', {}, { jwt: 'j1' })],
    calls: [['setUserJwt', 'j1']]
  },
  {
    title: 'the proof of one person is never used for the next, nor after a logout',
    plugin: { secured: true },
    steps: [identifyWith('u1', {}, { jwt: 'j1' }), identify('u2'), reset, identify('u1')],
    calls: [['setUserJwt', 'j1'], [LOGIN, { userId: 'u1' }], ['logout'], ['logout'], ['loginUnidentifiedUser']],
    losses: [
      { path: 'user_id', reason: 'no-proof' },
      { path: 'user_id', reason: 'no-proof' }
    ]
  },
  {
    title: 'in a secured workspace a person and their events wait for the proof',
    plugin: { secured: true },
    steps: [identify('u1', { name: 'Ada' }), track('Opened'), identifyWith('u1', {}, { user_hash: 'h1' })],
    calls: [
      ['setUserHash', 'h1'],
      [LOGIN, { userId: 'u1', name: 'Ada' }],
      ['logEvent', 'Opened']
    ],
    losses: [{ path: 'user_id', reason: 'no-proof' }]
  }
]

const OPTIONS: Row[] = [
  {
    title: 'language and consent are read from both spellings of the destination',
    steps: [
      identifyWith('u1', {}, { language_override: 'de', unsubscribed: true }),
      (client) =>
        client.identify('u1', {}, (event) => ({
          ...event,
          integrations: { intercom: { language_override: 'fr', unsubscribed: false } }
        }))
    ],
    calls: [
      [LOGIN, { userId: 'u1', languageOverride: 'de', unsubscribedFromEmails: true }],
      ['updateUser', { languageOverride: 'fr', unsubscribedFromEmails: false }]
    ]
  },
  {
    title: 'false keeps an event away, under both names and for all destinations',
    steps: [
      trackWith('First', { Intercom: false }),
      trackWith('Second', { intercom: false }),
      trackWith('Third', { All: false }),
      trackWith('Fourth', { All: false, Intercom: true })
    ],
    calls: [['loginUnidentifiedUser'], ['logEvent', 'Fourth']]
  }
]

const run = async ({ kept, plugin, steps, calls, losses = [], doubts = [] }: Row) => {
  const phone = newPhone(kept ? { login: kept } : {})
  const app = await startApp(plugin ? { plugin } : {})
  for (const step of steps) await step(app.client)
  expect(phone.calls).toEqual(calls)
  expect(toLosses(app.reports)).toEqual(losses)
  expect(toDoubts(app.reports)).toEqual(doubts)
  expect(app.errors).toEqual([])
  expect(phone.misfits).toEqual([])
}

describe('login and logout', () => it.each(LOGINS)('$title', run))
describe('companies', () => it.each(COMPANIES)('$title', run))
describe('proof of identity', () => it.each(PROOFS)('$title', run))
describe('options of an event', () => it.each(OPTIONS)('$title', run))
