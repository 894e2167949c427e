// Compares the CPU that the cloud destination of this checkout takes with that of another checkout, or with its calls alone:
// yarn bench:cpu --against CHECKOUT|bare-calls [--rounds 20] [--events 200]
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundleCloud } from './bundle-cloud.mjs'

const MIN_ROUNDS = 1
const MIN_EVENTS = 100
const root = fileURLToPath(new URL('../../..', import.meta.url))
const BARE_CALLS = 'bare-calls'
const toScript = (name) => fileURLToPath(new URL(name, import.meta.url))

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    rounds: { type: 'string', default: '20' },
    events: { type: 'string', default: '200' }
  }
})
const rounds = Number(values.rounds)
const events = Number(values.events)
if (!values.against || !(rounds >= MIN_ROUNDS) || !(events >= MIN_EVENTS)) {
  console.error(
    `Usage: yarn bench:cpu --against CHECKOUT|bare-calls [--rounds ${MIN_ROUNDS}…] [--events ${MIN_EVENTS}…]`
  )
  process.exit(2)
}

/** Both sides in one process, so that they share whatever else the machine does meanwhile. */
async function measure(script, ...files) {
  const args = ['--disable-warning=DEP0040', toScript(script), ...files, String(rounds), String(events)]
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
  await bundleCloud(root, sides.this)
  const isBare = values.against === BARE_CALLS
  if (!isBare) await bundleCloud(path.resolve(values.against), sides.against)
  const scenes = await (isBare
    ? measure('bare-calls.cjs', sides.this)
    : measure('scenes.cjs', sides.this, sides.against))
  const toSide = (turns) => ({
    median: round(median(turns.map(({ cpuMs }) => cpuMs))),
    callsPerEvent: median(turns.map(({ callsPerEvent }) => callsPerEvent))
  })
  const table = Object.entries(scenes).map(([scene, turns]) => ({
    scene,
    medianOfRatios: round(median(turns.this.map(({ cpuMs }, index) => cpuMs / turns.against[index].cpuMs))),
    this: toSide(turns.this),
    against: toSide(turns.against)
  }))
  const unit = 'CPU milliseconds (user and system) per 1,000 events'
  console.log(JSON.stringify({ unit, rounds, events, scenes: table }, undefined, 2))
} finally {
  rmSync(folder, { recursive: true })
}
