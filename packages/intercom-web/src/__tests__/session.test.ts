import { Analytics } from '@segment/analytics-next'
import intercomWeb from '..'
import { openPage } from '../test-support/open-page'
import { recordIntercom, renewPage, runEvents } from '../test-support/run-events'

const BOOT = { app_id: 'abc123', api_base: 'https://api-iam.intercom.io', installation_type: 's' }
/** 1704164645 in Unix seconds. */
const timestamp = '2024-01-02T03:04:05Z'
const at = { timestamp }
const last_request_at = 1704164645
const proved = (user_hash: string) => ({ timestamp, integrations: { Intercom: { user_hash } } })

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
  renewPage()
})

// docs/defects.md, W19
describe('the first boot', () => {
  it('carries the first identify, so that no user starts as a visitor and no launcher flashes', async () => {
    const { analytics, calls, pass } = await openPage()
    await pass(300)
    expect(calls).toEqual([])
    void analytics.identify(
      'u1',
      { email: 'ada@example.com', plan: 'pro' },
      {
        timestamp,
        integrations: { Intercom: { user_hash: 'h1' } },
        context: { Intercom: { hideDefaultLauncher: true } }
      }
    )
    await pass(0)
    expect(calls).toEqual([
      [
        'boot',
        {
          ...BOOT,
          user_id: 'u1',
          email: 'ada@example.com',
          plan: 'pro',
          user_hash: 'h1',
          hide_default_launcher: true
        }
      ]
    ])
  })

  it('waits at most half a second', async () => {
    const { calls, pass } = await openPage()
    await pass(499)
    expect(calls).toEqual([])
    await pass(1)
    expect(calls).toEqual([['boot', BOOT]])
  })

  it('is sent before earlier events, and includes the company', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.track('Opened')
    void analytics.group('c1', { name: 'Acme' })
    await pass(100)
    void analytics.page({}, at)
    await pass(0)
    expect(calls).toEqual([
      ['boot', { ...BOOT, company: { company_id: 'c1', name: 'Acme' } }],
      ['trackEvent', 'Opened']
    ])
  })

  it('shows the launcher if the event says so, despite the setting', async () => {
    const { analytics, calls, pass } = await openPage({ hideLauncherAtStart: true })
    void analytics.page({}, { context: { Intercom: { hideDefaultLauncher: false } } })
    await pass(0)
    expect(calls).toEqual([['boot', { ...BOOT, hide_default_launcher: false }]])
  })

  it('names the user of an earlier page only if the setting says so', async () => {
    const callsWith = async (settings: object) => {
      const { analytics, calls, pass } = await openPage(settings)
      analytics.user().id('u1')
      await pass(1000)
      return calls
    }
    expect(await callsWith({})).toEqual([['boot', BOOT]])
    expect(await callsWith({ bootPersistedUser: true })).toEqual([['boot', { ...BOOT, user_id: 'u1' }]])
    expect(await callsWith({ bootPersistedUser: true, secured: true })).toEqual([['boot', BOOT]])
  })
})

