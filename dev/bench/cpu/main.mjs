// Compares the CPU that the cloud destination of a checkout, by default this one, takes with that of another checkout, or
// with its calls alone:
// yarn bench:cpu --against CHECKOUT|bare-calls|bare-calls-and-server [--of CHECKOUT] [--rounds 20] [--events 200]
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundleCloud } from './bundle-cloud.mjs'

const MIN_ROUNDS = 1
const MIN_EVENTS = 100
const root = fileURLToPath(new URL('../../..', import.meta.url))
/** Where the server is that answers the calls alone. */
const BARE_CALLS = new Map([
  ['bare-calls', 'outside'],
  ['bare-calls-and-server', 'inside']
])
const toScript = (name) => fileURLToPath(new URL(name, import.meta.url))

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    of: { type: 'string', default: root },
    rounds: { type: 'string', default: '20' },
    events: { type: 'string', default: '200' }
  }
})
const rounds = Number(values.rounds)
const events = Number(values.events)
if (!values.against || !(rounds >= MIN_ROUNDS) || !(events >= MIN_EVENTS)) {
  console.error(
    `Usage: yarn bench:cpu --against CHECKOUT|${[...BARE_CALLS.keys()].join('|')} [--of CHECKOUT] [--rounds ${MIN_ROUNDS}…] [--events ${MIN_EVENTS}…]`
  )
  process.exit(2)
}

/** Both sides in one process, so that they share whatever else the machine does meanwhile. */
async function measure(script, ...sides) {
  const args = ['--disable-warning=DEP0040', toScript(script), ...sides, String(rounds), String(events)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`The scenes ended with code ${code}`)
  return JSON.parse(output)
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
const round = (number) => Math.round(number * 1000) / 1000

const cache = path.join(root, 'node_modules', '.cache')
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(path.join(cache, 'bench-cpu-'))
try {
  const sides = { this: path.join(folder, 'this.cjs'), against: path.join(folder, 'against.cjs') }
  await bundleCloud(path.resolve(values.of), sides.this)
  const server = BARE_CALLS.get(values.against)
  if (server === undefined) await bundleCloud(path.resolve(values.against), sides.against)
  const scenes = await (server === undefined
    ? measure('scenes.cjs', sides.this, sides.against)
    : measure('bare-calls.cjs', sides.this, server))
  const toSide = (turns, ours) => ({
    ratio: round(median(ours.map(({ cpuMs }, index) => cpuMs / turns[index].cpuMs))),
    median: round(median(turns.map(({ cpuMs }) => cpuMs))),
    callsPerEvent: median(turns.map(({ callsPerEvent }) => callsPerEvent))
  })
  const table = Object.entries(scenes).map(([scene, sides]) => ({
    scene,
    ...Object.fromEntries(Object.entries(sides).map(([side, turns]) => [side, toSide(turns, sides.this)]))
  }))
  const unit = 'CPU milliseconds (user and system) per 1,000 events; ratio: of this to that side, median of all rounds'
  console.log(JSON.stringify({ unit, rounds, events, scenes: table }, undefined, 2))
} finally {
  rmSync(folder, { recursive: true })
}
