// Measures what the remote script costs the main thread of a page in Chromium, with an empty Messenger, beside the script of
// another checkout, in which the web half is built:
// yarn bench:web [--against CHECKOUT] [--rounds 10] [--slowdown 4]
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
/** Of each type, after the first. Enough for a 99th percentile, and few enough that the page stays a young one. */
const EVENTS = 400
/** Longer than the wait for a first event before the boot, and than the time for work that waits until the page is idle. */
const IDLE_MS = 1500
const MS_PER_SECOND = 1000

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    rounds: { type: 'string', default: '10' },
    slowdown: { type: 'string', default: '4' }
  }
})
const rounds = Number(values.rounds)
const slowdown = Number(values.slowdown)
if (!(rounds >= 1) || !(slowdown >= 1)) {
  console.error('Usage: yarn bench:web [--against CHECKOUT] [--rounds 1…] [--slowdown 1…]')
  process.exit(2)
}

const inDist = (checkout, file) => path.join(checkout, 'packages/intercom-web/dist', file)
const checkouts = { this: root, ...(values.against && { against: path.resolve(values.against) }) }
const sides = new Map()
for (const [side, checkout] of Object.entries(checkouts))
  sides.set(side, await readFile(inDist(checkout, 'remote/intercom-web.js'), 'utf8'))
const { destination } = createRequire(import.meta.url)(inDist(root, 'cjs/index.js'))
const subscriptions = destination.presets.map((preset) => ({ ...preset, enabled: true }))

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const runs = new Map([...sides.keys()].map((side) => [side, []]))
  for (let round = 0; round < rounds; round += 1)
    // Each is first in every second round.
    for (const side of round % 2 === 0 ? [...sides.keys()] : [...sides.keys()].reverse())
      runs.get(side).push(await measure(sides.get(side)))
  const rows = Object.keys(runs.get('this')[0]).map((what) => {
    const [ours, theirs] = [...sides.keys()].map((side) => runs.get(side).map((run) => run[what]))
    const row = { what, median: median(ours), smallest: Math.min(...ours) }
    if (theirs) {
      row.against = median(theirs)
      row['its smallest'] = Math.min(...theirs)
      row.ratio = median(ours) / median(theirs)
    }
    return Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? Number(value.toFixed(2)) : value])
    )
  })
  console.table(rows)
} finally {
  await browser.close()
}

/**
 * One page that loads the script, boots, and then gets events. The milliseconds are CPU of the main thread, except the
 * 99th percentiles, for which the page has only its clock.
 */
async function measure(script) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const cpu = async (act) => {
    const before = await read()
    const result = await act()
    return { ms: (await read()) - before, result }
  }
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration').value * MS_PER_SECOND
  }
  await page.evaluate(prepare)
  const costs = {}
  const load = await cpu(() => page.evaluate(start, { script, subscriptions }))
  costs['load and start'] = load.ms
  costs['boot and idle work'] = (await cpu(() => page.waitForTimeout(IDLE_MS))).ms
  for (const type of ['identify', 'page', 'track', 'group'])
    costs[`first ${type}`] = (await cpu(() => page.evaluate(send, { type, count: 1 }))).ms
  for (const type of ['identify', 'page', 'track', 'group']) {
    const { ms, result } = await cpu(() => page.evaluate(send, { type, count: EVENTS }))
    costs[`${type}, mean`] = ms / EVENTS
    costs[`${type}, p99 by the clock`] = result.sort((a, b) => a - b)[Math.floor(EVENTS * 0.99)]
  }
  await context.close()
  return costs
}

/** Runs in the page: a Messenger that does nothing. */
function prepare() {
  globalThis.Intercom = () => undefined
}

/** Runs in the page: what a page does with the script, until Analytics has started. */
async function start({ script, subscriptions }) {
  const tag = globalThis.document.createElement('script')
  tag.textContent = script
  globalThis.document.head.append(tag)
  const plugins = await globalThis.intercomDestination({ appId: 'abc123', subscriptions })
  const noop = () => undefined
  const analytics = { initialized: true, on: noop, off: noop, queue: { on: noop, plugins }, user: () => ({ id: noop }) }
  for (const plugin of plugins) await plugin.load(undefined, analytics)
  globalThis.plugins = plugins
}

/** Runs in the page: events of one type, one after the other. Returns the milliseconds until the plugins were done. */
async function send({ type, count }) {
  const traits = { email: 'ada@example.com', plan: 'pro', company: { id: 'c1', name: 'Acme', employees: 5 } }
  const properties = { revenue: 19.99, currency: 'EUR', sku: 's1', cart: { items: 2 }, coupon: 'MAY' }
  const kinds = {
    identify: (number) => ({ userId: 'u1', traits: { ...traits, seats: number } }),
    page: () => ({ userId: 'u1', properties: { path: '/' } }),
    track: () => ({ userId: 'u1', event: 'Order Completed', properties }),
    group: (number) => ({ userId: 'u1', groupId: 'c1', traits: { name: 'Acme', seats: number } })
  }
  const noop = () => undefined
  const times = []
  for (let number = 0; number < count; number += 1) {
    const event = { type, timestamp: new Date().toISOString(), integrations: {}, context: {}, ...kinds[type](number) }
    const start = globalThis.performance.now()
    for (const plugin of globalThis.plugins) await plugin[type]({ event, log: noop })
    times.push(globalThis.performance.now() - start)
    if (number % 20 === 0) await new Promise((resolve) => globalThis.setTimeout(resolve))
  }
  return times
}
