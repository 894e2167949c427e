import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page, type Route } from 'playwright-core'

/**
 * A shop's website on this machine, in a real Chromium, with the real Analytics.js. Only Segment's settings document and
 * Intercom's widget are simulated. Every page has a browser profile of its own.
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
const DIST = path.join(ROOT, 'packages/intercom-web/dist')

export const NONCE = 'r4nd0m'
/** 1704164645 in Unix seconds. */
export const TIMESTAMP = '2024-01-02T03:04:05Z'
export const SEEN = 1704164645
export const BOOT = { app_id: 'abc123', api_base: 'https://api-iam.intercom.io', installation_type: 's' }

/**
 * A simulation of Intercom's script: it replaces the stub, runs the queued calls, keeps the person in a cookie from boot
 * to shutdown, and records its calls.
 */
const WIDGET = `
  window.received = window.received || []
  window.widgetRuns = (window.widgetRuns || 0) + 1
  const waiting = window.Intercom.q
  window.Intercom = (...call) => {
    window.received.push(JSON.parse(JSON.stringify(call)))
    const [command, body] = call
    if (command === 'shutdown') document.cookie = 'intercom-session-abc123=; max-age=0; path=/'
    else if (body && body.user_id) document.cookie = 'intercom-session-abc123=' + body.user_id + '; path=/'
  }
  waiting.splice(0).forEach((call) => window.Intercom(...call))
`

/** What happens to the request for Intercom's script. */
export type WidgetAnswer = 'ok' | 'blocked' | 404 | ((route: Route) => Promise<void>)

export interface PageOptions {
  settings?: object
  /** JavaScript that runs before Analytics.js has loaded; `analytics` is its buffer. */
  script?: string
  /** JavaScript that runs before that. */
  before?: string
  widget?: WidgetAnswer
  csp?: string
  /** How the plugin is loaded. Of `consent` the script loads Analytics.js itself, with what the bundle has. */
  from?: 'remote' | 'npm' | 'npm factory' | 'consent'
  /** Added to Segment's settings document. */
  cdn?: object
  /** Another page of the same visitor. */
  context?: BrowserContext
}

export interface Visit {
  page: Page
  context: BrowserContext
  /** The addresses of Intercom that the page requested. */
  asked: string[]
  /** Warnings and errors in the console, and uncaught errors. */
  complaints: string[]
  read: (expression: string) => Promise<unknown>
  /** The calls that the Messenger received. */
  received: () => Promise<unknown>
  /** Moves the page's clock forward until the expression is true in the page. */
  until: (expression: string) => Promise<void>
}

export interface Site {
  visit: (options?: PageOptions) => Promise<Visit>
  /** Another visitor, to be passed to `visit`. */
  newContext: () => Promise<BrowserContext>
  close: () => Promise<void>
}

if (!existsSync(CHROMIUM))
  throw new Error(
    `These tests need Chromium, which is not at ${CHROMIUM}. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.`
  )

/** The presets of the definition in the npm package. */
function presets(): object[] {
  const script = `const { destination } = require('./packages/intercom-web/dist/cjs'); console.log(JSON.stringify(destination.presets))`
  const read: object[] = JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }))
  return read
}

/** The bundle of a site: Analytics.js and our factory from npm. */
function npmBundle(): string {
  return bundle(`
    import { AnalyticsBrowser } from '@segment/analytics-next'
    import intercomWeb from './packages/intercom-web/dist/esm/index.js'
    const options = { integrations: { 'Segment.io': false } }
    window.start = async (settings) => {
      const plugins = shop.isFactory ? [intercomWeb] : await intercomWeb(settings)
      const cdnSettings = { integrations: {}, metrics: { sampleRate: 0 }, remotePlugins: shop.remotePlugins }
      window.analytics = AnalyticsBrowser.load({ writeKey: 'key', plugins, cdnSettings }, options)
    }
  `)
}

/** The bundle of a site with Segment's consent wrapper: its parts as globals, for the script of the page. */
function consentBundle(): string {
  return bundle(`
    import { AnalyticsBrowser } from '@segment/analytics-next'
    import { createWrapper, resolveWhen } from '@segment/analytics-consent-tools'
    import intercomWeb from './packages/intercom-web/dist/esm/index.js'
    Object.assign(window, { AnalyticsBrowser, createWrapper, resolveWhen, intercomWeb })
  `)
}

function bundle(source: string): string {
  const esbuild = path.join(ROOT, 'node_modules/.bin/esbuild')
  return execFileSync(esbuild, ['--bundle', '--format=iife', '--define:process.env.NODE_ENV="production"'], {
    cwd: ROOT,
    input: source,
    encoding: 'utf8'
  })
}