// docs/defects.md, W3
describe('logout', () => {
  it('shuts the Messenger down and drops a pending identify, without waiting', async () => {
    const { analytics, calls, pass } = await openPage()
    await pass(500)
    void analytics.identify('u1', { email: 'ada@example.com' }, proved('h1'))
    void analytics.track('Opened by the first')
    void analytics.reset()
    void analytics.identify('u2', { plan: 'pro' }, at)
    await pass(2000)
    expect(calls).toEqual([
      ['boot', BOOT],
      ['shutdown'],
      ['boot', BOOT],
      ['update', { user_id: 'u2', plan: 'pro', last_request_at }]
    ])
  })

  it('forgets pending updates, held events and proofs', async () => {
    const { analytics, calls, losses, pass } = await openPage()
    await pass(500)
    void analytics.identify('u1', { plan: 'pro' }, proved('h1'))
    void analytics.track('Opened')
    await pass(10)
    analytics.reset()
    void analytics.identify('u1', {}, at)
    await pass(2000)
    expect(calls).toEqual([
      ['boot', BOOT],
      ['shutdown'],
      ['boot', BOOT],
      ['update', { user_id: 'u1', last_request_at }]
    ])
    expect(losses).toEqual([{ path: 'Opened', reason: 'person-left' }])
  })

  it('boots again with the region and the workspace of the settings', async () => {
    const { analytics, calls, pass } = await openPage({ apiBase: 'https://api-iam.eu.intercom.io' })
    await pass(500)
    analytics.reset()
    const boot = ['boot', { ...BOOT, api_base: 'https://api-iam.eu.intercom.io' }]
    expect(calls).toEqual([boot, ['shutdown'], boot])
  })

  it('leaves the Messenger off until a user is identified, if bootAfterReset is off', async () => {
    const { analytics, calls, losses, pass } = await openPage({ bootAfterReset: false })
    await pass(500)
    analytics.reset()
    void analytics.page({}, at)
    void analytics.track('Opened')
    await pass(2000)
    expect(calls).toEqual([['boot', BOOT], ['shutdown']])
    expect(losses).toEqual([{ path: 'Opened', reason: 'messenger-off' }])
    void analytics.identify('u2', {}, at)
    await pass(0)
    expect(calls.slice(2)).toEqual([['boot', { ...BOOT, user_id: 'u2' }]])
  })

  it('happens automatically when another user is identified', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', { plan: 'pro' }, proved('h1'))
    await pass(0)
    void analytics.identify('u1', { seats: 3 }, at)
    await pass(10)
    void analytics.identify('u2', { plan: 'free' }, at)
    await pass(2000)
    expect(calls).toEqual([
      ['boot', { ...BOOT, user_id: 'u1', plan: 'pro', user_hash: 'h1' }],
      ['shutdown'],
      ['boot', { ...BOOT, user_id: 'u2', plan: 'free' }]
    ])
  })

  it('does not happen when an alias changes the id of the person', async () => {
    const aliasToo = {
      partnerAction: 'identifyUser',
      enabled: true,
      subscribe: 'type = "identify" or type = "alias"',
      mapping: { user_id: { '@path': '$.userId' } }
    }
    // Analytics.js sets the present user on an alias; a middleware or a server sets the new one.
    const { calls } = await runEvents(
      [
        { type: 'identify', userId: 'u1', timestamp },
        { type: 'alias', userId: 'u2', previousId: 'u1', timestamp }
      ],
      { subscriptions: [aliasToo] }
    )
    expect(calls).toEqual([
      ['boot', BOOT],
      ['update', { user_id: 'u1', last_request_at }],
      ['update', { user_id: 'u2', last_request_at }]
    ])
  })

  it('works on either of two Analytics instances, which share one boot', async () => {
    const { analytics, calls, pass, addAnalytics } = await openPage()
    const other = await addAnalytics()
    await pass(1000)
    expect(calls).toEqual([['boot', BOOT]])
    void analytics.identify('u1', {}, at)
    other.reset()
    await pass(1000)
    expect(calls).toEqual([
      ['boot', BOOT],
      ['shutdown'],
      ['boot', BOOT],
      // This event is from the first instance, which was not reset.
      ['update', { user_id: 'u1', last_request_at }]
    ])
  })
})

