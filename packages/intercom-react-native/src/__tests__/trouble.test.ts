import { ErrorType, type SegmentClient } from '@segment/analytics-react-native'
import { IntercomSdkError, type IntercomPluginOptions, type LossReport } from '..'
import { ANSWER_WITHIN_MS } from '../intercom-sdk'
import { startApp, toLosses, type App } from '../test-support/app'
import { newPhone } from '../test-support/intercom-module'
import { MAX_WAITING_CALLS } from '../waiting-calls'

const LOGIN = 'loginUserWithUserAttributes'

/** The errors that the app's `errorHandler` gets, in words. */
const toMessages = ({ errors }: App) =>
  errors.map(({ type, innerError }) => [ErrorType[type], innerError instanceof Error ? innerError.message : innerError])

let unhandled: unknown[]
const keep = (reason: unknown) => void unhandled.push(reason)

beforeEach(() => {
  unhandled = []
  process.on('unhandledRejection', keep)
})

afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', keep)
  expect(unhandled).toEqual([])
})

describe('a call that the SDK rejects', () => {
  interface Row {
    title: string
    rejects: NonNullable<Parameters<typeof newPhone>[0]>['rejects']
    run: (client: SegmentClient) => Promise<unknown>
    calls: unknown[][]
    errors: unknown[][]
    losses?: { path: string; reason: string }[]
  }

  const identify = (client: SegmentClient) => client.identify('u1', { name: 'Ada' })
  const rows: Row[] = [
    {
      title: 'a failed login is reported, and made again by the next identify call with all traits; events wait',
      rejects: { [LOGIN]: ['102', undefined] },
      run: async (client) => {
        await identify(client)
        await client.track('Opened')
        await identify(client)
      },
      calls: [
        [LOGIN, { userId: 'u1', name: 'Ada' }],
        [LOGIN, { userId: 'u1', name: 'Ada' }],
        ['logEvent', 'Opened']
      ],
      errors: [['PluginError', `Intercom rejected ${LOGIN} (code 102)`]]
    },
    {
      title: 'a person whose proof is refused is not logged in, and the next identify call proves again',
      rejects: { setUserJwt: ['109', undefined] },
      run: async (client) => {
        await client.identify('u1', {}, (event) => ({ ...event, integrations: { Intercom: { jwt: 'j1' } } }))
        await client.identify('u1')
      },
      calls: [
        ['setUserJwt', 'j1'],
        ['setUserJwt', 'j1'],
        [LOGIN, { userId: 'u1' }]
      ],
      errors: [['PluginError', 'Intercom rejected setUserJwt (code 109)']]
    },
    {
      title: 'what an update did not deliver is sent with the next',
      rejects: { updateUser: ['104', undefined] },
      run: async (client) => {
        await identify(client)
        await client.identify('u1', { plan: 'pro' })
        await client.identify('u1', { seats: 3 })
      },
      calls: [
        [LOGIN, { userId: 'u1', name: 'Ada' }],
        ['updateUser', { customAttributes: { plan: 'pro' } }],
        ['updateUser', { customAttributes: { plan: 'pro', seats: 3 } }]
      ],
      errors: [['PluginError', 'Intercom rejected updateUser (code 104)']]
    },
    {
      title: 'a person whose logout failed is not mixed with the next',
      rejects: { logout: ['106', undefined] },
      run: async (client) => {
        await identify(client)
        await client.identify('u2')
        await client.identify('u2')
      },
      calls: [[LOGIN, { userId: 'u1', name: 'Ada' }], ['logout'], ['logout'], [LOGIN, { userId: 'u2', name: 'Ada' }]],
      errors: [['PluginError', 'Intercom rejected logout (code 106)']]
    },
    {
      title: 'a failed logout reaches the error handler, although the client ignores it',
      rejects: { logout: '106' },
      run: (client) => client.reset(),
      calls: [['logout']],
      errors: [['ResetError', 'Intercom rejected logout (code 106)']]
    },
    {
      title: 'one refused event does not stop the next',
      rejects: { logEvent: ['105', undefined] },
      run: async (client) => {
        await client.track('First')
        await client.track('Second')
      },
      calls: [['loginUnidentifiedUser'], ['logEvent', 'First'], ['logEvent', 'Second']],
      errors: [['PluginError', 'Intercom rejected logEvent (code 105)']]
    },
    {
      title: 'an event that waited and is refused is a loss by name, and the others arrive',
      rejects: { logEvent: ['105', undefined], loginUnidentifiedUser: ['101', '101'] },
      run: async (client) => {
        await client.track('First')
        await client.track('Second')
        await identify(client)
      },
      calls: [
        ['loginUnidentifiedUser'],
        ['loginUnidentifiedUser'],
        [LOGIN, { userId: 'u1', name: 'Ada' }],
        ['logEvent', 'First'],
        ['logEvent', 'Second']
      ],
      errors: [
        ['PluginError', 'Intercom rejected loginUnidentifiedUser (code 101)'],
        ['PluginError', 'Intercom rejected loginUnidentifiedUser (code 101)']
      ],
      losses: [{ path: 'First', reason: 'not-accepted' }]
    }
  ]

  it.each(rows)('$title', async ({ rejects, run, calls, errors, losses = [] }) => {
    const phone = newPhone(rejects ? { rejects } : {})
    const app = await startApp()
    await run(app.client)
    expect(phone.calls).toEqual(calls)
    expect(toMessages(app)).toEqual(errors)
    expect(toLosses(app.reports)).toEqual(losses)
  })

  it('says what failed in the log of the client, without the text of the SDK', async () => {
    newPhone({ rejects: { logEvent: '105' } })
    const { client, warnings, errors } = await startApp()
    await client.track('Opened')
    expect(warnings).toContain(
      'Destination Intercom failed to execute: {"name":"IntercomSdkError","message":"Intercom rejected logEvent (code 105)"}'
    )
    const [error] = errors
    expect(error?.innerError).toBeInstanceOf(IntercomSdkError)
    expect(JSON.stringify(error)).not.toContain('native message')
  })
})

