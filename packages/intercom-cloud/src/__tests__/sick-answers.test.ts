import { createEmulator, type Emulator } from '@intercom-destinations/emulator'
import { createRequestClient, Destination } from '@segment/actions-core'
import { toRecord, toText } from '@intercom-destinations/shared-mapping'
import { intercomCloud } from '..'
import { createIntercomClient } from '../client/intercom-client'
import { OPERATIONS } from '../client/operations'
import { ERRANDS, toHoldings, type Errand } from '../test-support/errands'
import { openSickProxy, SICK, SILENT, type SickAnswer, type SickProxy, type Sickness } from '../test-support/sick-proxy'
import { NOW, toEvent, toSettings, type EventPiece } from '../test-support/workspace'

/** Longer than any wait that is chosen for Intercom's sake, and short enough for an event to be young still. */
const BETWEEN_TRIES_MS = 6 * 60 * 1000
const MAX_TRIES = 3

// Some hundred small runs.
jest.setTimeout(60_000)

let proxy: SickProxy
let destination: Destination<object>
let now = NOW
let runs = 0

beforeAll(async () => {
  proxy = await openSickProxy()
  destination = new Destination(intercomCloud({ now: () => now, restHost: proxy.url }))
})
afterAll(() => proxy.close())

type Outcome = 'delivered' | 'retryable' | `refused: ${string}`

/** One try of an errand. What is remembered goes by the token, so that each run is a process of its own. */
async function attempt(event: Errand['event'], mapping: Errand['mapping'], token: string): Promise<Outcome> {
  const settings = { ...toSettings(mapping ? { mapping } : {}), oauth: { access_token: token } }
  try {
    if (event === 'check the connection') {
      await destination.testAuthentication(settings)
    } else if (event === 'offer owners') {
      const auth = { accessToken: token, refreshToken: '' }
      const answer = await destination.executeDynamicField('identifyContact', 'owner_id', {
        settings,
        payload: {},
        auth
      })
      const { choices, error } = toRecord(answer) ?? {}
      if (error !== undefined) {
        const code = toText(toRecord(error)?.code) ?? ''
        return /^5/.test(code) ? 'retryable' : `refused: ${code}`
      }
      return Array.isArray(choices) && choices.length === 1 ? 'delivered' : 'refused: no choices'
    } else if (event === 'erase u1') {
      await destination.onDelete?.(toEvent({ type: 'identify', userId: 'u1' }), settings)
    } else {
      await destination.onEvent(toEvent(event), settings)
    }
    return 'delivered'
  } catch (thrown) {
    const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown))
    const isOpen = name === 'RetryableError' || message.includes('Nothing is known to be wrong with them')
    return isOpen ? 'retryable' : `refused: ${message}`
  }
}

interface Run {
  outcomes: Outcome[]
  emulator: Emulator
  deliver: (event: EventPiece) => Promise<Outcome>
  isSpent: boolean
}

async function run(errand: Errand, sickness?: Sickness): Promise<Run> {
  now = NOW
  runs += 1
  const token = `token-${runs}`
  const emulator = createEmulator({
    clock: () => now,
    rateLimit: Infinity,
    contactAttributes: [{ name: 'team', data_type: 'string' }],
    seed: errand.seed ?? {}
  })
  proxy.spoil(emulator)
  for (const one of errand.before ?? []) await attempt(one, errand.mapping, token)
  await errand.meanwhile?.(emulator)
  const { isSpent } = proxy.spoil(emulator, sickness)
  const outcomes: Outcome[] = []
  do {
    outcomes.push(await attempt(errand.event, errand.mapping, token))
    now += BETWEEN_TRIES_MS
  } while (outcomes.at(-1) === 'retryable' && outcomes.length < MAX_TRIES)
  return { outcomes, emulator, isSpent: isSpent(), deliver: (event) => attempt(event, undefined, token) }
}

/** What went wrong in a run, in words. */
async function findFaults(title: string, errand: Errand, sickness: Sickness): Promise<string[]> {
  const { outcomes, emulator, isSpent, deliver } = await run(errand, sickness)
  const faults: string[] = []
  const held = toHoldings(emulator)
  if (!isSpent) faults.push('the operation was not called')
  if (outcomes.at(-1) !== 'delivered') faults.push(outcomes.join(', '))
  if (held.join('\n') !== errand.holds.join('\n'))
    faults.push(`${outcomes.join(', ')}, but Intercom holds ${held.join(' | ')}`)
  // What was learned from a sick answer would show in the events that follow.
  const later: EventPiece = {
    type: 'identify',
    userId: 'u2',
    traits: { name: 'Bob', team: 'red' }
  }
  const same: EventPiece = { type: 'track', userId: 'u1', event: 'Seen' }
  const isKnown = held.some((line) => line.startsWith('user u1'))
  const after = [await deliver(later), ...(isKnown ? [await deliver(same)] : [])]
  if (after.some((outcome) => outcome !== 'delivered')) faults.push(`afterwards ${after.join(', ')}`)
  const holds = toHoldings(emulator)
  if (!holds.includes('user u2 - Bob {"team":"red"}')) faults.push(`afterwards ${holds.join(' | ')}`)
  if (isKnown && !holds.includes('event Seen of u1')) faults.push(`afterwards ${holds.join(' | ')}`)
  return faults.map((fault) => `${title}${sickness.isCarriedOut ? ', carried out' : ''}: ${fault}`)
}

