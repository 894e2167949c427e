// Runs every scene, one event at a time, with a bundle of the cloud destination; then with actions that only make the same
// calls, which is what actions-core costs; then the same calls alone through the same fetch, to a server that answers at
// once. `inside`: the server is in this process, so that its CPU is part of every call. Prints the CPU of each turn:
// node bare-calls.cjs BUNDLE inside|outside ROUNDS EVENTS
const { fork } = require('node:child_process')
const { createRequire } = require('node:module')
const path = require('node:path')
const { deliver, measureCpu, openSide, toScenes } = require('./events.cjs')
const { startInstantServer } = require('./instant-server.cjs')

const [bundle, place, ...numbers] = process.argv.slice(2)
const [ROUNDS, EVENTS] = numbers.map(Number)
/** The first rounds let the engine compile the code. The calls of the last but one of them are recorded. */
const WARM_ROUNDS = 3

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
const { intercomCloud } = require(path.resolve(bundle))

async function callBare([url, { body, ...init }]) {
  const response = await client.fetch(url, body === '' ? init : { ...init, body })
  const text = await response.text()
  if (text !== '') JSON.parse(text)
}

async function openServer() {
  if (place === 'inside') {
    const server = await startInstantServer()
    // Connections that are kept alive would keep the process.
    const close = () => [server.close(), server.closeAllConnections()]
    return { port: server.address().port, close }
  }
  const server = fork(path.join(__dirname, 'instant-server.cjs'))
  const port = await new Promise((resolve) => server.once('message', resolve))
  return { port, close: () => server.disconnect() }
}

/** The definition with actions that make calls which were recorded, as many for each event as there were. */
function toCallsAlone(definition, calls) {
  const perform = async (request) => {
    for (const [url, { method, body }] of calls.next())
      await request(url, {
        method,
        json: body === '' ? undefined : JSON.parse(body),
        throwHttpErrors: false,
        redirect: 'manual',
        skipResponseCloning: true
      })
  }
  const toAlone = ([name, action]) => [name, { ...action, perform }]
  return { ...definition, actions: Object.fromEntries(Object.entries(definition.actions).map(toAlone)) }
}

async function main() {
  const { port, close } = await openServer()
  const restHost = `http://127.0.0.1:${port}`
  const alone = { next: () => [] }
  const ours = openSide(Destination, intercomCloud, restHost)
  const core = openSide(Destination, (options) => toCallsAlone(intercomCloud(options), alone), restHost)
  const result = {}
  const recorded = {}
  for (let round = -WARM_ROUNDS; round < ROUNDS; round++)
    for (const { name, toEvents } of toScenes(`user-${round}`, EVENTS)) {
      const events = toEvents()
      if (round === 1 - WARM_ROUNDS) recording = recorded[name] = []
      const callsBefore = calls
      const cpuMs = await measureCpu(EVENTS, () => deliver(ours, events, 1))
      recording = undefined
      const callsPerEvent = (calls - callsBefore) / EVENTS
      const same = recorded[name] ?? []
      let made = 0
      alone.next = () => same.slice((made * same.length) / EVENTS, (++made * same.length) / EVENTS)
      const coreMs = await measureCpu(EVENTS, () => deliver(core, events, 1))
      const bareMs = await measureCpu(EVENTS, async () => {
        for (const call of same) await callBare(call)
      })
      if (round < 0) continue
      const scene = (result[`${name}, one at a time`] ??= { this: [], against: [], core: [] })
      scene.this.push({ cpuMs, callsPerEvent })
      scene.against.push({ cpuMs: bareMs, callsPerEvent: same.length / EVENTS })
      scene.core.push({ cpuMs: coreMs, callsPerEvent: same.length / EVENTS })
    }
  close()
  process.stdout.write(JSON.stringify(result))
}

void main()
