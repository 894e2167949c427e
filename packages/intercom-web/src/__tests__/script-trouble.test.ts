import { openPage } from '../test-support/open-page'
import { BOOT, join, queuedCalls, setUpLoadingPage } from '../test-support/loading-page'
import { recordIntercom } from '../test-support/run-events'

const { failures, losses, warn } = setUpLoadingPage()

const failureReasons = () => failures.map(({ reason }) => reason)

describe('a script that loads late', () => {
  it.each([
    ['empties the queue', (queue: unknown[]) => queue.splice(0)],
    ['leaves the queue as it is', (queue: unknown[]) => [...queue]]
  ])('and %s has executed the queued calls: none is reported as lost at the logout', (_title, take) => {
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.send(['trackEvent', 'Paid'])
    const queue: unknown = Reflect.get(Object(window.Intercom), 'q')
    const waiting = queuedCalls()
    take(Array.isArray(queue) ? queue : [])
    const calls = recordIntercom()
    calls.push(...waiting)
    jest.advanceTimersByTime(2000)
    session?.reset()
    session?.update({ user_id: 'u2' }, 'person')
    session?.update({ user_id: 'u3' }, 'person')
    expect(losses).toEqual([])
    expect(calls.slice(0, 3)).toEqual([['boot', { ...BOOT, user_id: 'u1' }], ['trackEvent', 'Paid'], ['shutdown']])
  })

  it('and has executed nothing before the logout: the event is reported as lost, and only the logout stays queued', () => {
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.send(['trackEvent', 'Paid'])
    session?.reset()
    expect(losses).toEqual([{ path: 'Paid', reason: 'person-left' }])
    expect(queuedCalls()).toEqual([['shutdown'], ['boot', BOOT]])
  })
})

/** What Intercom's loader does before the Messenger is there: it replaces the stub with a queue of its own. */
const LOADERS: [string, () => void][] = [
  [
    'keeps the entries',
    () => {
      const stub = window.Intercom
      const queue: unknown = Reflect.get(Object(stub), 'q')
      const next = Object.assign((...call: unknown[]) => void next.q.push(call), {
        q: Array.isArray(queue) ? [...queue] : []
      })
      window.Intercom = next
    }
  ],
  [
    'copies the entries',
    () => {
      const old = queuedCalls()
      const next = Object.assign((...call: unknown[]) => void next.q.push(call), { q: old })
      window.Intercom = next
    }
  ]
]

describe.each(LOADERS)('a loader that %s, and whose Messenger never starts', (_title, load) => {
  it('is reported after the timeout, has a bounded queue, and keeps nothing of a person who logs out', () => {
    const session = join()
    session?.update({ user_id: 'u1', email: 'ada@example.com' }, 'person')
    session?.send(['trackEvent', 'Paid'])
    load()
    jest.advanceTimersByTime(10_000)
    expect(failureReasons()).toEqual(['no-answer'])
    expect(warn).toHaveBeenCalledTimes(1)
    for (let number = 0; number < 300; number += 1) session?.send(['trackEvent', `Event ${number}`])
    expect(queuedCalls()).toHaveLength(120)
    expect(losses.slice(0, 2)).toEqual([
      { path: 'Paid', reason: 'queue-full' },
      { path: 'Event 0', reason: 'queue-full' }
    ])
    session?.reset()
    expect(queuedCalls()).toEqual([['shutdown'], ['boot', BOOT]])
    expect(losses).toHaveLength(301)
    jest.advanceTimersByTime(60_000)
    expect(warn).toHaveBeenCalledTimes(1)
  })

  it('keeps the calls of the page itself', () => {
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    load()
    window.Intercom?.('show')
    session?.send(['trackEvent', 'Paid'])
    session?.reset()
    expect(queuedCalls()).toEqual([['show'], ['shutdown'], ['boot', BOOT]])
  })
})

it('reports that the Messenger’s own script was blocked, even with an empty queue', () => {
  join()
  recordIntercom()
  const script = document.createElement('script')
  script.src = 'https://js.intercomcdn.com/frame.js'
  document.head.append(script)
  script.dispatchEvent(new Event('error'))
  jest.advanceTimersByTime(10_000)
  expect(failureReasons()).toEqual(['blocked'])
})

it.each(['https://js.intercomcdn.com/frame.js', 'https://api-iam.eu.intercom.io/messenger/web/ping'])(
  'reports that the policy of the page refuses %s, which the Messenger needs',
  (blockedURI) => {
    join()
    recordIntercom()
    const violation = Object.assign(new Event('securitypolicyviolation'), { blockedURI, disposition: 'enforce' })
    document.dispatchEvent(violation)
    jest.advanceTimersByTime(10_000)
    expect(failureReasons()).toEqual(['refused-by-policy'])
  }
)

it('reports a trusted types policy as the cause', () => {
  jest.spyOn(document.head, 'append').mockImplementation(() => {
    throw new TypeError('This document requires TrustedScriptURL assignment.')
  })
  join()
  jest.advanceTimersByTime(60_000)
  expect(failureReasons()).toEqual(['refused-by-policy'])
  expect(warn).toHaveBeenCalledTimes(1)
})

describe('a prerendered page', () => {
  const prerender = (isOn: boolean) => {
    Object.defineProperty(document, 'prerendering', { value: isOn, configurable: true })
    if (!isOn) document.dispatchEvent(new Event('prerenderingchange'))
  }
  afterEach(() => {
    prerender(false)
    Reflect.deleteProperty(document, 'prerendering')
  })

  it('sends nothing until it is opened, and then boots with what is known', async () => {
    prerender(true)
    const { analytics, calls, pass } = await openPage()
    void analytics.identify('u1', { plan: 'pro' })
    void analytics.track('Seen')
    await pass(5000)
    expect(calls).toEqual([])
    prerender(false)
    expect(calls).toEqual([
      ['boot', { ...BOOT, user_id: 'u1', plan: 'pro' }],
      ['trackEvent', 'Seen']
    ])
    void analytics.track('Clicked')
    await pass(100)
    expect(calls.slice(2)).toEqual([['trackEvent', 'Clicked']])
  })

  it('sends nothing and loads no script if it is never opened', () => {
    prerender(true)
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.send(['trackEvent', 'Seen'])
    jest.advanceTimersByTime(60_000)
    window.dispatchEvent(new Event('pagehide'))
    expect(queuedCalls()).toEqual([])
    expect(document.querySelectorAll('script')).toHaveLength(0)
    expect(warn).not.toHaveBeenCalled()
  })

  it('loads the script and boots a visitor when it is opened', () => {
    prerender(true)
    const session = join()
    session?.scheduleBoot()
    jest.advanceTimersByTime(5000)
    prerender(false)
    expect(queuedCalls()).toEqual([['boot', BOOT]])
    expect(document.querySelectorAll('script')).toHaveLength(1)
    jest.advanceTimersByTime(10_000)
    expect(failureReasons()).toEqual(['no-answer'])
  })

  it('logs out when it is opened, if it was reset before', async () => {
    prerender(true)
    const { analytics, calls, losses: lost, pass } = await openPage()
    void analytics.identify('u1', { plan: 'pro' })
    void analytics.track('By the first')
    await pass(100)
    analytics.reset()
    void analytics.track('By a visitor')
    await pass(5000)
    prerender(false)
    expect(calls).toEqual([['shutdown'], ['boot', BOOT], ['trackEvent', 'By a visitor']])
    expect(lost).toEqual([{ path: 'By the first', reason: 'person-left' }])
  })
})