const names = Object.keys(ERRANDS).filter((name): name is keyof typeof ERRANDS => name in OPERATIONS)

test('every call of the client is one that is made sick here', () => {
  expect(Object.keys(OPERATIONS).sort()).toEqual(Object.keys(createIntercomClient(createRequestClient(), '')).sort())
  expect(names).toHaveLength(Object.keys(OPERATIONS).length)
})

test.each(names)('%s: without trouble the errand is done at once', async (name) => {
  const { outcomes, emulator } = await run(ERRANDS[name])
  expect(outcomes).toEqual(['delivered'])
  expect(toHoldings(emulator)).toEqual(ERRANDS[name].holds)
})

/** Operations of which nothing is read: Intercom's own answer may be empty. */
const isSilent = (name: keyof typeof OPERATIONS) => OPERATIONS[name].read({ kind: 'blank' }, {}) !== undefined

const serverError = JSON.stringify({ type: 'error.list', errors: [{ code: 'server_error', message: 'Server Error' }] })
const ERROR_500: SickAnswer = { status: 500, headers: { 'content-type': 'application/json' }, body: serverError }

/** Where it is carried out and the answer is lost on the way. */
const LOST = ['302', '200 with a login page', '204', '404 with a page', '502 with a page', 'a dropped connection']

async function play(
  name: keyof typeof OPERATIONS,
  answers: Record<string, SickAnswer>,
  isCarriedOut: boolean
): Promise<string[]> {
  const faults: string[] = []
  for (const [title, answer] of Object.entries(answers)) {
    const sickness = { operation: OPERATIONS[name].name, answer, isCarriedOut }
    faults.push(...(await findFaults(title, ERRANDS[name], sickness)))
  }
  return faults
}

describe('an answer that is not Intercom’s costs another try, and neither a value nor a second contact', () => {
  test.each(names)('%s', async (name) => {
    const silent: Record<string, SickAnswer> = isSilent(name) ? {} : SILENT
    // Of unarchiving this is the recorded answer about a contact that was deleted for good.
    const known: Record<string, SickAnswer> =
      name === 'unarchiveContact' ? {} : { '500 in Intercom’s words': ERROR_500 }
    expect(await play(name, { ...SICK, ...silent, ...known }, false)).toEqual([])
  })
})

describe('what was carried out although its answer was lost is not done twice', () => {
  const writing = names.filter((name) => !OPERATIONS[name].name.startsWith('GET ') && name !== 'searchContacts')

  test.each(writing)('%s', async (name) => {
    const lost = Object.fromEntries(Object.entries(SICK).filter(([title]) => LOST.includes(title)))
    expect(await play(name, { ...lost, ...SILENT }, true)).toEqual([])
  })

  test.each(writing.filter(isSilent))('%s: an answer of nothing, or of an object, is enough', async (name) => {
    for (const answer of Object.values(SILENT)) {
      const { outcomes } = await run(ERRANDS[name], { operation: OPERATIONS[name].name, answer, isCarriedOut: true })
      expect(outcomes).toEqual(['delivered'])
    }
  })
})

test('people of a batch are looked up one by one when their common search answers a page', async () => {
  const emulator = createEmulator({
    clock: () => NOW,
    rateLimit: Infinity,
    seed: { contacts: [{ role: 'lead', email: 'ada@example.com' }] }
  })
  proxy.spoil(emulator, { operation: 'POST /contacts/search', answer: 'dropped', isCarriedOut: false })
  now = NOW
  const mapping = { role: 'lead' }
  const { subscriptions, ...settings } = toSettings({ mapping })
  const identifies = Array.isArray(subscriptions) ? subscriptions.slice(0, 1) : []
  const people = ['ada@example.com', 'bob@example.com'].map((email) => toEvent({ type: 'identify', traits: { email } }))
  const results = await destination.onBatch(people, {
    ...settings,
    oauth: { access_token: 'batch' },
    subscriptions: identifies
  })
  expect(results.flatMap(({ multistatus }) => multistatus ?? []).map(({ status }) => status)).toEqual([200, 200])
  expect(toHoldings(emulator)).toEqual(['lead - ada@example.com -', 'lead - bob@example.com -'])
})

test('no redirect was followed', () => {
  expect(proxy.followed()).toBe(0)
})