// docs/defects.md, W4
describe('the proof of identity', () => {
  it('is sent with every later update of the user, and with no other user', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', {}, proved('h1'))
    await pass(0)
    void analytics.page({}, at)
    await pass(50)
    void analytics.group('c1', { name: 'Acme' }, at)
    await pass(50)
    void analytics.identify('u2', {}, at)
    await pass(50)
    expect(calls).toEqual([
      ['boot', { ...BOOT, user_id: 'u1', user_hash: 'h1' }],
      ['update', { user_id: 'u1', user_hash: 'h1', last_request_at }],
      ['update', { user_id: 'u1', user_hash: 'h1', company: { company_id: 'c1', name: 'Acme' } }],
      ['shutdown'],
      ['boot', { ...BOOT, user_id: 'u2' }]
    ])
  })

  it.each([
    ['by the user id', { userId: 'u1' }, { user_id: 'u1' }, {}],
    ['by the address alone', {}, { email: 'ada@example.com' }, { email: 'ada@example.com' }]
  ])('is sent with a company in a secured workspace, %s', async (_title, who, identity, traits) => {
    const events = [
      { type: 'identify' as const, ...who, traits, ...proved('h1') },
      { type: 'group' as const, groupId: 'c1', traits: { name: 'Acme' }, timestamp }
    ]
    for (const secured of [true, false]) {
      const { calls } = await runEvents(events, { secured })
      expect(calls.slice(2)).toEqual([
        ['update', { ...identity, user_hash: 'h1', company: { company_id: 'c1', name: 'Acme' } }]
      ])
    }
  })

  it('is sent with an address that has no user id', async () => {
    const { calls } = await runEvents(
      [
        { type: 'identify', userId: 'u1', ...proved('h1') },
        { type: 'identify', traits: { email: 'ada@example.com' }, timestamp }
      ],
      { secured: true }
    )
    expect(calls.slice(2)).toEqual([
      ['update', { user_id: 'u1', email: 'ada@example.com', user_hash: 'h1', last_request_at }]
    ])
  })

  it('of an earlier person is not sent with a company of the next one', async () => {
    const { calls } = await runEvents([
      { type: 'identify', userId: 'u1', ...proved('h1') },
      { type: 'identify', userId: 'u2', timestamp },
      { type: 'group', groupId: 'c1', traits: { name: 'Acme' }, timestamp }
    ])
    expect(calls.at(-1)).toEqual(['update', { company: { company_id: 'c1', name: 'Acme' } }])
  })

  it('is replaced by a newer one', async () => {
    const { analytics, calls, pass } = await openPage()
    const token = (intercomUserJwt: string) => ({ timestamp, integrations: { Intercom: { intercomUserJwt } } })
    void analytics.identify('u1', {}, token('j1'))
    await pass(0)
    void analytics.identify('u1', {}, token('j2'))
    await pass(50)
    void analytics.page({}, at)
    await pass(50)
    expect(calls.map(([, body]) => body)).toMatchObject(
      ['j1', 'j2', 'j2'].map((intercom_user_jwt) => ({ intercom_user_jwt }))
    )
  })

  it('is required in a secured workspace, and earlier traits are sent with it', async () => {
    const { analytics, calls, pass } = await openPage({ secured: true })
    void analytics.identify('u1', { plan: 'pro', email: 'ada@example.com' }, at)
    void analytics.track('Opened')
    void analytics.group('c1', { name: 'Acme' }, at)
    await pass(5000)
    expect(calls).toEqual([
      ['boot', BOOT],
      ['trackEvent', 'Opened']
    ])
    void analytics.page({}, proved('h1'))
    await pass(50)
    expect(calls.slice(2)).toEqual([
      [
        'update',
        {
          user_id: 'u1',
          email: 'ada@example.com',
          plan: 'pro',
          company: { company_id: 'c1', name: 'Acme' },
          user_hash: 'h1',
          last_request_at
        }
      ]
    ])
  })

  it('of one person never names the next one in a secured workspace', async () => {
    const { analytics, calls, pass } = await openPage({ secured: true })
    void analytics.identify('u1', {}, proved('h1'))
    await pass(0)
    void analytics.identify('u2', {}, at)
    await pass(5000)
    expect(calls).toEqual([['boot', { ...BOOT, user_id: 'u1', user_hash: 'h1' }], ['shutdown'], ['boot', BOOT]])
  })
})

describe('the name of a company', () => {
  const group = (traits: object, groupId = 'acme-42') => ({ type: 'group' as const, groupId, traits, timestamp })

  it('is the last one the page sent for its id', async () => {
    const { calls, reports } = await runEvents([
      group({ name: 'Acme' }),
      group({ plan: 'pro' }),
      { type: 'identify', userId: 'u1', traits: { company: { id: 'acme-42', remove: true } }, timestamp }
    ])
    expect(calls.slice(1)).toEqual([
      ['update', { company: { company_id: 'acme-42', name: 'Acme' } }],
      ['update', { company: { company_id: 'acme-42', name: 'Acme', plan: 'pro' } }],
      ['update', { user_id: 'u1', company: { company_id: 'acme-42', name: 'Acme', remove: true }, last_request_at }]
    ])
    expect(reports).toEqual([])
  })

  it('is left out if none was sent, which is doubtful once for each company', async () => {
    const { calls, reports } = await runEvents([group({}), group({ plan: 'pro' }), group({}, 'other')])
    expect(calls.slice(1)).toEqual([
      ['update', { company: { company_id: 'acme-42' } }],
      ['update', { company: { company_id: 'acme-42', plan: 'pro' } }],
      ['update', { company: { company_id: 'other' } }]
    ])
    expect(reports.map(({ losses, doubtful }) => [losses, doubtful])).toEqual([
      [[], [{ path: 'company', reason: 'unnamed-company' }]],
      [[], [{ path: 'company', reason: 'unnamed-company' }]]
    ])
  })

  it('is forgotten at the logout', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.group('acme-42', { name: 'Acme' }, at)
    await pass(1000)
    analytics.reset()
    void analytics.group('acme-42', {}, at)
    await pass(1000)
    expect(calls.at(-1)).toEqual(['update', { company: { company_id: 'acme-42' } }])
  })
})

