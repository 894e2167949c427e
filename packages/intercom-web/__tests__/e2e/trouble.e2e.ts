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

/** A window.Intercom that throws for these commands, or for all, and records the others. */
const breaking = (...commands: string[]) => `
  window.received = []
  window.Intercom = (...call) => {
    if (${JSON.stringify(commands)}.includes(call[0]) || ${String(commands.length === 0)}) throw new Error('Blocked')
    window.received.push(JSON.parse(JSON.stringify(call)))
  }
`

test('an error of the Messenger reaches neither the site’s code nor its console', async () => {
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

test('a Messenger that cannot be shut down is not used any more: the next person is booted', async () => {
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

/** The first of Intercom's scripts: it has a queue of its own, and makes a request that a blocker may refuse. */
const loader = (request: string) => `
  const waiting = window.Intercom.q
  window.Intercom = (...call) => { window.Intercom.q.push(call) }
  window.Intercom.q = [...waiting]
  ${request}
`
const REQUEST_SCRIPT = `
  const script = document.createElement('script')
  script.src = 'https://js.intercomcdn.com/frame.js'
  script.addEventListener('error', () => { window.isRefused = true })
  document.head.append(script)
`
const REQUEST_API = `fetch('https://api-iam.intercom.io/messenger/web/ping', { method: 'POST' }).catch(() => { window.isRefused = true })`

test.each([
  ['the Messenger’s own script', REQUEST_SCRIPT, 'blocked'],
  ['the API', REQUEST_API, 'no-answer']
])('a blocker that allows the loader and refuses %s is reported after the timeout', async (_title, request, reason) => {
  const visit = await site.visit({
    script: `${READY}
      analytics.identify('u1', { email: 'ada@example.com' }, at)`,
    settings: { loadTimeoutMs: 3000 },
    widget: (route) => route.fulfill({ contentType: 'text/javascript', body: loader(request) })
  })
  // The refusal comes in real time, the timeout in the page's own: the first has to be there before the second.
  await visit.until('window.isReady && window.isRefused && window.Intercom.q.length === 1')
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

test('a page that requires trusted types and has no policy for them is reported as such', async () => {
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
