import { runInNewContext } from 'node:vm'
import { createEmulator, installMessenger, messengerScript, serve, type MessengerPage } from '../index'

/** Intercom's snippet as pages have it: calls wait in `q` as `arguments`. */
const snippet = () => {
  const q: unknown[] = []
  const keep = function () {
    // eslint-disable-next-line prefer-rest-params -- the snippet promises `arguments`
    q.push(arguments)
  }
  return Object.assign(keep, { q })
}

const say = (page: MessengerPage, ...call: unknown[]): unknown => {
  if (typeof page.Intercom !== 'function') throw new Error('There is no Messenger')
  const answer: unknown = Reflect.apply(page.Intercom, undefined, call)
  return answer
}

const open = (page: MessengerPage = {}, clock?: () => number) => ({
  page,
  messenger: installMessenger(page, clock ? { clock } : {})
})

const BOOT = { app_id: 'abc123', user_id: 'u-1' }

describe('the Messenger’s stand-in', () => {
  it('plays what waited in the queue, in order, before anything else', () => {
    const page: MessengerPage = { Intercom: snippet() }
    say(page, 'boot', BOOT)
    say(page, 'trackEvent', 'Order Completed', { coupon: 'MAY' })
    const { messenger } = open(page)
    say(page, 'update', { name: 'Ada' })
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

  it('boots by itself only where the settings of the page hold an app_id', () => {
    expect(open({ intercomSettings: { app_id: 'abc123' } }).messenger.state.booted).toBe(true)
    expect(open({ intercomSettings: {} }).messenger.state.booted).toBe(false)
  })

  it('forgets the person at shutdown, as the next one at the same screen expects', () => {
    const { page, messenger } = open()
    say(page, 'boot', BOOT)
    say(page, 'show')
    say(page, 'shutdown')
    expect(messenger.state).toMatchObject({ booted: false, open: false, settings: {} })
  })

  it('opens and closes, and tells who listens', () => {
    const { page, messenger } = open()
    const heard: unknown[] = []
    say(page, 'boot', BOOT)
    say(page, 'onShow', () => heard.push('shown'))
    say(page, 'onHide', () => heard.push('hidden'))
    say(page, 'onUnreadCountChange', (count: unknown) => heard.push(count))
    say(page, 'showSpace', 'help')
    messenger.receive(3)
    say(page, 'hide')
    expect(heard).toEqual(['shown', 3, 'hidden'])
  })

  it('knows the visitor only while it is booted', () => {
    const { page } = open()
    expect(say(page, 'getVisitorId')).toBeUndefined()
    say(page, 'boot', BOOT)
    expect(say(page, 'getVisitorId')).toBe('emulated-visitor')
  })

  it('takes 20 updates in 30 minutes, and more only later', () => {
    let now = 0
    const { page, messenger } = open({}, () => now)
    say(page, 'boot', BOOT)
    for (let count = 1; count <= 21; count += 1) say(page, 'update', { count })
    expect(messenger.state.settings.count).toBe(20)
    expect(messenger.problems).toEqual(['update over the budget of 20 in 30 minutes'])
    now = 30 * 60 * 1000
    say(page, 'update', { count: 22 })
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
  ])('names what Intercom would not: %s', (problem, calls) => {
    const { page, messenger } = open()
    for (const call of calls) say(page, ...call)
    expect(messenger.problems).toEqual([problem])
    expect(messenger.calls).toHaveLength(calls.length)
  })
})

describe('the widget script', () => {
  it('is the same stand-in for a page, and needs nothing but the page', () => {
    const window: MessengerPage & { intercomStandIn?: unknown } = { Intercom: snippet() }
    say(window, 'boot', BOOT)
    runInNewContext(messengerScript(), { window })
    expect(window.intercomStandIn).toMatchObject({ calls: [['boot', BOOT]], state: { booted: true }, problems: [] })
  })

  it('comes over a port as a script, without a token', async () => {
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
