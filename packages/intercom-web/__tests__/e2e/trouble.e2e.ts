/** @jest-environment node */
import { BOOT, openSite, type Site } from './site'

let site: Site

beforeAll(async () => {
  site = await openSite()
})

afterAll(async () => {
  await site.close()
})

const READY = `analytics.ready(() => { window.isReady = true })`

/** A window.Intercom that throws at these commands, or at all of them, and writes down the others. */
const breaking = (...commands: string[]) => `
  window.received = []
  window.Intercom = (...call) => {
    if (${JSON.stringify(commands)}.includes(call[0]) || ${String(commands.length === 0)}) throw new Error('Blocked')
    window.received.push(JSON.parse(JSON.stringify(call)))
  }
`

test('a Messenger that throws reaches neither the site’s code nor its console as an error', async () => {
  const visit = await site.visit({
    before: breaking(),
    script: `${READY}
      analytics.identify('u1', { plan: 'pro' }, at)
      analytics.track('Paid', {}, at)`
  })
  await visit.until('window.isReady && window.losses.some(({ path }) => path === "Paid")')
  const thrown = await visit.read(`(() => { try { analytics.reset() } catch (error) { return String(error) } })()`)
  expect(thrown).toBeUndefined()
  await visit.page.clock.runFor(5000)
  expect(await visit.read('window.losses')).toEqual(
    expect.arrayContaining(['boot', 'plan', 'Paid', 'shutdown'].map((path) => ({ path, reason: 'messenger-failed' })))
  )
  expect(visit.complaints).toEqual([expect.stringContaining('window.Intercom throws')])
})

test('a session that cannot be shut down is not spoken in again: the next person is booted', async () => {
  const visit = await site.visit({
    before: breaking('shutdown'),
    script: `${READY}
      analytics.identify('u1', {}, at)`
  })
  await visit.until('window.isReady && window.received.length === 1')
  await visit.read(`analytics.identify('u2', {}, at), undefined`)
  await visit.page.clock.runFor(5000)
  expect(await visit.received()).toEqual([
    ['boot', { ...BOOT, user_id: 'u1' }],
    ['boot', { ...BOOT, user_id: 'u2' }]
  ])
})

/** The first of Intercom's scripts: it has a queue of its own, and asks for what a blocker may refuse. */
const loader = (ask: string) => `
  const waiting = window.Intercom.q
  window.Intercom = (...call) => { window.Intercom.q.push(call) }
  window.Intercom.q = [...waiting]
  ${ask}
`
const ASK_FOR_SCRIPT = `
  const script = document.createElement('script')
  script.src = 'https://js.intercomcdn.com/frame.js'
  document.head.append(script)
`
const ASK_THE_API = `fetch('https://api-iam.intercom.io/messenger/web/ping', { method: 'POST' }).catch(() => undefined)`

test.each([
  ['the Messenger’s own script', ASK_FOR_SCRIPT, 'blocked'],
  ['the API', ASK_THE_API, 'no-answer']
])('a blocker that lets the loader in and refuses %s is told after the time-out', async (_title, ask, reason) => {
  const visit = await site.visit({
    script: `${READY}
      analytics.identify('u1', { email: 'ada@example.com' }, at)`,
    settings: { loadTimeoutMs: 3000 },
    widget: (route) => route.fulfill({ contentType: 'text/javascript', body: loader(ask) })
  })
  await visit.until('window.isReady && window.Intercom.q.length === 1')
  await visit.page.clock.runFor(5000)
  expect(await visit.read('window.failures')).toEqual([reason])
  await visit.read(`(() => { for (let n = 0; n < 150; n += 1) analytics.track('Event ' + n, {}, at) })()`)
  await visit.until('window.losses.length >= 31')
  expect(await visit.read('window.Intercom.q.length')).toBe(120)
  await visit.read('analytics.reset()')
  expect(await visit.read('JSON.parse(JSON.stringify(window.Intercom.q.map((call) => [...call])))')).toEqual([
    ['shutdown'],
    ['boot', BOOT]
  ])
  expect(visit.complaints.filter((text) => text.startsWith('Intercom Web (Actions)'))).toHaveLength(1)
})

test('a page that asks for trusted types and has no policy for them is told just that', async () => {
  const visit = await site.visit({
    csp: `require-trusted-types-for 'script'`,
    from: 'npm',
    script: `analytics.identify('u1', {}, at)`
  })
  await visit.until('window.failures.length > 0')
  await visit.page.clock.runFor(60_000)
  expect(await visit.read('window.failures')).toEqual(['refused-by-policy'])
  expect(visit.asked).toEqual([])
})
