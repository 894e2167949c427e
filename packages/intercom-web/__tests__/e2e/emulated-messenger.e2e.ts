/** @jest-environment node */
import { messengerScript } from '@intercom-destinations/emulator'
import { BOOT, openSite, type Site } from './site'

let site: Site

beforeAll(async () => {
  site = await openSite()
})

afterAll(async () => {
  await site.close()
})

/** The emulator's stand-in for Intercom's widget, which checks the documented rules independently of our code. */
test('a visit by two people breaks none of the Messenger’s rules', async () => {
  const visit = await site.visit({
    widget: (route) => route.fulfill({ contentType: 'text/javascript', body: messengerScript() }),
    // Analytics.js sorts calls from before its load by method, so the visit starts after it is ready.
    script: 'analytics.ready(() => { window.isReady = true })'
  })
  await visit.until('window.isReady')
  await visit.read(`
    analytics.identify('u1', { email: 'ada@example.com' }, at)
    analytics.group('c1', { name: 'Acme' }, at)
    analytics.track('Order Completed', { revenue: 19.99 }, at)
    undefined
  `)
  await visit.until('window.intercomStandIn?.calls.length === 3')
  await visit.read(`
    analytics.reset()
    analytics.identify('u2', { email: 'grace@example.com' }, at)
    for (let visit = 0; visit < 40; visit += 1) analytics.page('Page ' + visit, {}, at)
    undefined
  `)
  await visit.page.clock.runFor(5000)
  expect(await visit.read('window.intercomStandIn.problems')).toEqual([])
  expect(await visit.read('window.intercomStandIn.state.settings')).toMatchObject({
    ...BOOT,
    user_id: 'u2',
    email: 'grace@example.com'
  })
  const commands: unknown = await visit.read('window.intercomStandIn.calls.map(([command]) => command).join()')
  expect(commands).toBe('boot,trackEvent,update,shutdown,boot,update')
})

test('a visitor who signs up is linked, with the id that the Messenger shows', async () => {
  const visit = await site.visit({
    widget: (route) => route.fulfill({ contentType: 'text/javascript', body: messengerScript() }),
    settings: { linkVisitor: true },
    script: 'analytics.ready(() => { window.isReady = true })'
  })
  await visit.until('window.isReady')
  await visit.page.clock.runFor(1000)
  await visit.until('window.intercomStandIn?.state.booted')
  await visit.read(`analytics.setAnonymousId('a1'), analytics.identify('u1', { plan: 'pro' }, at), undefined`)
  await visit.page.clock.runFor(1000)
  await visit.until('window.intercomStandIn.calls.length === 3')
  expect(await visit.read('window.intercomStandIn.calls.map(([command]) => command).join()')).toBe(
    'boot,getVisitorId,update'
  )
  expect(await visit.read('window.intercomStandIn.state.settings')).toMatchObject({
    user_id: 'u1',
    intercom_visitor_id: 'emulated-visitor',
    segment_anonymous_id: 'a1'
  })
})
