import { Analytics } from '@segment/analytics-next'
import { LOAD_FAILURE_EVENT, type LoadFailure } from '../load-widget'
import { LOSS_EVENT } from '../losses'
import type { MessengerCall } from '../messenger'
import { joinPageSession } from '../page-session'
import { isLossEvent, recordIntercom, renewPage, toLosses } from '../test-support/run-events'

const BOOT = { app_id: 'abc123', api_base: 'https://api-iam.intercom.io', installation_type: 's' }
const WIDGET = 'https://widget.intercom.io/widget/'

const scripts = () => Array.from(document.querySelectorAll('script'))

let warn: jest.SpyInstance
const failures: LoadFailure[] = []
window.addEventListener(LOAD_FAILURE_EVENT, (event) => {
  if (isFailure(event)) failures.push(event.detail)
})

function isFailure(event: Event): event is CustomEvent<LoadFailure> {
  return event instanceof CustomEvent
}

beforeEach(() => {
  jest.useFakeTimers()
  renewPage()
  failures.length = 0
  warn = jest.spyOn(console, 'warn').mockImplementation()
})

afterEach(() => {
  jest.useRealTimers()
  renewPage()
})

const join = (settings: object = {}) =>
  joinPageSession({ appId: 'abc123', ...settings }, new Analytics({ writeKey: 'key' }))

/** What waits for Intercom's script, read as that script reads it. */
function queued(): unknown[][] {
  const queue: unknown = Reflect.get(Object(window.Intercom), 'q')
  return Array.isArray(queue) ? queue.map((call: ArrayLike<unknown>) => Array.from(call)) : []
}

/** Intercom's snippet as a page has it: a function that queues, and a script that comes when the page has loaded. */
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
  it('asks for Intercom’s script, where there was no script element', () => {
    join({ appId: 'abc_1-2' })
    expect(scripts().map(({ src, async, nonce }) => ({ src, async, nonce }))).toEqual([
      { src: `${WIDGET}abc_1-2`, async: true, nonce: '' }
    ])
  })

  it('gives the script the nonce of the page’s policy', () => {
    join({ cspNonce: 'r4nd0m' })
    expect(scripts().map(({ nonce }) => nonce)).toEqual(['r4nd0m'])
  })

  it('asks for one script and boots once for two Analytics instances', () => {
    const first = join()
    const second = join()
    expect(second).toBe(first)
    first?.expectBoot()
    second?.expectBoot()
    jest.advanceTimersByTime(500)
    expect(scripts()).toHaveLength(1)
    expect(queued()).toEqual([['boot', BOOT]])
  })

  it('keeps all calls in order until the script has come, and speaks to Intercom itself from then on', () => {
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.send(['trackEvent', 'Opened'])
    expect(queued()).toEqual([
      ['boot', { ...BOOT, user_id: 'u1' }],
      ['trackEvent', 'Opened']
    ])
    const calls = recordIntercom()
    session?.send(['trackEvent', 'Opened again'])
    expect(calls).toEqual([['trackEvent', 'Opened again']])
    jest.advanceTimersByTime(10_000)
    expect(failures).toEqual([])
  })

  it('empties the queue of the person who logs out, and leaves what the page itself has put there', () => {
    const session = join()
    session?.update({ user_id: 'u1', email: 'ada@example.com' }, 'person')
    session?.send(['trackEvent', 'Opened'])
    window.Intercom?.('show')
    session?.reset()
    expect(queued()).toEqual([['show'], ['shutdown'], ['boot', BOOT]])
  })
})

