// Writes a long file of Segment events, the same for the same numbers: node scripts/generate-events.mjs 100000 > events.ndjson
// Every tenth event identifies a new person; the others belong to known people. Each has a second of its own, because
// Intercom treats equal events of one second as duplicates.
import { once } from 'node:events'

const EVENTS_FOR_EACH = 10
const START = Date.UTC(2026, 0, 1)
const SECOND = 1000
const NAMES = ['Project Created', 'Task Completed', 'Report Exported', 'Comment Added']
const SEED = 20261109

let state = SEED
/** Lehmer's generator: small, seeded, and sufficient for test data. */
const random = () => (state = (state * 48271) % 2147483647) / 2147483647

const count = Number(process.argv[2])
if (!Number.isInteger(count) || count < 1) {
  console.error('How many events? node scripts/generate-events.mjs 100000 > events.ndjson')
  process.exit(2)
}

function eventAt(index) {
  const person = Math.floor(index / EVENTS_FOR_EACH)
  const userId = `user-${person}`
  const timestamp = new Date(START + index * SECOND).toISOString()
  const common = { messageId: `msg-${index}`, userId, timestamp }
  if (index % EVENTS_FOR_EACH === 0) {
    const traits = { email: `${userId}@example.com`, name: `Person ${person}` }
    return { type: 'identify', ...common, traits }
  }
  const properties = {
    position: index,
    amount: Math.floor(random() * 1000),
    note: 'x'.repeat(Math.floor(random() * 200))
  }
  return { type: 'track', ...common, event: NAMES[Math.floor(random() * NAMES.length)], properties }
}

for (let index = 0; index < count; index += 1) {
  if (!process.stdout.write(`${JSON.stringify(eventAt(index))}\n`)) await once(process.stdout, 'drain')
}
