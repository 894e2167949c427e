/** @jest-environment node */
import type { Route } from 'playwright-core'
import { BOOT, giveWidget, NONCE, openSite, SEEN, type Site } from './site'

let site: Site

beforeAll(async () => {
  site = await openSite()
})

afterAll(async () => {
  await site.close()
})

const FIRST = `
  analytics.ready(() => { window.isReady = true })
  analytics.identify('u1', { email: 'ada@example.com' }, at)
  analytics.track('Opened', {}, at)
`
const FIRST_CALLS = [
  ['boot', { ...BOOT, user_id: 'u1', email: 'ada@example.com' }],
  ['trackEvent', 'Opened']
]
/** Whether the page still works: what it awaits of Analytics.js resolves. */
const LIVES = `analytics.track('Still here', {}, at).then(() => { window.isTracked = true })`

test('a normal page: the first boot names the person, and the event follows', async () => {
  const visit = await site.visit({ script: FIRST })
  await visit.until('window.received?.length === 2')
  expect(await visit.received()).toEqual(FIRST_CALLS)
  expect(visit.asked).toEqual(['https://widget.intercom.io/widget/abc123'])
  expect(visit.complaints).toEqual([])
  await visit.until('window.isReady')
})

test.each([
  ['blocked, as by an ad blocker', 'blocked' as const],
  ['answered with 404', 404 as const]
])('a script that is %s is reported once with the likely causes, and the page works', async (_title, widget) => {
  const visit = await site.visit({ script: FIRST, widget })
  await visit.until('window.failures.length > 0 && window.isReady')
  await visit.read(LIVES)
  await visit.until('window.isTracked')
  await visit.page.clock.runFor(60_000)
  expect(await visit.read('window.failures')).toEqual(['blocked'])
  const ours = visit.complaints.filter((text) => text.startsWith('Intercom Web (Actions)'))
  expect(ours).toHaveLength(1)
  for (const cause of ['App ID', 'region', 'content security policy', 'domain', 'ad blocker'])
    expect(ours[0]).toContain(cause)
})

test('a script that the policy of the page refuses is reported as such', async () => {
  const csp = `script-src 'self' 'nonce-${NONCE}'`
  const visit = await site.visit({ script: FIRST, csp })
  await visit.until('window.failures.length > 0 && window.isReady')
  expect(await visit.read('window.failures')).toEqual(['refused-by-policy'])
  expect(visit.asked).toEqual([])
})

test('a strict policy allows the script with its nonce', async () => {
  const csp = `script-src 'self' 'nonce-${NONCE}' 'strict-dynamic'`
  const visit = await site.visit({ script: FIRST, csp, settings: { cspNonce: NONCE } })
  await visit.until('window.received?.length === 2')
  expect(await visit.received()).toEqual(FIRST_CALLS)
  expect(await visit.read('document.querySelector(`script[src^="https://widget"]`).nonce')).toBe(NONCE)
  expect(visit.complaints).toEqual([])
})

test('a server that never answers delays nothing, and is reported after the time of the setting', async () => {
  const visit = await site.visit({
    script: FIRST,
    widget: () => new Promise(() => undefined),
    settings: { loadTimeoutMs: 3000 }
  })
  await visit.until('window.isReady')
  await visit.read(LIVES)
  await visit.until('window.isTracked')
  expect(await visit.read('window.failures')).toEqual([])
  await visit.page.clock.runFor(3000)
  expect(await visit.read('window.failures')).toEqual(['no-answer'])
})

test('a script that loads after five seconds gets every call once, in order', async () => {
  let waiting: Route | undefined
  const visit = await site.visit({
    script: FIRST,
    settings: { loadTimeoutMs: 1000 },
    widget: (route) => {
      waiting = route
      return Promise.resolve()
    }
  })
  await visit.until('window.isReady')
  await visit.read(`analytics.group('c1', { name: 'Acme' }, at), analytics.track('Later', {}, at)`)
  await visit.page.clock.runFor(5000)
  expect(await visit.read('window.failures')).toEqual(['no-answer'])
  if (waiting) await giveWidget(waiting)
  await visit.until('window.received?.length >= 4')
  await visit.read(`analytics.track('Latest', {}, at)`)
  await visit.until('window.received?.length >= 5')
  expect(await visit.received()).toEqual([
    ...FIRST_CALLS,
    ['trackEvent', 'Later'],
    ['update', { company: { company_id: 'c1', name: 'Acme' } }],
    ['trackEvent', 'Latest']
  ])
})

const WORKING = `window.received = []; window.Intercom = (...call) => { window.received.push(call) }`

test('a Messenger of the same workspace is used, and not booted again', async () => {
  const before = `window.intercomSettings = { app_id: 'abc123' }; ${WORKING}`
  const visit = await site.visit({ before, script: FIRST })
  await visit.until('window.received.length === 2 && window.isReady')
  expect(await visit.received()).toEqual([
    ['update', { user_id: 'u1', email: 'ada@example.com', last_request_at: SEEN }],
    ['trackEvent', 'Opened']
  ])
  expect(visit.asked).toEqual([])
})

test('the Messenger of another workspace is not touched, with a warning', async () => {
  const before = `window.intercomSettings = { app_id: 'other1' }; ${WORKING}`
  const visit = await site.visit({ before, script: FIRST })
  await visit.until('window.isReady')
  await visit.page.clock.runFor(5000)
  expect(await visit.received()).toEqual([])
  expect(await visit.read('window.failures')).toEqual(['other-workspace'])
  expect(visit.asked).toEqual([])
})

