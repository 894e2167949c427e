// Measures the time of one event on a page: the remote script in Chromium, with an empty Messenger. Needs `yarn build:js`.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const EVENTS = 20_000

const inPackage = (file) => fileURLToPath(new URL(`../packages/intercom-web/dist/${file}`, import.meta.url))
const { destination } = createRequire(import.meta.url)(inPackage('cjs/index.js'))
const subscriptions = destination.presets.map((preset) => ({ ...preset, enabled: true }))

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage()
  await page.addScriptTag({ content: 'window.Intercom = () => undefined' })
  await page.addScriptTag({ content: await readFile(inPackage('remote/intercom-web.js'), 'utf8') })
  const costs = await page.evaluate(inPage, { subscriptions, count: EVENTS })
  console.table(costs)
} finally {
  await browser.close()
}

/** Runs in the page. Measures the time until all plugins have processed an event. */
async function inPage({ subscriptions, count }) {
  const plugins = await globalThis.intercomDestination({ appId: 'abc123', subscriptions })
  const noop = () => undefined
  const analytics = { initialized: true, on: noop, queue: { on: noop }, user: () => ({ id: noop }) }
  for (const plugin of plugins) await plugin.load(undefined, analytics)
  const traits = { email: 'ada@example.com', plan: 'pro', company: { id: 'c1', name: 'Acme', employees: 5 } }
  const properties = { revenue: 19.99, currency: 'EUR', sku: 's1', cart: { items: 2 }, coupon: 'MAY' }
  const kinds = [
    (number) => ({ type: 'identify', userId: 'u1', traits: { ...traits, seats: number } }),
    () => ({ type: 'page', userId: 'u1', properties: { path: '/' } }),
    () => ({ type: 'track', userId: 'u1', event: 'Order Completed', properties }),
    (number) => ({ type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme', seats: number } })
  ]
  const costs = new Map()
  for (let number = 0; number < count; number += 1) {
    const event = { timestamp: new Date().toISOString(), integrations: {}, context: {}, ...kinds[number % 4](number) }
    const start = globalThis.performance.now()
    for (const plugin of plugins) await plugin[event.type]({ event, log: noop })
    const times = costs.get(event.type) ?? []
    times.push(globalThis.performance.now() - start)
    costs.set(event.type, times)
    if (number % 100 === 0) await new Promise((resolve) => globalThis.setTimeout(resolve))
  }
  costs.set('all', [...costs.values()].flat())
  return [...costs].map(([type, times]) => {
    times.sort((a, b) => a - b)
    const at = (share) => `${times[Math.floor(times.length * share)].toFixed(2)} ms`
    return { type, events: times.length, median: at(0.5), p99: at(0.99), slowest: at(0.9999) }
  })
}
