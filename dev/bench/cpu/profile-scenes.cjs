// Writes a CPU profile of each scene of the cloud destination into a folder: node profile-scenes.cjs BUNDLE FOLDER EVENTS
const { writeFileSync } = require('node:fs')
const { Session } = require('node:inspector/promises')
const path = require('node:path')
const { BATCH_SIZE, deliver, openSide, toScenes } = require('./events.cjs')
const { loadCore } = require('./memory-fetch.cjs')

const [bundle, folder, count] = process.argv.slice(2)
const EVENTS = Number(count)
const WARM_ROUNDS = 2

const { Destination } = loadCore(bundle)

async function main() {
  const side = openSide(Destination, require(path.resolve(bundle)).intercomCloud)
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  for (const [way, size] of [
    ['one at a time', 1],
    ['batches', BATCH_SIZE]
  ])
    for (let round = -WARM_ROUNDS; round <= 0; round++)
      for (const { name, toEvents } of toScenes(`user-${size}-${round}`, EVENTS)) {
        const events = toEvents()
        if (round === 0) await session.post('Profiler.start')
        await deliver(side, events, size)
        if (round < 0) continue
        const { profile } = await session.post('Profiler.stop')
        writeFileSync(path.join(folder, `${`${name} ${way}`.replaceAll(' ', '-')}.cpuprofile`), JSON.stringify(profile))
      }
}

void main()