function html({ before = '', script = '', from = 'remote' }: PageOptions, id: string, settings: object): string {
  const start = `<!doctype html><meta charset="utf-8"><title>Shop</title><script nonce="${NONCE}">
  window.losses = []
  window.failures = []
  addEventListener('intercom-destination:loss', ({ detail }) => window.losses.push(...detail.losses.map(({ path, reason }) => ({ path, reason }))))
  addEventListener('intercom-destination:load-failure', ({ detail }) => window.failures.push(detail.reason))
  const at = { timestamp: '${TIMESTAMP}' }
  ${before}`
  if (from === 'consent')
    return `${start}
</script><script nonce="${NONCE}" src="/consent.js"></script><script nonce="${NONCE}">
  const writeKey = '${id}'
  ${script}
</script>`
  if (from !== 'remote')
    return `${start}
  window.shop = { isFactory: ${String(from === 'npm factory')}, remotePlugins: ${JSON.stringify(
    from === 'npm factory' ? [remotePlugin('http://127.0.0.1:1', settings)] : []
  )} }
</script><script nonce="${NONCE}" src="/npm.js"></script><script nonce="${NONCE}">
  start(${JSON.stringify(settings)}).then(() => { ${script} })
</script>`
  return `${start}
  const calls = window.analytics = []
  for (const method of ['track', 'identify', 'page', 'group', 'alias', 'ready', 'reset'])
    calls[method] = (...args) => { calls.push([method, ...args]); return calls }
  calls._writeKey = '${id}'
  calls._cdn = location.origin
  calls._loadOptions = { integrations: { 'Segment.io': false } }
  ${script}
</script><script nonce="${NONCE}" src="/standalone.js"></script>`
}

function remotePlugin(origin: string, settings: object) {
  const name = 'Intercom Web (Actions)'
  return { name, creationName: name, libraryName: 'intercomDestination', url: `${origin}/intercom-web.js`, settings }
}

export async function openSite(): Promise<Site> {
  const mappings = presets().map((preset) => ({ ...preset, enabled: true }))
  const scripts = new Map([
    ['npm.js', npmBundle()],
    ['consent.js', consentBundle()]
  ])
  const pages = new Map<string, PageOptions>()
  const settingsOf = (id: string) => ({ appId: 'abc123', subscriptions: mappings, ...pages.get(id)?.settings })

  const server: Server = createServer((request, response) => {
    const origin = `http://${request.headers.host ?? ''}`
    const { pathname } = new URL(request.url ?? '/', origin)
    const send = (type: string, body: string | Buffer) => response.setHeader('content-type', type).end(body)
    const [, kind = '', second = '', third = ''] = pathname.split('/')
    const options = pages.get(second)
    if (kind === 'page' && options) {
      if (options.csp) response.setHeader('content-security-policy', options.csp)
      send('text/html', html(options, second, settingsOf(second)))
    } else if (kind === 'elsewhere') send('text/html', '<!doctype html><title>Elsewhere</title>')
    else if (kind === 'v1')
      send(
        'application/json',
        JSON.stringify({
          integrations: { 'Segment.io': { apiKey: 'key' } },
          // Otherwise the standalone build keeps trying to send metrics to Segment.
          metrics: { sampleRate: 0 },
          remotePlugins: [remotePlugin(origin, settingsOf(third))],
          ...pages.get(third)?.cdn
        })
      )
    else if (kind === 'intercom-web.js') send('text/javascript', readFileSync(path.join(DIST, 'remote', kind)))
    else if (scripts.has(kind)) send('text/javascript', scripts.get(kind) ?? '')
    else {
      const bundle = path.join(UMD, path.basename(pathname))
      if (existsSync(bundle) && path.extname(bundle) === '.js') send('text/javascript', readFileSync(bundle))
      else response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: FLAGS,
    // Playwright disables the back/forward cache by default.
    ignoreDefaultArgs: ['--disable-back-forward-cache']
  })

  return {
    newContext: () => browser.newContext(),
    visit: async (options = {}) => {
      const id = `shop${pages.size + 1}`
      pages.set(id, options)
      const context = options.context ?? (await browser.newContext())
      const page = await context.newPage()
      const asked: string[] = []
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', ({ message }) => complaints.push(message))
      // Only the page's own server and the simulated widget can be reached.
      await page.route(/^(?!http:\/\/127\.0\.0\.1)/, (route) => route.abort())
      await page.route('https://widget.intercom.io/**', async (route) => {
        asked.push(route.request().url())
        const answer = options.widget ?? 'ok'
        if (typeof answer === 'function') await answer(route)
        else if (answer === 'ok') await giveWidget(route)
        else if (answer === 'blocked') await route.abort('blockedbyclient')
        else await route.fulfill({ status: answer, contentType: 'text/html', body: 'no such widget' })
      })
      await page.clock.install()
      await page.goto(`${origin}/page/${id}`)
      const read = (expression: string): Promise<unknown> => page.evaluate(expression)
      return {
        page,
        context,
        asked,
        complaints,
        read,
        received: () => read('window.received ?? []'),
        until: async (expression) => {
          // Playwright's own waiting evaluates text in the page, which the page's policy may forbid.
          for (let turn = 0; turn < 1000; turn += 1) {
            if (await read(expression)) return
            await page.clock.runFor(10)
          }
          throw new Error(
            `It never became true: ${expression}. Received: ${JSON.stringify(await read('window.received'))}`
          )
        }
      }
    },
    close: async () => {
      await browser.close()
      server.close()
    }
  }
}

export function giveWidget(route: Route): Promise<void> {
  return route.fulfill({ contentType: 'text/javascript', body: WIDGET })
}
