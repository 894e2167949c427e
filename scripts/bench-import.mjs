// Measures what it costs to import the cloud package and to start the command line: CPU and memory of a new process, beside
// actions-core alone and beside Node alone. Needs `yarn build:js`.
// yarn bench:import [--rounds 15] [--against CHECKOUT]
import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'
import { clearTimeout, setTimeout } from 'node:timers'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const KB_PER_MB = 1024
const US_PER_MS = 1000
/** How long `emulate` may take until it prints its address. */
const START_MS = 30_000

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' }, against: { type: 'string' } } })
const rounds = Number(values.rounds)
if (!(rounds >= 1)) {
  console.error('Usage: yarn bench:import [--rounds 1…] [--against CHECKOUT]')
  process.exit(2)
}

/** Prints what the process has used, or what it has used since it said so, when its exit is near. */
const REPORT = `process.on('exit', () => {
  const { cpu, rss = 0 } = globalThis.since ?? {}
  const { user, system } = process.cpuUsage(cpu)
  process.stderr.write('\\n' + JSON.stringify({ cpu: user + system, rss: process.memoryUsage.rss() - rss }) + '\\n')
})`
const preload = `data:text/javascript,${encodeURIComponent(REPORT)}`

/** The difference of two processes is smaller than what their CPU varies by, so this one measures the second import alone. */
const CLOUD = `require('@segment/actions-core')
globalThis.since = { cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }
require('./dist/index.js')`

const inCheckout = (checkout, name) => {
  const cli = path.join(checkout, 'packages/cli/dist/bin.js')
  const cloud = path.join(checkout, 'packages/intercom-cloud')
  return {
    [`cloud package after actions-core${name}`]: { args: ['-e', CLOUD], cwd: cloud, isMore: true },
    [`--help${name}`]: { args: [cli, '--help'], floor: 'node' },
    [`--version${name}`]: { args: [cli, '--version'], floor: 'node' },
    [`emulate, until it listens${name}`]: { args: [cli, 'emulate', '--port', '0'], floor: 'node', isServer: true }
  }
}
const scenes = {
  node: { args: ['-e', '0'] },
  'actions-core': { args: ['-e', "require('@segment/actions-core')"], cwd: path.join(root, 'packages/intercom-cloud') },
  ...inCheckout(root, ''),
  ...(values.against && inCheckout(path.resolve(values.against), ', against'))
}

async function run({ args, cwd = root, isServer = false }) {
  const whole = ['--disable-warning=DEP0040', '--import', preload, ...args]
  const { status, stderr } = isServer
    ? await serve(whole, cwd)
    : spawnSync(process.execPath, whole, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  const { cpu, rss } = JSON.parse(stderr.trim().split('\n').at(-1))
  return { cpu: cpu / US_PER_MS, rss: rss / KB_PER_MB / KB_PER_MB }
}

/** Ends a server as soon as it prints something. */
async function serve(args, cwd) {
  const child = spawn(process.execPath, args, { cwd })
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS)
  child.stdout.once('data', () => child.kill('SIGINT'))
  let stderr = ''
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const status = await new Promise((resolve) => child.once('close', resolve))
  clearTimeout(timer)
  return { status, stderr }
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

const runs = new Map(Object.keys(scenes).map((name) => [name, []]))
for (let round = 0; round < rounds; round += 1)
  for (const [name, scene] of Object.entries(scenes)) runs.get(name).push(await run(scene))

const of = (name, what) => median(runs.get(name).map((one) => one[what]))
console.table(
  Object.entries(scenes).map(([name, { floor, isMore }]) => {
    const [cpu, rss] = [of(name, 'cpu'), of(name, 'rss')]
    const under = floor === undefined ? undefined : { cpu: of(floor, 'cpu'), rss: of(floor, 'rss') }
    return {
      what: name,
      ...(!isMore && { 'CPU ms': Number(cpu.toFixed(1)), 'RSS MB': Number(rss.toFixed(1)) }),
      ...(under && { 'times Node alone': Number((cpu / under.cpu).toFixed(2)) }),
      ...((under || isMore) && {
        'more ms': Number((cpu - (under?.cpu ?? 0)).toFixed(1)),
        'more MB': Number((rss - (under?.rss ?? 0)).toFixed(1))
      })
    }
  })
)
