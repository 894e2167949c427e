import { LOAD_FAILURE_EVENT } from '../load-failure'
import { openPage } from '../test-support/open-page'
import { isLossEvent, recordIntercom, renewPage, toLosses } from '../test-support/run-events'
import { LOSS_EVENT, type PageLoss } from '../losses'
import { joinPageSession } from '../page-session'
import { Analytics } from '@segment/analytics-next'

const BOOT = { app_id: 'abc123', api_base: 'https://api-iam.intercom.io', installation_type: 's' }

let warn: jest.SpyInstance
let losses: PageLoss[] = []
let failures: unknown[] = []

window.addEventListener(LOSS_EVENT, (event) => {
  if (isLossEvent(event)) losses.push(...toLosses(event.detail))
})
window.addEventListener(LOAD_FAILURE_EVENT, (event) => {
  if (event instanceof CustomEvent) failures.push(Reflect.get(Object(event.detail), 'reason'))
})

beforeEach(() => {
  jest.useFakeTimers()
  renewPage()
  losses = []
  failures = []
  warn = jest.spyOn(console, 'warn').mockImplementation()
})

afterEach(() => {
  jest.useRealTimers()
  renewPage()
})

const join = (settings: object = {}) =>
  joinPageSession({ appId: 'abc123', ...settings }, new Analytics({ writeKey: 'key' }))

function queued(): unknown[][] {
  const queue: unknown = Reflect.get(Object(window.Intercom), 'q')
  return Array.isArray(queue) ? queue.map((call: ArrayLike<unknown>) => Array.from(call)) : []
}

describe('a script that comes late', () => {
  it.each([
    ['empties the queue', (queue: unknown[]) => queue.splice(0)],
    ['leaves the queue as it is', (queue: unknown[]) => [...queue]]
  ])('and %s has heard what waited for it: nothing of that is lost at the logout', (_title, take) => {
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.send(['trackEvent', 'Paid'])
    const queue: unknown = Reflect.get(Object(window.Intercom), 'q')
    const waiting = queued()
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

  it('that has not come yet has heard nothing: the event is lost, and the logout is what it will hear', () => {
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.send(['trackEvent', 'Paid'])
    session?.reset()
    expect(losses).toEqual([{ path: 'Paid', reason: 'person-left' }])
    expect(queued()).toEqual([['shutdown'], ['boot', BOOT]])
  })
})

/** What Intercom's loader does before the Messenger itself is there: it puts a queue of its own in the place of the stub. */
const LOADERS: [string, () => void][] = [
  [
    'takes the entries over',
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
    'writes the entries anew',
    () => {
      const old = queued()
      const next = Object.assign((...call: unknown[]) => void next.q.push(call), { q: old })
      window.Intercom = next
    }
  ]
]

describe.each(LOADERS)('a loader that %s, and whose Messenger never comes', (_title, load) => {
  it('is told after the time-out, keeps a bounded queue, and keeps nothing of who logs out', () => {
    const session = join()
    session?.update({ user_id: 'u1', email: 'ada@example.com' }, 'person')
    session?.send(['trackEvent', 'Paid'])
    load()
    jest.advanceTimersByTime(10_000)
    expect(failures).toEqual(['no-answer'])
    expect(warn).toHaveBeenCalledTimes(1)
    for (let number = 0; number < 300; number += 1) session?.send(['trackEvent', `Event ${number}`])
    expect(queued()).toHaveLength(120)
    expect(losses.slice(0, 2)).toEqual([
      { path: 'Paid', reason: 'queue-full' },
      { path: 'Event 0', reason: 'queue-full' }
    ])
    session?.reset()
    expect(queued()).toEqual([['shutdown'], ['boot', BOOT]])
    expect(losses).toHaveLength(301)
    jest.advanceTimersByTime(60_000)
    expect(warn).toHaveBeenCalledTimes(1)
  })

  it('leaves what the page itself has put there', () => {
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    load()
    window.Intercom?.('show')
    session?.send(['trackEvent', 'Paid'])
    session?.reset()
    expect(queued()).toEqual([['show'], ['shutdown'], ['boot', BOOT]])
  })
})

it('tells that the Messenger’s own script was blocked, though nothing can be seen to wait', () => {
  join()
  recordIntercom()
  const script = document.createElement('script')
  script.src = 'https://js.intercomcdn.com/frame.js'
  document.head.append(script)
  script.dispatchEvent(new Event('error'))
  jest.advanceTimersByTime(10_000)
  expect(failures).toEqual(['blocked'])
})

it.each(['https://js.intercomcdn.com/frame.js', 'https://api-iam.eu.intercom.io/messenger/web/ping'])(
  'tells that the policy of the page refuses %s, which the Messenger cannot do without',
  (blockedURI) => {
    join()
    recordIntercom()
    const violation = Object.assign(new Event('securitypolicyviolation'), { blockedURI, disposition: 'enforce' })
    document.dispatchEvent(violation)
    jest.advanceTimersByTime(10_000)
    expect(failures).toEqual(['refused-by-policy'])
  }
)

it('takes a policy of trusted types for what it is', () => {
  jest.spyOn(document.head, 'append').mockImplementation(() => {
    throw new TypeError('This document requires TrustedScriptURL assignment.')
  })
  join()
  jest.advanceTimersByTime(60_000)
  expect(failures).toEqual(['refused-by-policy'])
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

  it('says nothing until it is opened, and then boots with what is known', async () => {
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

  it('that is never opened says nothing at all, and asks for no script', () => {
    prerender(true)
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.send(['trackEvent', 'Seen'])
    jest.advanceTimersByTime(60_000)
    window.dispatchEvent(new Event('pagehide'))
    expect(queued()).toEqual([])
    expect(document.querySelectorAll('script')).toHaveLength(0)
    expect(warn).not.toHaveBeenCalled()
  })

  it('asks for the script and boots a visitor when it is opened', () => {
    prerender(true)
    const session = join()
    session?.expectBoot()
    jest.advanceTimersByTime(5000)
    prerender(false)
    expect(queued()).toEqual([['boot', BOOT]])
    expect(document.querySelectorAll('script')).toHaveLength(1)
    jest.advanceTimersByTime(10_000)
    expect(failures).toEqual(['no-answer'])
  })

  it('logs out when it is opened, if the reset came before', async () => {
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
