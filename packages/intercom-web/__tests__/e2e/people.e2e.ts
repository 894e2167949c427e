/** @jest-environment node */
import { BOOT, openSite, SEEN, type Site } from './site'

let site: Site

beforeAll(async () => {
  site = await openSite()
})

afterAll(async () => {
  await site.close()
})

const proof = (hash: string) => `{ ...at, integrations: { Intercom: { user_hash: '${hash}' } } }`

test('two people on one browser: after the shutdown nothing names the first', async () => {
  const visit = await site.visit({
    script: `
      analytics.identify('u1', { email: 'ada@example.com' }, ${proof('h1')})
      analytics.ready(() => { window.isReady = true })
    `
  })
  await visit.until('window.received?.length === 1 && window.isReady')
  expect(await visit.read('document.cookie')).toContain('intercom-session-abc123=u1')
  await visit.read(`
    analytics.identify('u1', { plan: 'pro' }, ${proof('h2')})
    analytics.track('Opened by the first', {}, at)
    analytics.reset()
    analytics.identify('u2', { email: 'bob@example.com' }, at)
    analytics.page({}, at)
    undefined
  `)
  await visit.page.clock.runFor(5000)
  expect(await visit.received()).toEqual([
    ['boot', { ...BOOT, user_id: 'u1', email: 'ada@example.com', user_hash: 'h1' }],
    ['shutdown'],
    ['boot', BOOT],
    ['update', { user_id: 'u2', email: 'bob@example.com', last_request_at: SEEN }]
  ])
  const cookies = (await visit.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  expect(cookies).toContain('intercom-session-abc123=u2')
  expect(cookies).not.toMatch(/u1|ada@/)
  // Later calls hold nothing of the first person either.
  await visit.read(`analytics.group('c1', { name: 'Acme' }, at), undefined`)
  await visit.page.clock.runFor(5000)
  const later = JSON.stringify(await visit.read('window.received.slice(4)'))
  expect(later).toContain('Acme')
  expect(later).not.toMatch(/u1|ada@|h1|h2|pro/)
})

test('a logout before Intercom’s script is loaded leaves nothing of the person in the queue', async () => {
  const visit = await site.visit({
    script: `
      analytics.identify('u1', { email: 'ada@example.com' }, ${proof('h1')})
      analytics.track('Opened', {}, at)
      analytics.ready(() => { window.isReady = true })
    `,
    widget: () => new Promise(() => undefined)
  })
  const queue = 'JSON.stringify(window.Intercom?.q?.map((call) => [...call]) ?? [])'
  await visit.until(`window.isReady && ${queue}.includes('Opened')`)
  await visit.read('analytics.reset()')
  expect(JSON.parse(String(await visit.read(queue)))).toEqual([['shutdown'], ['boot', BOOT]])
})

test('two Analytics instances share one Messenger: one script, one boot, and a reset on either works', async () => {
  const visit = await site.visit({ script: `analytics.ready(() => { window.isReady = true })` })
  await visit.until('window.isReady && window.received?.length === 1')
  await visit.read(`(async () => {
    window.other = new analytics.constructor({ writeKey: 'other' })
    await other.register(...(await intercomDestination({ appId: 'abc123', subscriptions: [
      { partnerAction: 'trackEvent', enabled: true, subscribe: 'type = "track"', mapping: { event_name: { '@path': '$.event' } } }
    ] })))
    other.initialized = true
    other.emit('initialize')
  })()`)
  await visit.read(`analytics.identify('u1', {}, at), other.track('From the other'), undefined`)
  await visit.until('window.received.length === 3')
  await visit.read('other.reset()')
  await visit.page.clock.runFor(5000)
  expect(await visit.received()).toEqual([
    ['boot', BOOT],
    ['trackEvent', 'From the other'],
    ['update', { user_id: 'u1', last_request_at: SEEN }],
    ['shutdown'],
    ['boot', BOOT]
  ])
  expect(visit.asked).toHaveLength(1)
})

test('a secured workspace over several page loads: no person is named before their proof', async () => {
  const settings = { secured: true, bootPersistedUser: true }
  const first = await site.visit({
    settings,
    script: `analytics.identify('u1', { plan: 'pro' }, ${proof('h1')}); analytics.page({}, at)`
  })
  await first.until('window.received?.length >= 2')
  expect(await first.received()).toEqual([
    ['boot', { ...BOOT, user_id: 'u1', plan: 'pro', user_hash: 'h1' }],
    ['update', { user_id: 'u1', user_hash: 'h1', last_request_at: SEEN }]
  ])

  // The same visitor on a page without a proof in the first call: Analytics.js remembers u1.
  const second = await site.visit({
    settings,
    context: first.context,
    script: `analytics.page({}, at); analytics.track('Opened', {}, at); analytics.ready(() => { window.isReady = true })`
  })
  await second.until('window.isReady && window.received?.length === 2')
  await second.page.clock.runFor(5000)
  expect(await second.received()).toEqual([
    ['boot', BOOT],
    ['trackEvent', 'Opened']
  ])
  await second.read(`analytics.identify('u1', { seats: 3 }, ${proof('h2')}), undefined`)
  await second.until('window.received.length === 3')
  expect(await second.read('window.received[2]')).toEqual([
    'update',
    { user_id: 'u1', plan: 'pro', seats: 3, user_hash: 'h2', last_request_at: SEEN }
  ])
})

test('after a reload with an identify of another person, the earlier one is not named', async () => {
  const first = await site.visit({ script: `analytics.identify('u1', {}, at)` })
  await first.until('window.received?.length === 1')
  const second = await site.visit({ context: first.context, script: `analytics.identify('u2', {}, at)` })
  await second.until('window.received?.length >= 1')
  await second.page.clock.runFor(5000)
  expect(await second.received()).toEqual([['boot', { ...BOOT, user_id: 'u2' }]])
})

test('200 page calls of a single-page app, 30 of them with changes, stay within 20 updates in any 30 minutes', async () => {
  const visit = await site.visit({
    script: `analytics.identify('u1', {}, at); analytics.ready(() => { window.isReady = true })`
  })
  await visit.until('window.isReady && window.received?.length === 1')
  await visit.read(`
    window.sentAt = []
    const messenger = window.Intercom
    window.Intercom = (...call) => {
      if (call[0] === 'update') window.sentAt.push(performance.now())
      messenger(...call)
    }
    undefined
  `)
  // One page every 30 seconds, every seventh with a change: an hour and forty minutes in one tab.
  const expected: Record<string, number> = {}
  for (let number = 1; number <= 200; number += 1) {
    const change = number % 7 === 0 || number > 198
    if (change) expected[`key${number % 4}`] = number
    await visit.read(
      change
        ? `analytics.identify('u1', { key${number % 4}: ${number} }, at), analytics.page({}, at), undefined`
        : 'analytics.page({}, at), undefined'
    )
    await visit.page.clock.runFor(number > 100 ? 1000 : 30_000)
  }
  await visit.page.clock.runFor(31 * 60_000)
  const bodies: Record<string, unknown>[] = JSON.parse(
    String(
      await visit.read(
        'JSON.stringify(window.received.filter(([command]) => command === "update").map(([, body]) => body))'
      )
    )
  )
  expect(Object.assign({}, ...bodies)).toEqual({ user_id: 'u1', ...expected, last_request_at: SEEN })
  const times: number[] = JSON.parse(String(await visit.read('JSON.stringify(window.sentAt)')))
  expect(times.length).toBeGreaterThan(20)
  for (const start of times) {
    const inWindow = times.filter((time) => time >= start && time <= start + 30 * 60_000)
    expect(inWindow.length).toBeLessThanOrEqual(20)
  }
}, 120_000)

test('a page from the back/forward cache continues: no second boot, no duplicate', async () => {
  const visit = await site.visit({
    before: `addEventListener('pageshow', ({ persisted }) => { window.isBack = persisted })`,
    script: `analytics.identify('u1', {}, at); analytics.ready(() => { window.isReady = true })`
  })
  await visit.until('window.isReady && window.received?.length === 1')
  // A pending update is sent when the page ends.
  await visit.read(`new Promise((resolve) => {
    analytics.on('identify', () => resolve())
    analytics.identify('u1', { plan: 'pro' }, at)
  })`)
  await visit.page.goto(new URL('/elsewhere', visit.page.url()).href)
  // Not page.goBack(): it waits for a load that does not come.
  await visit.page.evaluate('history.back()').catch(() => undefined)
  await visit.page.waitForURL('**/page/**', { waitUntil: 'commit' })
  await visit.until('window.isBack === true')
  await visit.read(`analytics.track('Back', {}, at), undefined`)
  await visit.until('window.received.length >= 3')
  await visit.page.clock.runFor(2000)
  expect(await visit.received()).toEqual([
    ['boot', { ...BOOT, user_id: 'u1' }],
    ['update', { user_id: 'u1', plan: 'pro', last_request_at: SEEN }],
    ['trackEvent', 'Back']
  ])
})
