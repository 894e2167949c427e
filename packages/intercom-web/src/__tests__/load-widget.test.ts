import type { MessengerCall } from '../messenger'
import { BOOT, join, queuedCalls, setUpLoadingPage } from '../test-support/loading-page'
import { recordIntercom } from '../test-support/run-events'

const WIDGET = 'https://widget.intercom.io/widget/'

const { failures, losses, warn } = setUpLoadingPage()

const scripts = () => Array.from(document.querySelectorAll('script'))

/** Intercom's snippet on a page: a function that queues calls, and a script that is added after the page has loaded. */
function installSnippet(settings?: object): void {
  const stub: { (...call: unknown[]): void; q: unknown[] } = (...call) => {
    stub.q.push(call)
  }
  stub.q = []
  Object.assign(window, { Intercom: stub, ...(settings && { intercomSettings: settings }) })
}

function addScriptOf(workspace: string): void {
  const script = document.createElement('script')
  script.src = WIDGET + workspace
  document.head.append(script)
}

describe('on a page without Intercom', () => {
  it('loads Intercom’s script on a page without script elements', () => {
    join({ appId: 'abc_1-2' })
    expect(scripts().map(({ src, async, nonce }) => ({ src, async, nonce }))).toEqual([
      { src: `${WIDGET}abc_1-2`, async: true, nonce: '' }
    ])
  })

  it('sets the nonce of the page’s policy on the script', () => {
    join({ cspNonce: 'r4nd0m' })
    expect(scripts().map(({ nonce }) => nonce)).toEqual(['r4nd0m'])
  })

  it('loads one script and boots once for two Analytics instances', () => {
    const first = join()
    const second = join()
    expect(second).toBe(first)
    first?.scheduleBoot()
    second?.scheduleBoot()
    jest.advanceTimersByTime(500)
    expect(scripts()).toHaveLength(1)
    expect(queuedCalls()).toEqual([['boot', BOOT]])
  })

  it('queues all calls in order until the script is loaded, and calls Intercom directly from then on', () => {
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.send(['trackEvent', 'Opened'])
    expect(queuedCalls()).toEqual([
      ['boot', { ...BOOT, user_id: 'u1' }],
      ['trackEvent', 'Opened']
    ])
    const calls = recordIntercom()
    session?.send(['trackEvent', 'Opened again'])
    expect(calls).toEqual([['trackEvent', 'Opened again']])
    jest.advanceTimersByTime(10_000)
    expect(failures).toEqual([])
  })

  it('removes the queued calls of a person who logs out, and keeps those of the page', () => {
    const session = join()
    session?.update({ user_id: 'u1', email: 'ada@example.com' }, 'person')
    session?.send(['trackEvent', 'Opened'])
    window.Intercom?.('show')
    session?.reset()
    expect(queuedCalls()).toEqual([['show'], ['shutdown'], ['boot', BOOT]])
  })
})

// docs/defects.md, W2
describe('a script that does not load', () => {
  it('is reported once, in the console and to the page, with the likely causes', () => {
    join()
    jest.advanceTimersByTime(9_999)
    expect(failures).toEqual([])
    jest.advanceTimersByTime(60_000)
    expect(failures.map(({ appId, reason }) => [appId, reason])).toEqual([['abc123', 'no-answer']])
    expect(warn).toHaveBeenCalledTimes(1)
    for (const words of [/ad blocker/, /App ID/, /region/]) expect(failures[0]?.message).toMatch(words)
  })

  it('is reported after the time of the setting', () => {
    join({ loadTimeoutMs: 200 })
    jest.advanceTimersByTime(200)
    expect(failures).toHaveLength(1)
  })

  it('is not reported at once if the setting is longer than a timer allows', () => {
    join({ loadTimeoutMs: 1e10 })
    jest.advanceTimersByTime(60_000)
    expect(failures).toEqual([])
  })

  it('is reported once if the page forbids the script element', () => {
    jest.spyOn(document.head, 'append').mockImplementation(() => {
      throw new TypeError('This document requires TrustedScriptURL assignment.')
    })
    const first = join()
    expect(join()).toBe(first)
    jest.advanceTimersByTime(60_000)
    expect(failures).toHaveLength(1)
  })

  it('reports the oldest commands that a full queue drops', () => {
    const reports: unknown[] = []
    const listen = (event: Event) => 'detail' in event && reports.push(event.detail)
    window.addEventListener('intercom-destination:loss', listen)
    const session = join()
    session?.scheduleBoot()
    jest.advanceTimersByTime(500)
    for (let count = 0; count < 130; count += 1) session?.send(['show'])
    expect(queuedCalls()).toHaveLength(120)
    window.removeEventListener('intercom-destination:loss', listen)
    const text = 'Intercom’s script has not loaded, and the queue is full'
    expect(reports[0]).toEqual({
      action: 'messengerCommand',
      losses: [{ path: 'show', reason: 'queue-full', text }],
      doubtful: []
    })
  })

  it('is reported at once if the browser cannot load it', () => {
    join()
    scripts()[0]?.dispatchEvent(new Event('error'))
    jest.advanceTimersByTime(60_000)
    expect(failures.map(({ reason }) => reason)).toEqual(['blocked'])
    for (const words of [/ad blocker/, /App ID/, /region/, /content security policy/, /domain/])
      expect(failures[0]?.message).toMatch(words)
  })

  it('is reported as offline if the browser is offline', () => {
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    join()
    scripts()[0]?.dispatchEvent(new Event('error'))
    jest.advanceTimersByTime(1)
    expect(failures.map(({ reason }) => reason)).toEqual(['offline'])
  })

  it('keeps the queue bounded: drops the oldest page view first, then the oldest event, and reports the event', () => {
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.update({ user_id: 'u1' }, 'page')
    jest.advanceTimersByTime(50)
    session?.update({ user_id: 'u1', plan: 'pro' }, 'person')
    jest.advanceTimersByTime(50)
    for (let number = 1; number <= 119; number += 1) session?.send(['trackEvent', `Event ${number}`])
    const kept = queuedCalls()
    expect(kept).toHaveLength(120)
    expect(kept.slice(0, 3)).toEqual([
      ['boot', { ...BOOT, user_id: 'u1' }],
      ['update', { user_id: 'u1', plan: 'pro' }],
      ['trackEvent', 'Event 2']
    ])
    expect(losses).toEqual([{ path: 'Event 1', reason: 'queue-full' }])
  })
})

