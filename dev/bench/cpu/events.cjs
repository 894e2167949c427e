// What both benches of the CPU deliver, and how.

const BATCH_SIZE = 100
const COMPANIES = 37
const MICROSECONDS_PER_MS = 1000
const EVENTS_PER_UNIT = 1000
/** A day ago: every event is a second later than the one before, so that none has older values. */
const FIRST_MS = Date.now() - 24 * 60 * 60 * 1000

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

/** The scenes of one round, with the events of each. */
const toScenes = (prefix, count) =>
  [
    ['identify new people', toIdentify, 0],
    ['identify known people', toIdentify, count],
    ['track', toTrack, 0],
    ['group', toGroup, 0]
  ].map(([name, toEvent, first]) => ({
    name,
    toEvents: () => Array.from({ length: count }, (_, index) => toEvent(`${prefix}-${index}`, first + index))
  }))

/** `restHost`: where Intercom is. */
function openSide(Destination, intercomCloud, restHost) {
  const definition = intercomCloud(restHost === undefined ? {} : { restHost })
  return {
    destination: new Destination(definition),
    presets: definition.presets.map((preset) => ({ ...preset, enabled: true }))
  }
}

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

/** The CPU milliseconds, user and system, that 1,000 such events take. */
async function measureCpu(count, run) {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return ((user + system) / MICROSECONDS_PER_MS / count) * EVENTS_PER_UNIT
}

module.exports = { BATCH_SIZE, deliver, measureCpu, openSide, toScenes }
