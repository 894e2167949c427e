import { createEmulator, type Emulator } from '@intercom-destinations/emulator'
import { createRequestClient, Destination } from '@segment/actions-core'
import { toRecord, toText } from '@intercom-destinations/shared-mapping'
import { intercomCloud } from '..'
import { createIntercomClient } from '../client/intercom-client'
import { OPERATIONS } from '../client/operations'
import { OPERATION_CASES, toContents, type OperationCase } from '../test-support/operation-cases'
import {
  openFaultyProxy,
  FAULTY_RESPONSES,
  EMPTY_SUCCESSES,
  type FaultyResponse,
  type FaultyProxy,
  type Fault
} from '../test-support/faulty-proxy'
import { NOW, toEvent, toSettings, type EventPiece } from '../test-support/workspace'

/** Longer than the lag of the search index, and shorter than the retry window of an event. */
const RETRY_INTERVAL_MS = 6 * 60 * 1000
const MAX_ATTEMPTS = 3

// A few hundred short runs.
jest.setTimeout(60_000)

let proxy: FaultyProxy
let destination: Destination<object>
let now = NOW
let runs = 0

beforeAll(async () => {
  proxy = await openFaultyProxy()
  destination = new Destination(intercomCloud({ now: () => now, restHost: proxy.url }))
})
afterAll(() => proxy.close())

/** Segment validates a mapping again for every event, and the defaults of these are half of it. None is needed here. */
const LARGE_FIELDS = { unsubscribed_from_emails: null, context_attributes: null, avatar: null, last_seen_at: null }

type Outcome = 'delivered' | 'retryable' | `refused: ${string}`

/** One attempt at an operation. The cache is separate for each token, so each run is like a separate process. */
async function attempt(
  { event, mapping, action }: Pick<OperationCase, 'event' | 'mapping' | 'action'>,
  token: string
): Promise<Outcome> {
  const settings = { ...toSettings({ mapping: { ...LARGE_FIELDS, ...mapping } }), oauth: { access_token: token } }
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
      const own = action && { partnerAction: action.name, subscribe: 'type = "identify"', mapping: action.mapping }
      await destination.onEvent(toEvent(event), { ...settings, ...(own ? { subscriptions: [own] } : {}) })
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
  isUsed: boolean
}

async function run(operationCase: OperationCase, fault?: Fault): Promise<Run> {
  now = NOW
  runs += 1
  const token = `token-${runs}`
  const emulator = createEmulator({
    clock: () => now,
    rateLimit: Infinity,
    contactAttributes: [{ name: 'team', data_type: 'string' }],
    seed: operationCase.seed ?? {}
  })
  proxy.replaceNext(emulator)
  for (const event of operationCase.before ?? []) await attempt({ ...operationCase, event }, token)
  await operationCase.meanwhile?.(emulator)
  const { isUsed } = proxy.replaceNext(emulator, fault)
  const outcomes: Outcome[] = []
  do {
    outcomes.push(await attempt(operationCase, token))
    now += RETRY_INTERVAL_MS
  } while (outcomes.at(-1) === 'retryable' && outcomes.length < MAX_ATTEMPTS)
  return { outcomes, emulator, isUsed: isUsed(), deliver: (event) => attempt({ event }, token) }
}

/** What went wrong in a run; empty if nothing did. */
async function findProblems(title: string, operationCase: OperationCase, fault: Fault): Promise<string[]> {
  const { outcomes, emulator, isUsed, deliver } = await run(operationCase, fault)
  const problems: string[] = []
  const held = toContents(emulator)
  if (!isUsed) problems.push('the operation was not called')
  if (outcomes.at(-1) !== 'delivered') problems.push(outcomes.join(', '))
  if (held.join('\n') !== operationCase.contents.join('\n'))
    problems.push(`${outcomes.join(', ')}, but Intercom holds ${held.join(' | ')}`)
  // A wrong conclusion from the faulty response would affect the next events.
  const later: EventPiece = {
    type: 'identify',
    userId: 'u2',
    traits: { name: 'Bob', team: 'red' }
  }
  const same: EventPiece = { type: 'track', userId: 'u1', event: 'Seen' }
  const isKnown = held.some((line) => line.startsWith('user u1') && !line.endsWith('archived'))
  const after = [await deliver(later), ...(isKnown ? [await deliver(same)] : [])]
  if (after.some((outcome) => outcome !== 'delivered')) problems.push(`afterwards ${after.join(', ')}`)
  const holds = toContents(emulator)
  if (!holds.includes('user u2 - Bob {"team":"red"}')) problems.push(`afterwards ${holds.join(' | ')}`)
  if (isKnown && !holds.includes('event Seen of u1')) problems.push(`afterwards ${holds.join(' | ')}`)
  return problems.map((problem) => `${title}${fault.isCarriedOut ? ', carried out' : ''}: ${problem}`)
}

