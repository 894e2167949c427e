// Runs every scene with two bundles of the cloud destination in turn, in one process, and prints the CPU of each turn:
// node scenes.cjs BUNDLE BUNDLE ROUNDS EVENTS
const { createRequire } = require('node:module')
const path = require('node:path')
const { BATCH_SIZE, deliver, measureCpu, openSide, toScenes } = require('./events.cjs')

const [mine, other, ...numbers] = process.argv.slice(2)
const [ROUNDS, EVENTS] = numbers.map(Number)
const WARM_ROUNDS = 2

// The answers of Intercom, without a network: actions-core takes the client that stands in the cache of modules.
const ofBundle = createRequire(path.resolve(mine))
const ofCore = createRequire(ofBundle.resolve('@segment/actions-core'))
const client = ofCore('cross-fetch')
let calls = 0
let contacts = 0
const fetch = async (input, init) => {
  calls += 1
  const request = new client.Request(input, init)
  const { pathname } = new URL(request.url)
  const answer = (json, status = 200) =>
    new client.Response(JSON.stringify(json), { status, headers: { 'Content-Type': 'application/json' } })
  if (pathname === '/events') return new client.Response(null, { status: 202 })
  if (pathname === '/contacts/search') return answer({ type: 'list', data: [], total_count: 0, pages: {} })
  const sent = request.method === 'GET' ? {} : await request.json()
  if (pathname === '/companies' || pathname.endsWith('/companies'))
    return answer({
      type: 'company',
      id: `c-${sent.company_id ?? sent.id}`,
      company_id: sent.company_id,
      name: sent.name
    })
  const id = pathname.split('/')[2] ?? `contact-${++contacts}`
  return answer({ type: 'contact', id, role: 'user', ...sent })
}
ofCore.cache[ofCore.resolve('cross-fetch')].exports = Object.assign(fetch, { ...client, default: fetch, fetch })

const { Destination } = ofBundle('@segment/actions-core')
const open = (bundle) => openSide(Destination, require(path.resolve(bundle)).intercomCloud)
const sides = { this: open(mine), against: open(other) }

/** One round of all scenes; the bundle that is first changes from round to round, as does who pays for collected memory. */
async function runRound(round, way, size, result) {
  const order = round % 2 === 0 ? ['this', 'against'] : ['against', 'this']
  for (const { name, toEvents } of toScenes(`user-${size}-${round}`, EVENTS))
    for (const side of order) {
      const events = toEvents()
      const callsBefore = calls
      const cpuMs = await measureCpu(EVENTS, () => deliver(sides[side], events, size))
      const scene = (result[`${name}, ${way}`] ??= { this: [], against: [] })
      scene[side].push({ cpuMs, callsPerEvent: (calls - callsBefore) / EVENTS })
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