// docs/defects.md, W20
describe('the update budget', () => {
  const MINUTE = 60_000

  it('merges updates within 50 ms: the newer values, and every company', async () => {
    const { analytics, calls, pass } = await openPage()
    await pass(500)
    void analytics.identify('u1', { plan: 'free' }, at)
    void analytics.identify('u1', { plan: 'pro', seats: 3 }, at)
    void analytics.group('c1', { name: 'Acme' })
    void analytics.group('c2', { name: 'Other' })
    await pass(49)
    expect(calls).toHaveLength(1)
    await pass(1)
    const companies = [
      { company_id: 'c1', name: 'Acme' },
      { company_id: 'c2', name: 'Other' }
    ]
    expect(calls.slice(1)).toEqual([['update', { user_id: 'u1', plan: 'pro', seats: 3, companies, last_request_at }]])
  })

  it('sends no update for an identify that changes nothing', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', { plan: 'pro' }, at)
    await pass(0)
    void analytics.identify('u1', { plan: 'pro' }, { timestamp: '2025-01-02T03:04:05Z' })
    await pass(50)
    expect(calls).toHaveLength(1)
  })

  it('sends ten updates for 60 page calls in ten minutes, and a later change still arrives', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', {}, at)
    for (let count = 0; count < 60; count += 1) {
      void analytics.page({}, at)
      await pass(10_000)
    }
    expect(calls).toHaveLength(11)
    void analytics.identify('u1', { plan: 'pro' }, at)
    await pass(50)
    expect(calls.slice(11)).toEqual([['update', { user_id: 'u1', plan: 'pro', last_request_at }]])
  })

  it('reserves three of the twenty updates for identity, and delays a change instead of losing it', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', {}, at)
    await pass(50)
    for (let seats = 1; seats <= 19; seats += 1) {
      void analytics.identify('u1', { seats }, at)
      await pass(1000)
    }
    expect(calls).toHaveLength(18)
    void analytics.identify('u1', { email: 'ada@example.com' }, at)
    await pass(50)
    expect(calls.slice(18)).toEqual([
      ['update', { user_id: 'u1', email: 'ada@example.com', seats: 19, last_request_at }]
    ])
    void analytics.identify('u1', { plan: 'pro' }, at)
    await pass(28 * MINUTE)
    expect(calls).toHaveLength(19)
    await pass(2 * MINUTE)
    const traits = { email: 'ada@example.com', seats: 19, plan: 'pro' }
    expect(calls.slice(19)).toEqual([['update', { user_id: 'u1', ...traits, last_request_at }]])
  })

  it('holds an event back for the update that names its person, and not for other changes', async () => {
    const { analytics, calls, pass } = await openPage()
    await pass(500)
    void analytics.identify('u1', {}, at)
    void analytics.track('Signed In')
    await pass(60)
    void analytics.identify('u1', { plan: 'pro' }, at)
    void analytics.track('Plan Chosen')
    await pass(60)
    expect(calls.map(([command, what]) => [command, typeof what === 'string' ? what : ''])).toEqual([
      ['boot', ''],
      ['update', ''],
      ['trackEvent', 'Signed In'],
      ['trackEvent', 'Plan Chosen'],
      ['update', '']
    ])
  })

  it('holds no event longer than a second, even if the budget is used up', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', {}, at)
    await pass(50)
    for (let count = 0; count < 20; count += 1) {
      void analytics.identify('u1', { email: `ada${count}@example.com` }, at)
      await pass(100)
    }
    void analytics.identify('u1', { email: 'last@example.com' }, at)
    void analytics.track('Opened')
    await pass(999)
    expect(calls).toHaveLength(21)
    await pass(1)
    expect(calls.slice(21)).toEqual([['trackEvent', 'Opened']])
    await pass(30 * MINUTE)
    expect(calls.slice(22)).toEqual([['update', { user_id: 'u1', email: 'last@example.com', last_request_at }]])
  })

  it('sends all pending changes as one update when the page ends, even over the budget', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', {}, at)
    await pass(50)
    for (let seats = 1; seats <= 20; seats += 1) {
      void analytics.identify('u1', { seats, [`key${seats % 3}`]: seats }, at)
      await pass(100)
    }
    expect(calls).toHaveLength(18)
    window.dispatchEvent(new Event('pagehide'))
    expect(calls.slice(18)).toEqual([
      ['update', { user_id: 'u1', seats: 20, key0: 18, key1: 19, key2: 20, last_request_at }]
    ])
  })
})

