// Runs every scene once with one bundle of the cloud destination, and prints the CPU of each:
// node scenes.cjs BUNDLE EVENTS
const { createRequire } = require('node:module')
const path = require('node:path')

const [bundle, count] = process.argv.slice(2)
const EVENTS = Number(count)
const BATCH_SIZE = 100
const COMPANIES = 37
/** Events before the measurement, which let the engine compile the code. */
const WARM_EVENTS = 300
const MICROSECONDS_PER_MS = 1000
const EVENTS_PER_UNIT = 1000
/** A day ago: every event is a second later than the one before, so that none has older values. */
const FIRST_MS = Date.now() - 24 * 60 * 60 * 1000

// The answers of Intercom, without a network: actions-core takes the client that stands in the cache of modules.
const ofBundle = createRequire(path.resolve(bundle))
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
const { intercomCloud } = require(path.resolve(bundle))
const definition = intercomCloud({})
const destination = new Destination(definition)
const enabled = definition.presets.map((preset) => ({ ...preset, enabled: true }))

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
async function deliver(events, size) {
  const settings = {
    oauth: { access_token: 'bench' },
    subscriptions: enabled.filter(({ subscribe }) => subscribe === `type = "${events[0].type}"`)
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

async function measure(events, size) {
  const callsBefore = calls
  const before = process.cpuUsage()
  await deliver(events, size)
  const { user, system } = process.cpuUsage(before)
  return {
    cpuMs: ((user + system) / MICROSECONDS_PER_MS / events.length) * EVENTS_PER_UNIT,
    callsPerEvent: (calls - callsBefore) / events.length
  }
}

async function main() {
  const result = {}
  for (const [way, size] of [
    ['one at a time', 1],
    ['batches of 100', BATCH_SIZE]
  ]) {
    const make = (toEvent, prefix, length, first = 0) =>
      Array.from({ length }, (_, index) => toEvent(`${prefix}-${size}-${index}`, first + index))
    for (const toEvent of [toIdentify, toTrack, toGroup]) await deliver(make(toEvent, 'warm', WARM_EVENTS), size)
    result[`identify new people, ${way}`] = await measure(make(toIdentify, 'user', EVENTS), size)
    result[`identify known people, ${way}`] = await measure(make(toIdentify, 'user', EVENTS, EVENTS), size)
    result[`track, ${way}`] = await measure(make(toTrack, 'user', EVENTS), size)
    result[`group, ${way}`] = await measure(make(toGroup, 'user', EVENTS), size)
  }
  process.stdout.write(JSON.stringify(result))
}

void main()