// docs/defects.md, W1
describe('on a page that has Intercom', () => {
  it('uses it and loads no script', () => {
    const calls = recordIntercom()
    join()?.update({ user_id: 'u1' }, 'person')
    expect(scripts()).toEqual([])
    expect(calls).toEqual([['boot', { ...BOOT, user_id: 'u1' }]])
  })

  it('does not boot again what the page booted for the same workspace', () => {
    Object.assign(window, { intercomSettings: { app_id: 'abc123' } })
    const calls = recordIntercom()
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.reset()
    expect(calls).toEqual([['update', { user_id: 'u1' }], ['shutdown'], ['boot', BOOT]])
  })

  it.each([
    ['by its settings', () => Object.assign(window, { intercomSettings: { app_id: 'other1' } })],
    ['by its script', () => addScriptOf('other1')]
  ])('does not touch the Messenger of another workspace, recognised %s, and warns once', (_title, claimPage) => {
    claimPage()
    const calls = recordIntercom()
    expect(join()).toBeUndefined()
    expect(join()).toBeUndefined()
    expect(calls).toEqual([])
    expect(failures.map(({ reason }) => reason)).toEqual(['other-workspace'])
    expect(warn).toHaveBeenCalledTimes(1)
  })

  it('boots an install snippet without an app id whose script is loading', () => {
    installSnippet()
    addScriptOf('abc123')
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    expect(queuedCalls()).toEqual([['boot', { ...BOOT, user_id: 'u1' }]])
    expect(scripts()).toHaveLength(1)
  })

  it('loads the script if the install snippet does not', () => {
    installSnippet()
    join()
    expect(scripts().map(({ src }) => src)).toEqual([`${WIDGET}abc123`])
  })
})

it('ignores the second workspace if two Analytics instances disagree', () => {
  const calls = recordIntercom()
  expect(join()).toBeDefined()
  expect(join({ appId: 'other1' })).toBeUndefined()
  jest.advanceTimersByTime(1000)
  expect(calls).toEqual([])
  expect(failures.map(({ appId, reason }) => [appId, reason])).toEqual([['other1', 'other-workspace']])
})

it.each(['', 'abc 123', 'abc/../evil', 'https://evil.example/', 'ä', 'abc123?x'])(
  'refuses the app id %p before it changes the page',
  (appId) => {
    expect(() => join({ appId })).toThrow(
      `Intercom Web (Actions): the App ID ${JSON.stringify(appId)} is not valid: use letters, digits, "-" and "_". Copy it`
    )
    expect(scripts()).toEqual([])
    expect(window.Intercom).toBeUndefined()
  }
)

it.each(['https://evil.example', 'https://api-iam.intercom.io.evil.example', 'eu'])(
  'refuses the host %p',
  (apiBase) => {
    expect(() => join({ apiBase })).toThrow('Choose the region of your workspace')
    expect(scripts()).toEqual([])
  }
)

it('does not compile with a call or a body that is not Intercom’s', () => {
  const calls: unknown[][] = []
  const messenger = (...call: MessengerCall) => void calls.push(call)
  // @ts-expect-error -- no such command
  messenger('updtae', { user_id: 'u1' })
  // @ts-expect-error -- an id is a text
  messenger('update', { user_id: 7 })
  // @ts-expect-error -- Intercom takes whole seconds, which only `toUnixSeconds` makes
  messenger('update', { created_at: '2020-01-01T00:00:00Z' })
  // @ts-expect-error -- nested metadata
  messenger('trackEvent', 'Opened', { cart: { items: [] } })
  // @ts-expect-error -- which article?
  messenger('showArticle')
  expect(calls).toHaveLength(5)
})