describe('Messenger events', () => {
  it('are tracked as Segment events that are not sent back to Intercom', async () => {
    const { analytics, calls, pass } = await openPage({ sendMessengerEvents: true })
    const tracked: unknown[] = []
    analytics.on(
      'dispatch_start',
      ({ event }: { event: { event: string; properties: object; integrations: object } }) =>
        tracked.push([event.event, event.properties, event.integrations])
    )
    await pass(500)
    const listeners = () =>
      Object.fromEntries(
        calls.flatMap(([command, listener]) =>
          typeof listener === 'function'
            ? [[String(command), (...args: unknown[]) => void Reflect.apply(listener, null, args)]]
            : []
        )
      )
    const before = listeners()
    before.onShow?.()
    before.onUnreadCountChange?.(2)
    before.onUnreadCountChange?.(2)
    before.onUserEmailSupplied?.('ada@example.com')
    before.onHide?.()
    analytics.reset()
    before.onShow?.()
    listeners().onShow?.()
    await pass(100)
    const nowhere = { 'Intercom Web (Actions)': false, 'Intercom Cloud Mode (Actions)': false }
    expect(tracked).toEqual([
      ['Intercom Messenger Shown', {}, nowhere],
      ['Intercom Messenger Unread Count Changed', { unread_count: 2 }, nowhere],
      ['Intercom Messenger Email Supplied', {}, nowhere],
      ['Intercom Messenger Hidden', {}, nowhere],
      ['Intercom Messenger Shown', {}, nowhere]
    ])
    expect(calls.filter(([command]) => command === 'trackEvent')).toEqual([])
  })

  it('are not tracked without the setting', async () => {
    const { calls, pass } = await openPage()
    await pass(500)
    expect(calls).toEqual([['boot', BOOT]])
  })
})

describe('special cases', () => {
  it('an identify from before the plugin was registered is not sent after a reset', async () => {
    const { calls, pass } = await openPage()
    await pass(1000)
    calls.length = 0
    const late = new Analytics({ writeKey: 'key' }, { disableClientPersistence: true })
    void late.identify('u1', { secret: 'x' }, at)
    await late.register(...(await intercomWeb({ appId: 'abc123' })))
    late.reset()
    await pass(1000)
    expect(JSON.stringify(calls)).not.toMatch(/u1|secret/)
  })

  it('an event in the same tick as the logout is reported as lost', async () => {
    const { analytics, losses, pass } = await openPage()
    void analytics.identify('u1', {}, at)
    await pass(100)
    void analytics.track('Logged Out', {}, at)
    analytics.reset()
    await pass(100)
    expect(losses).toEqual([{ path: 'Logged Out', reason: 'person-left' }])
  })

  it('the proof of an address is not sent with a user id', async () => {
    const { analytics, calls, pass } = await openPage()
    await pass(500)
    void analytics.identify({ email: 'ada@example.com' }, proved('h-email'))
    void analytics.identify('u1', { email: 'ada@example.com' }, at)
    await pass(100)
    expect(calls[1]?.[1]).toMatchObject({ user_id: 'u1', email: 'ada@example.com' })
    expect(calls[1]?.[1]).not.toHaveProperty('user_hash')
  })

  it('a company keeps the name that this visit sent', async () => {
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', { company: { id: 'c1', name: 'Acme' } }, at)
    await pass(100)
    void analytics.identify('u1', { company: { id: 'c1', plan: 'pro' } }, at)
    await pass(100)
    expect(calls[1]?.[1]).toMatchObject({ company: { company_id: 'c1', name: 'Acme', plan: 'pro' } })
  })

  it('the user that the page booted with is shut down before another one', async () => {
    renewPage()
    Reflect.set(window, 'intercomSettings', { app_id: 'abc123', user_id: 'X' })
    const calls = recordIntercom()
    const analytics = new Analytics({ writeKey: 'key' }, { disableClientPersistence: true })
    await analytics.register(...(await intercomWeb({ appId: 'abc123' })))
    void analytics.identify('u2', {}, at)
    await jest.advanceTimersByTimeAsync(600)
    expect(calls).toEqual([['shutdown'], ['boot', { ...BOOT, user_id: 'u2' }]])
  })
})
