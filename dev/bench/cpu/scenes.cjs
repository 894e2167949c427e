// Runs every scene with two bundles of the cloud destination in turn, in one process, and prints the CPU of each turn:
// node scenes.cjs BUNDLE BUNDLE ROUNDS EVENTS
const { createRequire } = require('node:module')
const path = require('node:path')

const [mine, other, ...numbers] = process.argv.slice(2)
const [ROUNDS, EVENTS] = numbers.map(Number)
const BATCH_SIZE = 100
const COMPANIES = 37
const WARM_ROUNDS = 2
const MICROSECONDS_PER_MS = 1000
const EVENTS_PER_UNIT = 1000
/** A day ago: every event is a second later than the one before, so that none has older values. */
const FIRST_MS = Date.now() - 24 * 60 * 60 * 1000

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
const sides = { this: open(mine), against: open(other) }

function open(bundle) {
  const { intercomCloud } = require(path.resolve(bundle))
  const definition = intercomCloud({})
  return {
    destination: new Destination(definition),
    presets: definition.presets.map((preset) => ({ ...preset, enabled: true }))
  }
}

let made = 0
const common = () => {
  made += 1
  return { messageId: `m-${made}`, timestamp: new Date(FIRST_MS + made * 1000).toISOString(), context: {} }
}
const toIdentify = (user, index) => ({
  ...common(),
  type: 'identify',
  userId: user,
  traits: { email: `${user}@example.com`, name: `Person ${index}`, plan: 'pro', seats: index, city: 'Oslo' }
})
const toTrack = (user, index) => ({
  ...common(),
  type: 'track',
  userId: user,
  event: 'Opened',
  properties: { plan: 'pro', index }
})
const toGroup = (user, index) => ({
  ...common(),
  type: 'group',
  userId: user,
  groupId: `company-${index % COMPANIES}`,
  traits: { name: 'Acme', plan: 'pro', employees: index }
})

/** Fails if an event is refused, so that no scene measures refusals. */
async function deliver({ destination, presets }, events, size) {
  const settings = {
    oauth: { access_token: 'bench' },
    subscriptions: presets.filter(({ subscribe }) => subscribe === `type = "${events[0].type}"`)
  }
  for (let index = 0; index < events.length; index += size) {
    if (size === 1) await destination.onEvent(events[index], settings)
    else {
      const results = await destination.onBatch(events.slice(index, index + size), settings)
      const refused = results.flatMap(({ multistatus }) => multistatus ?? []).find(({ status }) => status >= 300)
      if (refused) throw new Error(JSON.stringify(refused))
    }
    destination.responses.length = 0
  }
}

async function measure(side, events, size) {
  const callsBefore = calls
  const before = process.cpuUsage()
  await deliver(side, events, size)
  const { user, system } = process.cpuUsage(before)
  return {
    cpuMs: ((user + system) / MICROSECONDS_PER_MS / events.length) * EVENTS_PER_UNIT,
    callsPerEvent: (calls - callsBefore) / events.length
  }
}

const SCENES = [
  ['identify new people', toIdentify, 0],
  ['identify known people', toIdentify, EVENTS],
  ['track', toTrack, 0],
  ['group', toGroup, 0]
]

/** One round of all scenes; the bundle that is first changes from round to round, as does who pays for collected memory. */
async function runRound(round, way, size, result) {
  const prefix = `user-${size}-${round}`
  const order = round % 2 === 0 ? ['this', 'against'] : ['against', 'this']
  for (const [name, toEvent, first] of SCENES)
    for (const side of order) {
      const events = Array.from({ length: EVENTS }, (_, index) => toEvent(`${prefix}-${index}`, first + index))
      const measured = await measure(sides[side], events, size)
      const scene = (result[`${name}, ${way}`] ??= { this: [], against: [] })
      scene[side].push(measured)
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
