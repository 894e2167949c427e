import { openPage, type OpenPage } from '../test-support/open-page'
import { renewPage } from '../test-support/run-events'

const BOOT = { app_id: 'abc123', api_base: 'https://api-iam.intercom.io', installation_type: 's' }
const at = { timestamp: '2024-01-02T03:04:05Z' }

let warn: jest.SpyInstance

beforeEach(() => {
  jest.useFakeTimers()
  warn = jest.spyOn(console, 'warn').mockImplementation()
})

afterEach(() => {
  jest.useRealTimers()
  renewPage()
})

/** Makes `window.Intercom` throw for these commands, or for every command if none is given. */
function breakIntercom({ calls }: Pick<OpenPage, 'calls'>, ...commands: string[]): void {
  window.Intercom = (...call: unknown[]) => {
    if (commands.length === 0 || commands.includes(String(call[0]))) throw new Error('Blocked by an extension')
    calls.push(call)
  }
}

describe('a window.Intercom that throws', () => {
  it('breaks neither the site nor the queue: failed calls are losses, with one console line', async () => {
    const page = await openPage()
    breakIntercom(page)
    void page.analytics.identify('u1', { plan: 'pro' }, at)
    void page.analytics.track('Paid')
    await page.pass(2000)
    expect(() => page.analytics.reset()).not.toThrow()
    void page.analytics.track('Later')
    await page.pass(2000)
    window.dispatchEvent(new Event('pagehide'))
    expect(page.losses).toEqual(
      expect.arrayContaining(
        ['boot', 'user_id', 'plan', 'Paid', 'shutdown', 'Later'].map((path) => ({ path, reason: 'messenger-failed' }))
      )
    )
    expect(warn.mock.calls.filter(([text]) => String(text).includes('throws'))).toHaveLength(1)
  })

  it('loses only the failed call, and its content is sent again later', async () => {
    const page = await openPage()
    await page.pass(500)
    breakIntercom(page, 'update')
    void page.analytics.identify('u1', { plan: 'pro' }, at)
    await page.pass(50)
    void page.analytics.track('Paid')
    await page.pass(50)
    breakIntercom(page, 'nothing')
    void page.analytics.identify('u1', { plan: 'pro' }, at)
    await page.pass(50)
    expect(page.calls).toEqual([
      ['boot', BOOT],
      ['trackEvent', 'Paid'],
      ['update', { user_id: 'u1', plan: 'pro', last_request_at: 1704164645 }]
    ])
    expect(page.losses).toEqual([
      { path: 'plan', reason: 'messenger-failed' },
      { path: 'user_id', reason: 'messenger-failed' }
    ])
  })

  it('names the person in a later boot if the first one failed', async () => {
    const page = await openPage()
    breakIntercom(page, 'boot')
    void page.analytics.identify('u1', { plan: 'pro' }, at)
    await page.pass(50)
    breakIntercom(page, 'nothing')
    void page.analytics.track('Paid')
    await page.pass(500)
    expect(page.calls).toEqual([
      ['boot', { ...BOOT, user_id: 'u1' }],
      ['trackEvent', 'Paid']
    ])
  })
})

describe('a Messenger that cannot be shut down', () => {
  it('is not used any more: the next person is booted', async () => {
    const page = await openPage()
    void page.analytics.identify('u1', {}, at)
    await page.pass(500)
    breakIntercom(page, 'shutdown')
    void page.analytics.identify('u2', {}, at)
    await page.pass(500)
    expect(page.calls).toEqual([
      ['boot', { ...BOOT, user_id: 'u1' }],
      ['boot', { ...BOOT, user_id: 'u2' }]
    ])
    expect(page.losses).toEqual([{ path: 'shutdown', reason: 'messenger-failed' }])
  })

  it('is not used any more if the boot fails too', async () => {
    const page = await openPage()
    void page.analytics.identify('u1', {}, at)
    await page.pass(500)
    breakIntercom(page, 'shutdown', 'boot')
    page.analytics.reset()
    void page.analytics.track('By a visitor')
    void page.analytics.page({}, at)
    void page.analytics.identify('u2', { plan: 'pro' }, at)
    await page.pass(5000)
    window.dispatchEvent(new Event('pagehide'))
    expect(page.calls).toEqual([['boot', { ...BOOT, user_id: 'u1' }]])
    expect(page.losses).toContainEqual({ path: 'By a visitor', reason: 'messenger-failed' })
  })

  it('is booted for a visitor after a reset', async () => {
    const page = await openPage()
    void page.analytics.identify('u1', {}, at)
    await page.pass(500)
    breakIntercom(page, 'shutdown')
    page.analytics.reset()
    void page.analytics.track('By a visitor')
    await page.pass(500)
    expect(page.calls.slice(1)).toEqual([
      ['boot', BOOT],
      ['trackEvent', 'By a visitor']
    ])
  })
})

describe.each([
  ['set to null', () => Object.assign(window, { Intercom: null })],
  ['deleted', () => delete window.Intercom],
  ['replaced by an object', () => Object.assign(window, { Intercom: {} })]
])('a window.Intercom that is later %s', (_title, remove) => {
  it('reports every lost call, with one console line', async () => {
    const page = await openPage()
    void page.analytics.identify('u1', {}, at)
    await page.pass(500)
    remove()
    void page.analytics.track('Paid')
    void page.analytics.track('Paid again')
    void page.analytics.identify('u1', { plan: 'pro' }, at)
    await page.pass(500)
    expect(page.losses).toEqual(
      ['Paid', 'Paid again', 'plan', 'user_id'].map((path) => ({ path, reason: 'messenger-missing' }))
    )
    expect(warn.mock.calls).toEqual([[expect.stringContaining('window.Intercom is gone')]])
  })
})

it('handles a window.Intercom that throws when it is read', async () => {
  renewPage()
  const broken = {
    get: () => {
      throw new Error('Not yours')
    },
    configurable: true
  }
  Object.defineProperty(window, 'Intercom', broken)
  const { analytics, losses, pass } = await openPage()
  Object.defineProperty(window, 'Intercom', broken)
  void analytics.track('Paid')
  await pass(1000)
  expect(losses).toContainEqual({ path: 'Paid', reason: 'messenger-missing' })
})
