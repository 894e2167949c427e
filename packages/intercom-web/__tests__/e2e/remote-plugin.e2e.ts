/** @jest-environment node */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'

/**
 * The built script in a real browser, loaded by the real Analytics.js as a remote plugin. Only the two services on the
 * far side are played: Segment's settings document and Intercom's widget. Start it with `yarn test:e2e`.
 */

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]
const ROOT = path.resolve(__dirname, '../../../..')
const UMD = path.join(ROOT, 'node_modules/@segment/analytics-next/dist/umd')
const REMOTE = path.join(ROOT, 'packages/intercom-web/dist/remote/intercom-web.js')
const NONCE = 'r4nd0m'

/** 1704164645 in Unix seconds. */
const TIMESTAMP = '2024-01-02T03:04:05Z'

/** Intercom's script takes the place of the queue, first giving itself what waits there. */
const WIDGET = `
  window.received = []
  const waiting = window.Intercom.q
  window.Intercom = (...call) => { window.received.push(call) }
  waiting.forEach((call) => window.Intercom(...call))
`

const PAGE = `<!doctype html><meta charset="utf-8"><title>Shop</title>
<script nonce="${NONCE}">
  window.losses = []
  addEventListener('intercom-destination:loss', ({ detail }) => window.losses.push(detail))
  const calls = window.analytics = []
  for (const method of ['track', 'identify', 'page', 'group', 'ready'])
    calls[method] = (...args) => { calls.push([method, ...args]); return calls }
  calls._writeKey = 'key'
  calls._cdn = location.origin
  calls._loadOptions = { integrations: { 'Segment.io': false } }
  const options = { timestamp: '${TIMESTAMP}', integrations: { Intercom: { userHash: 'f1c2' } } }
  analytics.identify('u1', { email: 'ada@example.com', firstName: 'Ada', address: { city: 'Bonn' } }, options)
  analytics.track('Order Completed', { revenue: 19.99, currency: 'EUR', cart: [1] }, options)
  analytics.page('Home', {}, options)
  analytics.group('c1', { name: 'Acme', employees: 5 }, options)
</script>
<script nonce="${NONCE}" src="/standalone.js"></script>`

function settingsDocument(origin: string, presets: readonly object[]): string {
  return JSON.stringify({
    integrations: { 'Segment.io': { apiKey: 'key' } },
    // Without it the standalone build sends metrics to Segment over and over where Segment cannot be reached.
    metrics: { sampleRate: 0 },
    remotePlugins: [
      {
        name: 'Intercom Web (Actions)',
        creationName: 'Intercom Web (Actions)',
        libraryName: 'intercomDestination',
        url: `${origin}/intercom-web.js`,
        settings: {
          appId: 'abc123',
          apiBase: 'https://api-iam.eu.intercom.io',
          cspNonce: NONCE,
          subscriptions: presets.map((preset) => ({ ...preset, enabled: true }))
        }
      }
    ]
  })
}

async function serve(): Promise<{ origin: string; server: Server }> {
  // The mappings are the definition's own, asked of the package that npm users get.
  const script = `const { destination } = require('./packages/intercom-web/dist/cjs'); console.log(JSON.stringify(destination.presets))`
  const mappings: object[] = JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }))
  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host ?? ''}`
    const { pathname } = new URL(request.url ?? '/', origin)
    const bundle = path.join(UMD, path.basename(pathname))
    if (pathname === '/') {
      // Only with the nonce may a script run, so Intercom's own must carry it.
      response.setHeader('content-security-policy', `script-src 'self' 'nonce-${NONCE}' 'strict-dynamic'`)
      response.setHeader('content-type', 'text/html').end(PAGE)
    } else if (pathname.endsWith('/settings'))
      response.setHeader('content-type', 'application/json').end(settingsDocument(origin, mappings))
    else if (pathname === '/intercom-web.js')
      response.setHeader('content-type', 'text/javascript').end(readFileSync(REMOTE))
    else if (existsSync(bundle)) response.setHeader('content-type', 'text/javascript').end(readFileSync(bundle))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, server }
}

const canRun = existsSync(CHROMIUM) && existsSync(REMOTE)
// eslint-disable-next-line no-console -- a test that skips itself says so
if (!canRun) console.warn(`Skipped: it needs ${CHROMIUM} (or CHROMIUM_PATH) and \`yarn build\`.`)

;(canRun ? describe : describe.skip)('the remote script in Chromium', () => {
  let server: Server
  let browser: Browser
  let page: Page
  const asked: string[] = []
  const complaints: string[] = []

  /** Playwright's own waiting evaluates text in the page, which the page's policy forbids. */
  async function received(count: number): Promise<void> {
    while (Number(await page.evaluate('(window.received ?? []).length')) < count) await page.waitForTimeout(20)
  }

  beforeAll(async () => {
    const served = await serve()
    server = served.server
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
    page = await browser.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', ({ message }) => complaints.push(message))
    // Nothing but the page's own server and the played widget can be reached.
    await page.route(/^(?!http:\/\/127\.0\.0\.1)/, (route) => route.abort())
    await page.route('https://widget.intercom.io/**', (route) => {
      asked.push(route.request().url())
      return route.fulfill({ contentType: 'text/javascript', body: WIDGET })
    })
    await page.goto(served.origin)
    await received(5)
  }, 30_000)

  afterAll(async () => {
    await browser.close()
    server.close()
  })

  it('sets both names to the factory', async () => {
    const factory =
      '[typeof intercomDestination, intercomDestination === intercomWebDestination, intercomDestination.pluginName]'
    expect(await page.evaluate(factory)).toEqual(['function', true, 'Intercom Web (Actions)'])
  })

  it('loads the widget once, past a policy that asks for the nonce', async () => {
    expect(asked).toEqual(['https://widget.intercom.io/widget/abc123'])
    expect(await page.evaluate('document.querySelector(`script[src^="https://widget"]`).nonce')).toBe(NONCE)
  })

  it('brings identify, track, page and group to the Messenger', async () => {
    expect(await page.evaluate('window.received')).toEqual([
      ['boot', { app_id: 'abc123', api_base: 'https://api-iam.eu.intercom.io', installation_type: 's' }],
      [
        'update',
        { user_id: 'u1', email: 'ada@example.com', name: 'Ada', user_hash: 'f1c2', last_request_at: 1704164645 }
      ],
      ['trackEvent', 'Order Completed', { price: { amount: 1999, currency: 'EUR' } }],
      ['update', { user_id: 'u1', user_hash: 'f1c2', last_request_at: 1704164645 }],
      ['update', { company: { company_id: 'c1', name: 'Acme', size: 5 } }]
    ])
  })

  it('tells the page what was left out', async () => {
    expect(await page.evaluate('window.losses')).toEqual([
      { action: 'identifyUser', losses: [{ path: 'custom_attributes.address', reason: 'nested-value' }] },
      { action: 'trackEvent', losses: [{ path: 'metadata.cart', reason: 'nested-value' }] }
    ])
  })

  it('leaves nothing in the console', () => {
    expect(complaints).toEqual([])
  })
})
