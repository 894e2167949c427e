import { Hono } from 'hono'
import type { DestinationState } from '../../../contract'
import { createCdn } from '../cdn'
import { readWebDestination } from '../cdn-scripts'

const WEB: DestinationState = {
  enabled: true,
  settings: { appId: 'abc123', alignment: 'left' },
  subscriptions: [
    { name: 'One', partnerAction: 'trackEvent', enabled: true, subscribe: 'type = "track"', mapping: { a: 1 } },
    { name: 'Two', partnerAction: 'identifyUser', enabled: false, subscribe: 'type = "identify"', mapping: {} }
  ]
}

function openCdn(web: DestinationState = WEB, isBlocked = false) {
  const cdn = createCdn({ writeKey: 'key', web: () => web, isWidgetBlocked: () => isBlocked })
  const app = new Hono().route('/cdn', cdn)
  return (path: string, origin = 'http://127.0.0.1:4311') => app.request(origin + path)
}

test.each(['key', 'paper-and-pine'])('a page with the write key %s gets the real Analytics.js', async (key) => {
  const response = await openCdn()(`/cdn/analytics.js/v1/${key}/analytics.min.js`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(await response.text()).toContain('/analytics-next/bundles/')
})

test('Analytics.js can load its later bundles', async () => {
  const get = openCdn()
  expect((await get('/cdn/analytics-next/bundles/ajs-destination.bundle.40628baed746e9904edc.js')).status).toBe(200)
  expect((await get('/cdn/analytics-next/bundles/tsub-middleware.bundle.89bf07058b3d3b126984.js')).status).toBe(200)
})

test.each([
  '/cdn/analytics.js/v1/other/analytics.min.js',
  '/cdn/v1/projects/other/settings',
  '/cdn/analytics-next/bundles/..%2f..%2f..%2fpackage.json',
  '/cdn/analytics-next/bundles/%2e%2e%2fpkg%2findex.js',
  '/cdn/analytics-next/bundles/index.js.map',
  '/cdn/analytics-next/bundles/constructor'
])('nothing is served for %s', async (path) => {
  expect((await openCdn()(path)).status).toBe(404)
})

test('the settings send the page’s events here, load the web destination from here and have the enabled mappings', async () => {
  const response = await openCdn()('/cdn/v1/projects/key/settings', 'http://localhost:4311')
  expect(response.headers.get('cache-control')).toBe('no-cache')
  expect(await response.json()).toEqual({
    integrations: { 'Segment.io': { apiKey: 'key', apiHost: 'localhost:4311/v1', protocol: 'http' } },
    metrics: { sampleRate: 0 },
    remotePlugins: [
      {
        name: 'Intercom Web (Actions)',
        creationName: 'Intercom Web (Actions)',
        libraryName: 'intercomDestination',
        url: 'http://localhost:4311/cdn/intercom-web.js',
        settings: {
          appId: 'abc123',
          alignment: 'left',
          subscriptions: [
            { name: 'One', partnerAction: 'trackEvent', enabled: true, subscribe: 'type = "track"', mapping: { a: 1 } }
          ]
        }
      }
    ]
  })
})

test('without an App ID the Messenger of the demo workspace is loaded', async () => {
  const response = await openCdn({ ...WEB, settings: {} })('/cdn/v1/projects/key/settings')
  expect(await response.json()).toMatchObject({ remotePlugins: [{ settings: { appId: 'demo' } }] })
})

test('a web destination that is off is not loaded', async () => {
  const response = await openCdn({ ...WEB, enabled: false })('/cdn/v1/projects/key/settings')
  expect(await response.json()).toMatchObject({ remotePlugins: [] })
})

test('the web destination loads Intercom’s script from this server only', async () => {
  const text = await (await openCdn()('/cdn/intercom-web.js')).text()
  expect(text).toContain('"http://127.0.0.1:4311/cdn/widget/"')
  expect(text).not.toContain('widget.intercom.io/')
})

test.each([
  ['does not name Intercom’s script', 'const url = 1', 'exactly once'],
  ['names it twice', '"https://widget.intercom.io/widget/" + "https://widget.intercom.io/widget/"', 'exactly once'],
  ['names it otherwise too', '"https://widget.intercom.io/widget/" + `https://widget.intercom.io/x`', 'a second way']
])('a build that %s is refused at the start, because it might use the network', (_, text, message) => {
  expect(() => readWebDestination(() => text)).toThrow(message)
})

test('the Messenger is the stand-in, for every App ID', async () => {
  const text = await (await openCdn()('/cdn/widget/abc123')).text()
  expect(text).toContain('window.intercomStandIn = ')
})

test('a blocked Messenger is refused', async () => {
  expect((await openCdn(WEB, true)('/cdn/widget/abc123')).status).toBe(403)
})
