import { runInNewContext } from 'node:vm'
import { createEmulator, installMessenger, messengerScript, serve, type MessengerPage } from '../index'

/** Intercom's snippet: calls wait in `q` as `arguments`. */
const snippet = () => {
  const q: unknown[] = []
  const keep = function () {
    // eslint-disable-next-line prefer-rest-params -- the snippet queues `arguments`
    q.push(arguments)
  }
  return Object.assign(keep, { q })
}

const callMessenger = (page: MessengerPage, ...call: unknown[]): unknown => {
  if (typeof page.Intercom !== 'function') throw new Error('There is no Messenger')
  const answer: unknown = Reflect.apply(page.Intercom, undefined, call)
  return answer
}

const install = (page: MessengerPage = {}, clock?: () => number) => ({
  page,
  messenger: installMessenger(page, clock ? { clock } : {})
})

const BOOT = { app_id: 'abc123', user_id: 'u-1' }

describe('the Messenger’s stand-in', () => {
  it('runs the queued calls first, in order', () => {
    const page: MessengerPage = { Intercom: snippet() }
    callMessenger(page, 'boot', BOOT)
    callMessenger(page, 'trackEvent', 'Order Completed', { coupon: 'MAY' })
    const { messenger } = install(page)
    callMessenger(page, 'update', { name: 'Ada' })
    expect(messenger.calls).toEqual([
      ['boot', BOOT],
      ['trackEvent', 'Order Completed', { coupon: 'MAY' }],
      ['update', { name: 'Ada' }]
    ])
    expect(messenger.state).toMatchObject({
      booted: true,
      settings: { app_id: 'abc123', user_id: 'u-1', name: 'Ada' },
      events: [{ name: 'Order Completed', metadata: { coupon: 'MAY' } }]
    })
    expect(messenger.problems).toEqual([])
  })

  it('boots by itself only if the settings of the page have an app_id', () => {
    expect(install({ intercomSettings: { app_id: 'abc123' } }).messenger.state.booted).toBe(true)
    expect(install({ intercomSettings: {} }).messenger.state.booted).toBe(false)
  })

  it('forgets the person at shutdown', () => {
    const { page, messenger } = install()
    callMessenger(page, 'boot', BOOT)
    callMessenger(page, 'show')
    callMessenger(page, 'shutdown')
    expect(messenger.state).toMatchObject({ booted: false, open: false, settings: {} })
  })

  it('opens and closes, and notifies listeners', () => {
    const { page, messenger } = install()
    const notified: unknown[] = []
    callMessenger(page, 'boot', BOOT)
    callMessenger(page, 'onShow', () => notified.push('shown'))
    callMessenger(page, 'onHide', () => notified.push('hidden'))
    callMessenger(page, 'onUnreadCountChange', (count: unknown) => notified.push(count))
    callMessenger(page, 'showSpace', 'help')
    messenger.receive(3)
    callMessenger(page, 'hide')
    expect(notified).toEqual(['shown', 3, 'hidden'])
  })

  it('returns the visitor id only while it is booted', () => {
    const { page } = install()
    expect(callMessenger(page, 'getVisitorId')).toBeUndefined()
    callMessenger(page, 'boot', BOOT)
    expect(callMessenger(page, 'getVisitorId')).toBe('emulated-visitor')
  })

  it('accepts 20 updates in 30 minutes, and further ones only later', () => {
    let now = 0
    const { page, messenger } = install({}, () => now)
    callMessenger(page, 'boot', BOOT)
    for (let count = 1; count <= 21; count += 1) callMessenger(page, 'update', { count })
    expect(messenger.state.settings.count).toBe(20)
    expect(messenger.problems).toEqual(['update over the budget of 20 in 30 minutes'])
    now = 30 * 60 * 1000
    callMessenger(page, 'update', { count: 22 })
    expect(messenger.state.settings.count).toBe(22)
  })

  it.each([
    ['update before boot', [['update', {}]]],
    ['trackEvent before boot', [['trackEvent', 'x']]],
    ['boot without app_id', [['boot', {}]]],
    ['unknown command logout', [['boot', BOOT], ['logout']]],
    [
      'another user_id without shutdown',
      [
        ['boot', BOOT],
        ['update', { user_id: 'u-2' }]
      ]
    ]
  ])('reports what Intercom ignores silently: %s', (problem, calls) => {
    const { page, messenger } = install()
    for (const call of calls) callMessenger(page, ...call)
    expect(messenger.problems).toEqual([problem])
    expect(messenger.calls).toHaveLength(calls.length)
  })
})

describe('the widget script', () => {
  it('is the same stand-in as a script, and needs only the page', () => {
    const window: MessengerPage & { intercomStandIn?: unknown } = { Intercom: snippet() }
    callMessenger(window, 'boot', BOOT)
    runInNewContext(messengerScript(), { window })
    expect(window.intercomStandIn).toMatchObject({ calls: [['boot', BOOT]], state: { booted: true }, problems: [] })
  })

  it('is served over a port as a script, without a token', async () => {
    const { url, close } = await serve(createEmulator())
    const reply = await fetch(`${url}/widget/abc123`, { headers: { accept: '*/*' } })
    await close()
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect(await reply.text()).toBe(messengerScript())
  })

  it('can be blocked, missing or late, like any answer', async () => {
    const waited: number[] = []
    const emulator = createEmulator({
      wait: (ms) => {
        waited.push(ms)
        return Promise.resolve()
      }
    })
    const load = () => emulator.fetch('https://widget.intercom.io/widget/abc123')
    const match = { path: /^\/widget\// }
    emulator.fault({ match, trouble: 'dropped' })
    await expect(load()).rejects.toThrow('fetch failed')
    emulator.fault({ match, status: 404 })
    expect((await load()).status).toBe(404)
    emulator.fault({ match, trouble: 'slow', ms: 8_000 })
    expect([(await load()).status, waited]).toEqual([200, [8_000]])
  })
})