const names = Object.keys(OPERATION_CASES).filter((name): name is keyof typeof OPERATION_CASES => name in OPERATIONS)

test('every operation of the client has a case here', () => {
  const methods = Object.keys(createIntercomClient(createRequestClient(), '')).filter((name) => name !== 'guardedBy')
  expect(Object.keys(OPERATIONS).sort()).toEqual(methods.sort())
  expect(names).toHaveLength(Object.keys(OPERATIONS).length)
})

test.each(names)('%s: succeeds at once without a fault', async (name) => {
  const { outcomes, emulator } = await run(OPERATION_CASES[name])
  expect(outcomes).toEqual(['delivered'])
  expect(toContents(emulator)).toEqual(OPERATION_CASES[name].contents)
})

/** Operations whose response is not used, so that Intercom's own response may be empty. */
const hasEmptySuccess = (name: keyof typeof OPERATIONS) => OPERATIONS[name].read({ kind: 'blank' }, {}) !== undefined

const serverError = JSON.stringify({ type: 'error.list', errors: [{ code: 'server_error', message: 'Server Error' }] })
const ERROR_500: FaultyResponse = { status: 500, headers: { 'content-type': 'application/json' }, body: serverError }

/** The faults that can replace the response after the operation was carried out. */
const LOST = ['302', '200 with a login page', '204', '404 with a page', '502 with a page', 'a dropped connection']

async function findAllProblems(
  name: keyof typeof OPERATIONS,
  answers: Record<string, FaultyResponse>,
  isCarriedOut: boolean
): Promise<string[]> {
  const problems: string[] = []
  for (const [title, answer] of Object.entries(answers)) {
    const fault = { operation: OPERATIONS[name].name, answer, isCarriedOut }
    problems.push(...(await findProblems(title, OPERATION_CASES[name], fault)))
  }
  return problems
}

describe('a faulty response causes a retry, and neither a lost value nor a duplicate contact', () => {
  test.each(names)('%s', async (name) => {
    const emptySuccesses: Record<string, FaultyResponse> = hasEmptySuccess(name) ? {} : EMPTY_SUCCESSES
    // For unarchiving, this response was recorded for a permanently deleted contact.
    const known: Record<string, FaultyResponse> =
      name === 'unarchiveContact' ? {} : { '500 with Intercom’s error envelope': ERROR_500 }
    expect(await findAllProblems(name, { ...FAULTY_RESPONSES, ...emptySuccesses, ...known }, false)).toEqual([])
  })
})

describe('an operation that was carried out is not repeated after its response was lost', () => {
  const writing = names.filter((name) => !OPERATIONS[name].name.startsWith('GET ') && name !== 'searchContacts')

  test.each(writing)('%s', async (name) => {
    const lost = Object.fromEntries(Object.entries(FAULTY_RESPONSES).filter(([title]) => LOST.includes(title)))
    expect(await findAllProblems(name, { ...lost, ...EMPTY_SUCCESSES }, true)).toEqual([])
  })

  test.each(writing.filter(hasEmptySuccess))('%s: accepts an empty response or an object', async (name) => {
    for (const answer of Object.values(EMPTY_SUCCESSES)) {
      const { outcomes } = await run(OPERATION_CASES[name], {
        operation: OPERATIONS[name].name,
        answer,
        isCarriedOut: true
      })
      expect(outcomes).toEqual(['delivered'])
    }
  })
})

test('people of a batch are searched one by one when their common search fails', async () => {
  const emulator = createEmulator({
    clock: () => NOW,
    rateLimit: Infinity,
    seed: { contacts: [{ role: 'lead', email: 'ada@example.com' }] }
  })
  proxy.replaceNext(emulator, { operation: 'POST /contacts/search', answer: 'dropped', isCarriedOut: false })
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
  expect(toContents(emulator)).toEqual(['lead - ada@example.com -', 'lead - bob@example.com -'])
})

test('no redirect was followed', () => {
  expect(proxy.followed()).toBe(0)
})
