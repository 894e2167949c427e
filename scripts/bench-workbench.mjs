// Drops a file of events on a workbench as the page does, and measures: `yarn bench:workbench [events]`.
// Time until all are settled (and CPU time, for a busy machine), memory of the server for each event (after garbage collection, and as the system sees it), longest answer meanwhile.
/* global fetch */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const EVENTS = Number(process.argv[2] ?? 10_000)
const BATCH = 500
const WARM_UP = 200
const PEOPLE = 4
const ASK_EVERY_MS = 100
const KB = 1024

// The thread of the web half starts with the same flags, and its messages are its own.
const REPORT = [
  "import { isMainThread } from 'node:worker_threads'",
  'const report = () => { const cpu = process.cpuUsage(); const resident = process.memoryUsage.rss(); gc(); gc(); const { heapUsed, external } = process.memoryUsage(); process.send({ memory: heapUsed + external, resident, cpu: (cpu.user + cpu.system) / 1e6 }) }',
  "if (isMainThread) process.on('message', report)"
].join('\n')
const server = spawn(
  process.execPath,
  [
    ...['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(REPORT)}`],
    ...[path.join(root, 'dev/workbench/dist/main.js'), '--no-open', '--port', '0']
  ],
  { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] }
)
const url = await new Promise((resolve) => createInterface(server.stdout).once('line', resolve))

const readUsage = () =>
  new Promise((resolve) => {
    server.once('message', resolve)
    server.send('report')
  })

/** Every person signs up, then looks at things and buys one. */
const toEvent = (number) => {
  const userId = `u${Math.floor(number / PEOPLE)}`
  const timestamp = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString()
  const base = { userId, timestamp, messageId: `m${number}`, context: { library: { name: 'bench', version: '1' } } }
  if (number % PEOPLE === 0) {
    const traits = { email: `${userId}@example.com`, name: `Person ${number}`, plan: 'pro', seats: 3 }
    return { ...base, type: 'identify', traits }
  }
  const properties = { revenue: 19.99, currency: 'eur', coupon: 'MAY', cart: { items: 2 }, position: number }
  return { ...base, type: 'track', event: `Event ${number % PEOPLE}`, properties }
}

let slowest = 0
async function ask(place, body) {
  const startedAt = performance.now()
  const answer = await fetch(url + place, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' }
  })
  const read = await answer.json()
  return { read, took: performance.now() - startedAt }
}

async function send(from, to) {
  for (let first = from; first < to; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, to - first) }, (_, index) => first + index)
    await ask('/api/events', { source: 'file', lines: numbers.map((number) => JSON.stringify(toEvent(number))) })
    slowest = Math.max(slowest, (await ask('/api/state')).took)
  }
}

async function untilSettled(count) {
  const isOpen = ({ web, cloud }) => [web, cloud].some(({ state }) => state === 'waiting' || state === 'retrying')
  for (;;) {
    slowest = Math.max(slowest, (await ask('/api/state')).took)
    const last = (await ask(`/api/events/e${count}`)).read.row
    if (last && !isOpen(last) && !(await ask('/api/events')).read.some(isOpen)) return
    await setTimeout(ASK_EVERY_MS)
  }
}

await send(0, WARM_UP)
await untilSettled(WARM_UP)
const before = await readUsage()
slowest = 0
const startedAt = performance.now()
await send(WARM_UP, WARM_UP + EVENTS)
await untilSettled(WARM_UP + EVENTS)
const seconds = (performance.now() - startedAt) / 1000
const after = await readUsage()
const perEvent = after.memory - before.memory
console.log(
  `${EVENTS} events settled in ${seconds.toFixed(1)} s, with ${(after.cpu - before.cpu).toFixed(1)} s of the server's CPU time`
)
console.log(`${(perEvent / EVENTS / KB).toFixed(1)} KB of server memory for each event`)
const grown = after.resident - before.resident
console.log(`${(grown / EVENTS / KB).toFixed(1)} KB by which the process has grown for each event`)
console.log(`${slowest.toFixed(0)} ms for the slowest answer of /api/state meanwhile`)
// The channel would keep both processes alive.
server.disconnect()
server.kill()
