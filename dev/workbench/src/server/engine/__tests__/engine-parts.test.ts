import { createEmulator } from '@intercom-destinations/emulator'
import type { ObservedRequest } from '@intercom-destinations/delivery'
import type { Call, Json, Run, Side, SubscriptionTrace } from '../../../contract'
import { toDifferences } from '../differences'
import { toEntityDiffs } from '../entity-diff'
import { findNamedEntities } from '../named-entities'
import { toOutcome } from '../outcome'
import { toCalls, toLastAttempt } from '../request-calls'
import { WebQueue } from '../web-queue'
import { findBoth } from '../find-both'

const is = (id: string) => (one: { id: string }) => one.id === id
const toList = (...ids: string[]) => ids.map((id) => ({ id }))

test.each([
  ['was there and is', 'c', { id: 'c' }, { id: 'c' }],
  ['is new where others were taken out', 'd', undefined, { id: 'd' }],
  ['was taken out', 'a', { id: 'a' }, undefined],
  ['never was', 'x', undefined, undefined]
])('an entity that %s is found in both versions', (_, id, before, after) => {
  expect(findBoth(toList('a', 'b', 'c'), toList('b', 'c', 'd'), is(id))).toEqual({ before, after })
})

test('of two matches the later one is found, with its earlier state', () => {
  const [before, after] = [toList('a', 'b'), toList('a', 'b', 'c')]
  expect(findBoth(before, after, ({ id }) => id !== 'c')).toEqual({ before: { id: 'b' }, after: { id: 'b' } })
  expect(findBoth(before, after, () => true)).toEqual({ before: undefined, after: { id: 'c' } })
})

test.each([
  ['merged', true],
  ['deleted', true],
  ['archived', false],
  ['active', false]
] as const)('a contact that is %s now is shown as gone: %s', (status, isGone) => {
  const { state } = createEmulator({ seed: { contacts: [{ external_id: 'u1' }] } })
  const [before] = state.contacts
  if (!before) throw new Error('it was seeded')
  const touched = { kind: 'contact' as const, id: before.id, before, after: { ...before, status } }
  expect(toEntityDiffs([touched], state)[0]?.isGone).toBe(isGone)
  // A contact that was not active before is not gone.
  expect(toEntityDiffs([{ ...touched, before: undefined }], state)[0]?.isGone).toBe(false)
})

function toSearch(...ids: string[]): Call {
  const response: Json = { type: 'list', data: ids.map((id) => ({ type: 'contact', id })) }
  const request = { method: 'POST', url: 'https://intercom.test/contacts/search', attempt: 0, startedAfter: 0, took: 1 }
  return { call: 'POST /contacts/search', body: {}, request: { ...request, status: 200, response } }
}

test('a search names the contact that it found, and none where it found several or none', () => {
  expect(findNamedEntities(toSearch('c1'))).toEqual([{ kind: 'contact', id: 'c1' }])
  expect(findNamedEntities(toSearch('c1', 'c2'))).toEqual([])
  expect(findNamedEntities(toSearch())).toEqual([])
})

const toTrace = (...failures: (boolean | undefined)[]): SubscriptionTrace[] =>
  failures.map((retryable) => {
    const failure = retryable === undefined ? {} : { failure: { reason: retryable ? 'later' : 'never', retryable } }
    const run: Run = { payload: {}, losses: [], doubtful: [], calls: [], retries: 0, ...failure }
    return { name: 'A', action: 'a', filter: 'type = "track"', enabled: true, takes: true, run }
  })

test.each([
  ['failed, of which one might yet succeed', [true, false], { state: 'failed', reason: 'never' }],
  ['failed for now', [undefined, true], { state: 'retrying', reason: 'later' }],
  ['sent nothing', [undefined, undefined], { state: 'nothing-sent' }],
  ['never ran', [], { state: 'unmatched' }]
] as const)('an event whose rows %s says so', (_, failures, outcome) => {
  expect(toOutcome(toTrace(...failures))).toEqual({ calls: 0, losses: 0, doubtful: 0, ...outcome })
})

test('jobs run in the order in which they were added, however many there are', async () => {
  const queue = new WebQueue()
  const done: number[] = []
  const all = Array.from({ length: 600 }, (_, place) => place)
  await new Promise<void>((resolve) => {
    const add = (place: number) => {
      queue.add(async () => {
        // The earlier, the longer.
        if (place < 20) await new Promise((wake) => setTimeout(wake, 5 - place / 4))
        done.push(place)
        if (place === 0) for (const later of all.slice(300)) add(later)
        if (done.length === all.length) resolve()
      })
    }
    for (const place of all.slice(0, 300)) add(place)
  })
  expect(done).toEqual(all)
})

test('a long queue does not block requests of the page', async () => {
  const queue = new WebQueue()
  let left = 100
  let leftWhenAsked: number | undefined
  await new Promise<void>((resolve) => {
    for (let count = 0; count < 100; count += 1) {
      queue.add(() => {
        const until = performance.now() + 1
        while (performance.now() < until);
        left -= 1
        if (left === 0) resolve()
        return Promise.resolve()
      })
    }
    setImmediate(() => {
      leftWhenAsked = left
    })
  })
  expect(leftWhenAsked).toBeGreaterThan(0)
})

const asked = (startedAt: number): ObservedRequest => ({
  ...{ events: [], method: 'GET', url: 'https://intercom.test/me', status: 503, startedAt, tookMs: 1.4 }
})

test('attempts continue the count of earlier ones, and requests are in order', () => {
  const first = toCalls(toCalls([], [asked(10)], 5), [], 5)
  const calls = toCalls(toCalls(first, [asked(20)], 5), [asked(40), asked(30)], 5)
  expect(calls.map(({ request }) => [request?.attempt, request?.startedAfter])).toEqual([
    [0, 5],
    [1, 15],
    [2, 25],
    [2, 35]
  ])
  expect([toLastAttempt([]), toLastAttempt(calls), calls[0]?.request?.took]).toEqual([-1, 2, 1])
})

test('the first and the last calls of an event that waits for days are kept', () => {
  let calls: Call[] = []
  for (let attempt = 0; attempt < 500; attempt += 1) calls = toCalls(calls, [asked(attempt)], 0)
  expect(calls).toHaveLength(100)
  expect([calls[19], calls[20]].map((call) => call?.request?.attempt)).toEqual([19, 420])
})

test('a value that only one half doubts is a difference, and a lost value is listed once', () => {
  const toSide = (run: Partial<Run>): Side => ({
    destination: 'D',
    outcome: { state: 'delivered', calls: 0, losses: 0, doubtful: 0 },
    subscriptions: toTrace(undefined).map((one) => (one.run ? { ...one, run: { ...one.run, ...run } } : one))
  })
  const company = { path: 'company', reason: 'unnamed-company', text: 'Intercom may ignore it' }
  const lost = { path: 'company', reason: 'no-company-id', text: 'it has no id' }
  expect(toDifferences(toSide({ doubtful: [company] }), toSide({}))).toEqual([
    { path: 'company', web: 'doubtful: Intercom may ignore it', cloud: 'not doubtful' }
  ])
  expect(toDifferences(toSide({ doubtful: [company] }), toSide({ doubtful: [company] }))).toEqual([])
  expect(toDifferences(toSide({ doubtful: [company] }), toSide({ losses: [lost] }))).toEqual([
    { path: 'company', web: 'not lost', cloud: 'lost: it has no id' }
  ])
})
