// Runs every scene with two bundles of the cloud destination in turn, in one process, and prints the CPU of each turn:
// node scenes.cjs BUNDLE BUNDLE ROUNDS EVENTS
const path = require('node:path')
const { BATCH_SIZE, deliver, measureCpu, openSide, toScenes } = require('./events.cjs')
const { loadCore } = require('./memory-fetch.cjs')

const [mine, other, ...numbers] = process.argv.slice(2)
const [ROUNDS, EVENTS] = numbers.map(Number)
const WARM_ROUNDS = 2

const { Destination, traffic } = loadCore(mine)
const open = (bundle) => openSide(Destination, require(path.resolve(bundle)).intercomCloud)
const sides = { this: open(mine), against: open(other) }

/** One round of all scenes; the bundle that is first changes from round to round, as does who pays for collected memory. */
async function runRound(round, way, size, result) {
  const order = round % 2 === 0 ? ['this', 'against'] : ['against', 'this']
  for (const { name, toEvents } of toScenes(`user-${size}-${round}`, EVENTS))
    for (const side of order) {
      const events = toEvents()
      const callsBefore = traffic.calls
      const cpuMs = await measureCpu(EVENTS, () => deliver(sides[side], events, size))
      const scene = (result[`${name}, ${way}`] ??= { this: [], against: [] })
      scene[side].push({ cpuMs, callsPerEvent: (traffic.calls - callsBefore) / EVENTS })
    }
}

async function main() {
  const result = {}
  for (const [way, size] of [
    ['one at a time', 1],
    ['batches of 100', BATCH_SIZE]
  ]) {
    // The first rounds let the engine compile the code, and are not counted.
    for (let round = -WARM_ROUNDS; round < 0; round++) await runRound(round, way, size, {})
    for (let round = 0; round < ROUNDS; round++) await runRound(round, way, size, result)
  }
  process.stdout.write(JSON.stringify(result))
}

void main()