describe('a slow bridge', () => {
  /** Without await. The client passes an identify call on after the calls that follow it. */
  const story = (client: SegmentClient): Promise<unknown> =>
    Promise.all([
      client.identify('u1', { name: 'Ada' }),
      client.track('Opened'),
      client.group('c1', { name: 'Acme' }),
      client.identify('u1', { plan: 'pro' }),
      client.track('Bought')
    ])

  const expected = [
    [LOGIN, { userId: 'u1', name: 'Ada' }],
    ['logEvent', 'Opened'],
    ['updateUser', { companies: [{ id: 'c1', name: 'Acme' }] }],
    ['logEvent', 'Bought'],
    ['updateUser', { customAttributes: { plan: 'pro' } }]
  ]

  it.each([
    ['at once', () => 0],
    ['later and later', (_: string, count: number) => count],
    ['ever sooner', (_: string, count: number) => 12 - count],
    ['slowly to a login', (method: string) => (method === LOGIN ? 20 : 0)],
    ['slowly to an event', (method: string) => (method === 'logEvent' ? 20 : 0)]
  ])('that answers %s changes no order, and an event without await still follows the login', async (_, turns) => {
    const phone = newPhone({ turns })
    const app = await startApp()
    await story(app.client)
    await app.client.flush()
    expect(phone.calls).toEqual(expected)
    expect(app.errors).toEqual([])
  })

  it('lets a login in flight end before the logout, and its events are not given to the next person', async () => {
    const phone = newPhone({ turns: () => 5 })
    const app = await startApp()
    const calls = [app.client.identify('u1'), app.client.track('Opened')]
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    calls.push(app.client.reset(), app.client.identify('u2'))
    await Promise.all(calls)
    expect(phone.calls).toEqual([
      [LOGIN, { userId: 'u1' }],
      ['logEvent', 'Opened'],
      ['logout'],
      ['loginUnidentifiedUser'],
      [LOGIN, { userId: 'u2' }]
    ])
  })

  it('that never answers holds up the app for a bounded time, and the next login is made', async () => {
    const phone = newPhone({ silent: [LOGIN] })
    const app = await startApp()
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] })
    try {
      const login = app.client.identify('u1')
      await jest.advanceTimersByTimeAsync(ANSWER_WITHIN_MS)
      await login
    } finally {
      jest.useRealTimers()
    }
    expect(toMessages(app)).toEqual([['PluginError', `Intercom did not answer ${LOGIN} within 30 seconds`]])
    phone.options = {}
    await app.client.identify('u1')
    expect(phone.calls).toEqual([
      [LOGIN, { userId: 'u1' }],
      [LOGIN, { userId: 'u1' }]
    ])
  })
})

