// Runs every scene, one event at a time, with a bundle of the cloud destination, and then the same calls alone through the
// same fetch, to a server that answers at once. Prints the CPU of each turn: node bare-calls.cjs BUNDLE ROUNDS EVENTS
const { fork } = require('node:child_process')
const { createRequire } = require('node:module')
const path = require('node:path')
const { deliver, measureCpu, openSide, toScenes } = require('./events.cjs')

const [bundle, ...numbers] = process.argv.slice(2)
const [ROUNDS, EVENTS] = numbers.map(Number)
/** The first rounds let the engine compile the code. The calls of the last of them are recorded. */
const WARM_ROUNDS = 2

// Every request of actions-core passes here, because it takes the client that stands in the cache of modules.
const ofBundle = createRequire(path.resolve(bundle))
const ofCore = createRequire(ofBundle.resolve('@segment/actions-core'))
const client = ofCore('cross-fetch')
let calls = 0
let recording
const fetch = async (input, init) => {
  calls += 1
  if (recording) {
    const request = new client.Request(input, init)
    const { url, method, headers } = request
    recording.push([url, { method, headers: Object.fromEntries(headers), body: await request.clone().text() }])
    return client.fetch(request)
  }
  return client.fetch(input, init)
}
ofCore.cache[ofCore.resolve('cross-fetch')].exports = Object.assign(fetch, { ...client, default: fetch, fetch })
const { Destination } = ofBundle('@segment/actions-core')

async function callBare([url, { body, ...init }]) {
  const response = await client.fetch(url, body === '' ? init : { ...init, body })
  const text = await response.text()
  if (text !== '') JSON.parse(text)
}

async function main() {
  const server = fork(path.join(__dirname, 'instant-server.cjs'))
  const port = await new Promise((resolve) => server.once('message', resolve))
  const side = openSide(Destination, require(path.resolve(bundle)).intercomCloud, `http://127.0.0.1:${port}`)
  const result = {}
  const recorded = {}
  for (let round = -WARM_ROUNDS; round < ROUNDS; round++)
    for (const { name, toEvents } of toScenes(`user-${round}`, EVENTS)) {
      const events = toEvents()
      if (round === -1) recording = recorded[name] = []
      const callsBefore = calls
      const ours = await measureCpu(EVENTS, () => deliver(side, events, 1))
      recording = undefined
      const callsPerEvent = (calls - callsBefore) / EVENTS
      const bare = await measureCpu(EVENTS, async () => {
        for (const call of recorded[name] ?? []) await callBare(call)
      })
      if (round < 0) continue
      const scene = (result[`${name}, one at a time`] ??= { this: [], against: [] })
      scene.this.push({ cpuMs: ours, callsPerEvent })
      scene.against.push({ cpuMs: bare, callsPerEvent: recorded[name].length / EVENTS })
    }
  server.disconnect()
  process.stdout.write(JSON.stringify(result))
}

void main()
