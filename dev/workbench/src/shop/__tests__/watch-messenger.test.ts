import { installMessenger, type MessengerPage } from '@intercom-destinations/emulator'
import { toMessengerView } from '../messenger/messenger-view'
import { watchMessenger } from '../messenger/watch-messenger'

/** A page with the stub of Intercom's snippet, which keeps `arguments` until the script has come. */
function openPage(isSecured = false) {
  const page: MessengerPage = {}
  const queue: unknown[] = []
  const security = { isSecured }
  const watch = watchMessenger(page, { isSecured: () => security.isSecured, onCall: () => undefined })
  const stub = Object.assign((...call: unknown[]) => queue.push({ ...call, length: call.length }), { q: queue })
  page.Intercom = stub
  const call = (...said: unknown[]): unknown =>
    typeof page.Intercom === 'function' ? Reflect.apply(page.Intercom, undefined, said) : undefined
  return { page, watch, stub, call, security, install: () => installMessenger(page, { visitorId: 'v1' }) }
}

test('calls that waited for the script are recorded and executed, in order and once', () => {
  const { call, install, watch } = openPage()
  call('boot', { app_id: 'demo' })
  call('update', { user_id: 'u1' })
  const standIn = install()
  call('trackEvent', 'Order Completed', { revenue: 1 })
  expect(standIn.calls).toEqual([
    ['boot', { app_id: 'demo' }],
    ['update', { user_id: 'u1' }],
    ['trackEvent', 'Order Completed', { revenue: 1 }]
  ])
  expect(watch.calls).toEqual([
    { number: 1, name: 'boot', body: '{\n  "app_id": "demo"\n}', isRefused: false },
    { number: 2, name: 'update', body: '{\n  "user_id": "u1"\n}', isRefused: false },
    { number: 3, name: 'trackEvent', body: '"Order Completed", {\n  "revenue": 1\n}', isRefused: false }
  ])
})

test('the page sees its own stub until the script has loaded, and the Messenger after that', () => {
  const { page, stub, call, install } = openPage()
  expect(page.Intercom).toBe(stub)
  install()
  expect(page.Intercom).not.toBe(stub)
  call('boot', { app_id: 'demo' })
  expect(call('getVisitorId')).toBe('v1')
})

test.each([
  ['a user id', { user_id: 'u1' }],
  ['an address', { email: 'a@example.com' }]
])('a secured workspace does not take over %s without a proof', (_, body) => {
  const { call, install, watch } = openPage(true)
  call('boot', { app_id: 'demo' })
  call('update', body)
  const standIn = install()
  call('update', body)
  expect(standIn.calls).toEqual([['boot', { app_id: 'demo' }]])
  expect(standIn.state.settings).toEqual({ app_id: 'demo' })
  expect(watch.calls.map(({ isRefused }) => isRefused)).toEqual([false, true, true])
})

test.each([{ user_hash: 'h' }, { intercom_user_jwt: 'j' }])('with the proof %j it does', (proof) => {
  const { call, install } = openPage(true)
  const standIn = install()
  call('boot', { app_id: 'demo' })
  call('update', { user_id: 'u1', ...proof })
  expect(standIn.state.settings.user_id).toBe('u1')
})

test('a workspace that becomes secured while the page is open rejects later calls', () => {
  const { call, install, security, watch } = openPage()
  install()
  call('boot', { app_id: 'demo', user_id: 'u1' })
  security.isSecured = true
  call('update', { user_id: 'u1', plan: 'pro' })
  expect(watch.calls.map(({ isRefused }) => isRefused)).toEqual([false, true])
})

test('a click of the visitor opens the Messenger and is not recorded as a call of the page', () => {
  const { call, install, watch } = openPage()
  const standIn = install()
  call('boot', { app_id: 'demo' })
  watch.press('show')
  expect(standIn.state.open).toBe(true)
  watch.press('hide')
  expect(standIn.state.open).toBe(false)
  expect(watch.calls.map(({ name }) => name)).toEqual(['boot'])
})

test('values that are not JSON are marked and break nothing', () => {
  const { call, install, watch } = openPage()
  install()
  const circle: Record<string, unknown> = {}
  circle.self = circle
  call('boot', { app_id: 'demo' })
  call('onShow', () => undefined)
  call('trackEvent', 'A', circle)
  call('show', undefined)
  expect(watch.calls.slice(1).map(({ body }) => body)).toEqual([
    'a function',
    '"A", something that is no JSON',
    'undefined'
  ])
})

test('the panel shows the visitor and their attributes, and neither page data nor the proof', () => {
  const { call, install } = openPage()
  const standIn = install()
  call('boot', {
    app_id: 'demo',
    api_base: 'https://x',
    alignment: 'left',
    horizontal_padding: 5,
    vertical_padding: 60
  })
  call('update', { user_id: 'u1', email: 'a@example.com', name: '<b>Ada</b>', user_hash: 'h', plan: 'pro', seats: 3 })
  call('update', { company: { company_id: 'c1', name: 'Acme' }, companies: [{ company_id: 'c2' }] })
  expect(toMessengerView(standIn)).toEqual({
    isBooted: true,
    isOpen: false,
    person: [
      ['User ID', 'u1'],
      ['E-mail', 'a@example.com'],
      ['Name', '<b>Ada</b>'],
      ['Company', 'Acme, c2']
    ],
    attributes: [
      ['plan', 'pro'],
      ['seats', '3']
    ],
    problems: [],
    launcher: { isHidden: false, side: 'left', horizontal: 20, vertical: 60 }
  })
})

test('applies a hidden launcher, its colour and a launcher of the page', () => {
  const { call, install } = openPage()
  const standIn = install()
  call('boot', {
    ...{ app_id: 'demo', hide_default_launcher: true, z_index: 7 },
    ...{ action_color: '#abc', custom_launcher_selector: '#help' }
  })
  expect(toMessengerView(standIn).launcher).toEqual({
    isHidden: true,
    side: 'right',
    horizontal: 20,
    vertical: 20,
    zIndex: 7,
    color: '#abc',
    selector: '#help'
  })
})

test('call numbers continue when old calls are dropped', () => {
  const { call, install, watch } = openPage()
  install()
  for (let count = 0; count < 250; count += 1) call('update', {})
  expect(watch.calls).toHaveLength(200)
  expect([watch.calls[0]?.number, watch.calls.at(-1)?.number]).toEqual([51, 250])
})