describe('events before a login', () => {
  const start = async (plugin?: IntercomPluginOptions) => {
    const reports: LossReport[] = []
    const app = await startApp({
      plugin: { trackAnonymous: false, onLoss: (one) => void reports.push(one), ...plugin }
    })
    return { ...app, reports }
  }

  it('wait, and follow the login in their order', async () => {
    const phone = newPhone()
    const { client, reports } = await start()
    await client.track('First')
    await client.group('c1', { name: 'Acme' })
    await client.track('Second')
    expect(phone.calls).toEqual([])
    await client.identify('u1')
    expect(phone.calls).toEqual([
      [LOGIN, { userId: 'u1' }],
      ['logEvent', 'First'],
      ['updateUser', { companies: [{ id: 'c1', name: 'Acme' }] }],
      ['logEvent', 'Second']
    ])
    expect(reports).toEqual([])
  })

  it('are lost by name when the person logs out, and never reach the next person', async () => {
    const phone = newPhone()
    const { client, reports } = await start()
    await client.track('First')
    await client.group('c1', { name: 'Acme' })
    await client.reset()
    await client.identify('u2')
    expect(phone.calls).toEqual([['logout'], [LOGIN, { userId: 'u2' }]])
    expect(reports.map(({ type }) => type)).toEqual(['track', 'group'])
    expect(toLosses(reports)).toEqual([
      { path: 'First', reason: 'person-left' },
      { path: 'company', reason: 'person-left' }
    ])
  })

  it('do not pile up without end: the oldest is lost', async () => {
    const phone = newPhone()
    const { client, reports } = await start()
    for (let count = 0; count <= MAX_WAITING_CALLS; count += 1) await client.track(`Event ${count}`)
    expect(toLosses(reports)).toEqual([{ path: 'Event 0', reason: 'queue-full' }])
    await client.identify('u1')
    expect(phone.calls.slice(0, 2)).toEqual([
      [LOGIN, { userId: 'u1' }],
      ['logEvent', 'Event 1']
    ])
    expect(phone.calls).toHaveLength(1 + MAX_WAITING_CALLS)
  })

  it('of a user wait for that user, also while the one before is logged in', async () => {
    const phone = newPhone({ rejects: { [LOGIN]: [undefined, '102', undefined] } })
    const { client } = await start()
    await client.identify('u1')
    await client.identify('u2')
    await client.track('Opened')
    await client.identify('u2')
    expect(phone.calls.slice(1)).toEqual([
      ['logout'],
      [LOGIN, { userId: 'u2' }],
      [LOGIN, { userId: 'u2' }],
      ['logEvent', 'Opened']
    ])
  })
})

it('a report that throws does not fail the event', async () => {
  const phone = newPhone()
  const { client, errors } = await startApp({
    plugin: {
      onLoss: () => {
        throw new Error('the app is broken')
      }
    }
  })
  await client.track('Opened', { cart: { items: 2 } })
  expect(phone.calls).toEqual([['loginUnidentifiedUser'], ['logEvent', 'Opened']])
  expect(errors).toEqual([])
})