describe('a script that does not come (W2)', () => {
  it('is said once, in the console and to the page, with the likely causes', () => {
    join()
    jest.advanceTimersByTime(9_999)
    expect(failures).toEqual([])
    jest.advanceTimersByTime(60_000)
    expect(failures.map(({ appId, reason }) => [appId, reason])).toEqual([['abc123', 'no-answer']])
    expect(warn).toHaveBeenCalledTimes(1)
    for (const words of [/ad blocker/, /App ID/, /region/]) expect(failures[0]?.message).toMatch(words)
  })

  it('is said within the time of the setting', () => {
    join({ loadTimeoutMs: 200 })
    jest.advanceTimersByTime(200)
    expect(failures).toHaveLength(1)
  })

  it('is not said at once where the setting is longer than a timer can be', () => {
    join({ loadTimeoutMs: 1e10 })
    jest.advanceTimersByTime(60_000)
    expect(failures).toEqual([])
  })

  it('is said once where the page does not even let it be asked for', () => {
    jest.spyOn(document.head, 'append').mockImplementation(() => {
      throw new TypeError('This document requires TrustedScriptURL assignment.')
    })
    const first = join()
    expect(join()).toBe(first)
    jest.advanceTimersByTime(60_000)
    expect(failures).toHaveLength(1)
  })

  it('costs the oldest commands, too, and by name', () => {
    const losses: unknown[] = []
    window.addEventListener('intercom-destination:loss', (event) => 'detail' in event && losses.push(event.detail))
    const session = join()
    session?.expectBoot()
    jest.advanceTimersByTime(500)
    for (let count = 0; count < 130; count += 1) session?.send(['show'])
    expect(queued()).toHaveLength(120)
    const text = 'Intercom’s script has not come, and this was the oldest event that waited for it'
    expect(losses[0]).toEqual({
      action: 'messengerCommand',
      losses: [{ path: 'show', reason: 'queue-full', text }],
      doubtful: []
    })
  })

  it('is said at once when the browser refuses it', () => {
    join()
    scripts()[0]?.dispatchEvent(new Event('error'))
    jest.advanceTimersByTime(60_000)
    expect(failures.map(({ reason }) => reason)).toEqual(['blocked'])
    for (const words of [/ad blocker/, /App ID/, /region/, /content security policy/, /domain/])
      expect(failures[0]?.message).toMatch(words)
  })

  it('is said to be the network’s when the browser is offline', () => {
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    join()
    scripts()[0]?.dispatchEvent(new Event('error'))
    jest.advanceTimersByTime(1)
    expect(failures.map(({ reason }) => reason)).toEqual(['offline'])
  })

  it('keeps the queue bounded: the oldest page ping goes first, then the oldest event, by name', () => {
    const losses: unknown[] = []
    const listen = (event: Event) => {
      if (isLossEvent(event)) losses.push(...toLosses(event.detail))
    }
    window.addEventListener(LOSS_EVENT, listen)
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    session?.update({ user_id: 'u1' }, 'page')
    jest.advanceTimersByTime(50)
    session?.update({ user_id: 'u1', plan: 'pro' }, 'person')
    jest.advanceTimersByTime(50)
    for (let number = 1; number <= 119; number += 1) session?.send(['trackEvent', `Event ${number}`])
    window.removeEventListener(LOSS_EVENT, listen)
    const kept = queued()
    expect(kept).toHaveLength(120)
    expect(kept.slice(0, 3)).toEqual([
      ['boot', { ...BOOT, user_id: 'u1' }],
      ['update', { user_id: 'u1', plan: 'pro' }],
      ['trackEvent', 'Event 2']
    ])
    expect(losses).toEqual([{ path: 'Event 1', reason: 'queue-full' }])
  })
})

describe('on a page that has Intercom (W1)', () => {
  it('uses it and asks for nothing', () => {
    const calls = recordIntercom()
    join()?.update({ user_id: 'u1' }, 'person')
    expect(scripts()).toEqual([])
    expect(calls).toEqual([['boot', { ...BOOT, user_id: 'u1' }]])
  })

  it('does not boot what the page has booted for the same workspace', () => {
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
  ])('leaves the Messenger of another workspace alone, known %s, and warns once', (_title, belong) => {
    belong()
    const calls = recordIntercom()
    expect(join()).toBeUndefined()
    expect(join()).toBeUndefined()
    expect(calls).toEqual([])
    expect(failures.map(({ reason }) => reason)).toEqual(['other-workspace'])
    expect(warn).toHaveBeenCalledTimes(1)
  })

  it('boots an install snippet that has no app id, whose script is on its way', () => {
    installSnippet()
    addScriptOf('abc123')
    const session = join()
    session?.update({ user_id: 'u1' }, 'person')
    expect(queued()).toEqual([['boot', { ...BOOT, user_id: 'u1' }]])
    expect(scripts()).toHaveLength(1)
  })

  it('asks for the script itself where an install snippet does not', () => {
    installSnippet()
    join()
    expect(scripts().map(({ src }) => src)).toEqual([`${WIDGET}abc123`])
  })
})

it('leaves a second workspace out when two Analytics instances disagree', () => {
  const calls = recordIntercom()
  expect(join()).toBeDefined()
  expect(join({ appId: 'other1' })).toBeUndefined()
  jest.advanceTimersByTime(1000)
  expect(calls).toEqual([])
  expect(failures.map(({ appId, reason }) => [appId, reason])).toEqual([['other1', 'other-workspace']])
})

it.each(['', 'abc 123', 'abc/../evil', 'https://evil.example/', 'ä', 'abc123?x'])(
  'refuses the app id %p before it touches the page',
  (appId) => {
    expect(() => join({ appId })).toThrow(
      `Intercom Web (Actions): the App ID ${JSON.stringify(appId)} is not one: it consists of letters, digits, "-" and "_". Copy it`
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

it('does not compile with a call or a body that Intercom does not know', () => {
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