test('an install snippet without an app id is booted, and its script is used', async () => {
  // Intercom's snippet, with its own names shortened.
  const before = `
    const stub = function () { stub.c(arguments) }
    stub.q = []
    stub.c = (args) => stub.q.push(args)
    window.Intercom = stub
    addEventListener('load', () => {
      const script = document.createElement('script')
      script.src = 'https://widget.intercom.io/widget/abc123'
      document.head.append(script)
    })
  `
  const visit = await site.visit({ before, script: FIRST })
  await visit.until('window.received?.length === 2')
  expect(await visit.received()).toEqual(FIRST_CALLS)
  expect(visit.asked).toEqual(['https://widget.intercom.io/widget/abc123'])
})

test('a page without a script element works', async () => {
  const script = `document.querySelectorAll('script').forEach((one) => one.remove()); ${FIRST}`
  const visit = await site.visit({ script, from: 'npm' })
  await visit.until('window.received?.length === 2')
  expect(await visit.received()).toEqual(FIRST_CALLS)
})

test('remote, npm and the npm factory make the same calls', async () => {
  const script = `
    const proof = { ...at, integrations: { Intercom: { userHash: 'f1c2' } } }
    analytics.identify('u1', { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', address: { city: 'Bonn' } }, proof)
    analytics.track('Order Completed', { revenue: 19.99, currency: 'EUR', cart: [1] }, at)
    analytics.page('Home', {}, at)
    analytics.group('c1', { name: 'Acme', employees: 5 }, at)
    analytics.track('Not for Intercom', {}, { integrations: { 'Intercom Web (Actions)': false } })
  `
  for (const from of ['remote', 'npm', 'npm factory'] as const) {
    const visit = await site.visit({ script, from, settings: { apiBase: 'https://api-iam.eu.intercom.io' } })
    await visit.until('window.received?.length >= 3')
    await visit.page.clock.runFor(2000)
    expect([from, await visit.received()]).toEqual([
      from,
      [
        [
          'boot',
          {
            ...BOOT,
            api_base: 'https://api-iam.eu.intercom.io',
            user_id: 'u1',
            email: 'ada@example.com',
            name: 'Ada Lovelace',
            user_hash: 'f1c2'
          }
        ],
        ['trackEvent', 'Order Completed', { price: { amount: 1999, currency: 'EUR' } }],
        [
          'update',
          {
            user_id: 'u1',
            user_hash: 'f1c2',
            company: { company_id: 'c1', name: 'Acme', size: 5 },
            last_request_at: SEEN
          }
        ]
      ]
    ])
    expect(await visit.read('window.losses')).toEqual([
      { path: 'custom_attributes.address', reason: 'nested-value' },
      { path: 'metadata.cart', reason: 'nested-value' }
    ])
    expect(visit.complaints).toEqual([])
  }
})

test('invalid values are reported to the page, and the others arrive', async () => {
  const visit = await site.visit({
    settings: { richLinkProperties: ['article'] },
    script: `
      analytics.identify('u1', { createdAt: 'yesterday', companies: ['Acme', {}, 7.5, [1]], user_hash: 'stolen', plan: 'pro' }, at)
      analytics.track('Paid', { revenue: '$19.99' }, at)
      analytics.track('Paid', { revenue: 0, currency: 'EUR' }, at)
      analytics.track('Read', { article: { url: 'https://example.com/a', value: 'A' }, items: ['a'] }, at)
      analytics.track('Exported', { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: 11 }, at)
      analytics.group('c1', { createdAt: '1516746535111', company_id: 'other', app_id: 'other' }, at)
    `
  })
  await visit.until('window.received?.length >= 6')
  expect(await visit.received()).toEqual([
    [
      'boot',
      {
        ...BOOT,
        user_id: 'u1',
        plan: 'pro',
        companies: [{ company_id: '79d894520f4f94c267986a819e110bec', name: 'Acme' }, { company_id: '7.5' }]
      }
    ],
    ['trackEvent', 'Paid', { revenue: '$19.99' }],
    ['trackEvent', 'Paid', { price: { amount: 0, currency: 'EUR' } }],
    ['trackEvent', 'Read', { article: { url: 'https://example.com/a', value: 'A' } }],
    ['trackEvent', 'Exported', { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: 11 }],
    ['update', { company: { company_id: 'c1', created_at: 1516746535 } }]
  ])
  expect(await visit.read('window.losses.map(({ path, reason }) => path + " " + reason)')).toEqual([
    'signed_up_at not-a-date',
    'custom_attributes.user_hash reserved-key',
    'companies[3].company_id not-text',
    'revenue not-money',
    'metadata.items nested-value',
    'company.custom_attributes.company_id no-field-reads-it',
    'company.custom_attributes.app_id reserved-key'
  ])
})

test('initialize settles within 50 ms without a network', async () => {
  const visit = await site.visit({ script: `analytics.ready(() => { window.isReady = true })`, widget: 'blocked' })
  await visit.until('window.isReady')
  await visit.context.setOffline(true)
  const milliseconds = await visit.read(`(async () => {
    delete window[Symbol.for('intercom-destination.page-session')]
    delete window.Intercom
    const plugins = await intercomDestination({ appId: 'abc123', subscriptions: [
      { partnerAction: 'trackEvent', enabled: true, subscribe: 'type = "track"', mapping: {} }
    ] })
    const start = performance.timeOrigin + performance.now()
    await plugins[0].load(undefined, analytics)
    return performance.timeOrigin + performance.now() - start
  })()`)
  expect(milliseconds).toBeLessThan(50)
})
