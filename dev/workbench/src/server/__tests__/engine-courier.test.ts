import { toSubscription } from '@intercom-destinations/cli'
import type { Destination } from '@segment/actions-core'
import { Courier, type CourierOptions, type Delivered } from '../engine/courier'
import { RequestLog } from '../engine/request-log'
import { VirtualClock } from '../test-support/virtual-clock'

const subscription = toSubscription({ name: 'All', partnerAction: 'any', subscribe: 'type = "track"', mapping: {} })
const target = { token: 't', region: 'us' }
const minutes = (count: number) => count * 60_000

type Answer = number | { readonly comeBackAfter: number }

let clock: VirtualClock
let responses: unknown[]
/** What was asked, in its order, as `name status`. */
let asked: string[]
let answer: (name: string, log: RequestLog) => Answer | Promise<Answer>

beforeEach(() => {
  clock = new VirtualClock()
  responses = []
  asked = []
  answer = () => 202
})

/** A courier whose Intercom answers as `answer` says, one request for each try. */
function open(more: Partial<CourierOptions> = {}) {
  const logs = new Map<string, RequestLog>()
  const onEvent: Destination['onEvent'] = async ({ event: name = '' }) => {
    const log = logs.get(name)
    if (!log) throw new Error('who is this?')
    const given = await answer(name, log)
    if (typeof given !== 'number')
      throw Object.assign(new Error('too many'), { status: 429, retryAfterMs: given.comeBackAfter })
    asked.push(`${name} ${given}`)
    const response = { status: given }
    responses.push(response)
    const error = Object.assign(new Error(`It is a ${given} for ${name}`), { status: given, response })
    const send = () => (given < 300 ? Promise.resolve(response) : Promise.reject(error))
    await log.note('https://intercom.test/events', {}, send)
    return [{ output: 'Action Executed' }]
  }
  const courier = new Courier(target, { now: clock.now, clock, destination: { onEvent, responses }, ...more })
  const told: string[] = []
  const deliver = (name: string) => {
    const log = new RequestLog(clock.now, clock.now())
    logs.set(name, log)
    const event = { type: 'track' as const, event: name, userId: name }
    const onFailedTry = (reason: string) => told.push(reason)
    const ended: { now?: Delivered; log: RequestLog } = { log }
    void courier.deliver({ event, subscription, settings: {}, log, onFailedTry }).then((delivered) => {
      ended.now = delivered
    })
    return ended
  }
  return { courier, deliver, told }
}

/** Ten calls in each ten seconds, each turned away with the time of the next ten. */
function smallLimit(calls = 10) {
  let [window, used] = [-1, 0]
  return (): Answer => {
    const current = Math.floor(clock.now() / 10_000)
    if (current !== window) [window, used] = [current, 0]
    used += 1
    return used <= calls ? 202 : { comeBackAfter: (current + 1) * 10_000 - clock.now() }
  }
}

test('a queue of hundreds in a small rate limit is delivered to its end, however often Intercom says wait', async () => {
  answer = smallLimit(2)
  const { deliver } = open()
  const all = Array.from({ length: 300 }, (_, place) => deliver(`n${place}`))
  await clock.pass(minutes(30))
  expect(all.filter(({ now }) => now?.kind === 'delivered')).toHaveLength(300)
})

test('once Intercom says when to come back, nobody overtakes, and calls are not spent on beginnings', async () => {
  const take = smallLimit()
  // As most events do, each asks twice.
  answer = async () => {
    const first = take()
    await clock.sleep(5)
    return first === 202 ? take() : first
  }
  const { deliver } = open()
  const names = Array.from({ length: 60 }, (_, place) => `n${place}`)
  for (const name of names) deliver(name)
  await clock.pass(minutes(3))
  expect(asked).toEqual(names.map((name) => `${name} 202`))
})

test('who queues when the trouble has gone on for too long does not queue any longer', async () => {
  let isTold = true
  answer = () => (isTold ? { comeBackAfter: 1000 } : 503)
  const { deliver } = open()
  const all = Array.from({ length: 100 }, (_, place) => deliver(`n${place}`))
  await clock.pass(10)
  isTold = false
  await clock.pass(40_000)
  expect(all.filter(({ now }) => now === undefined)).toEqual([])
})

test('a trouble that others’ success has ended does not tire who still waits', async () => {
  let isOut = true
  answer = (name) => {
    if (isOut) return 503
    return name === 'late' && clock.now() < 1_060_000 ? { comeBackAfter: 5000 } : 202
  }
  const { deliver } = open()
  deliver('first')
  await clock.pass(50)
  const late = deliver('late')
  isOut = false
  await clock.pass(59_000)
  expect(late.now).toBeUndefined()
  await clock.pass(10_000)
  expect(late.now?.kind).toBe('delivered')
})

test('being told when to come back is no trouble, however long it goes on', async () => {
  answer = () => (clock.now() < 1_000_000 + minutes(10) ? { comeBackAfter: 9000 } : 202)
  const { deliver, told } = open()
  const one = deliver('one')
  await clock.pass(minutes(9))
  expect([one.now, told.at(-1)]).toEqual([undefined, 'too many'])
  await clock.pass(minutes(2))
  expect(one.now?.kind).toBe('delivered')
})

test('in an outage each later event is tried once, and its own words say why', async () => {
  answer = () => 503
  const { deliver } = open()
  deliver('first')
  await clock.pass(20_000)
  // Keeps failing in between, which does not make the trouble a new one.
  deliver('second')
  await clock.pass(6000)
  asked = []
  const third = deliver('third')
  await clock.pass(10)
  expect(asked).toEqual(['third 503'])
  expect(third.now).toEqual({ kind: 'tired', reason: 'It is a 503 for third' })
})

test('who is given up is told of their own try, not of another’s', async () => {
  answer = () => 503
  const { deliver } = open()
  deliver('first')
  await clock.pass(24_900)
  const one = deliver('one')
  await clock.pass(50)
  deliver('other')
  await clock.pass(100)
  expect(one.now).toEqual({ kind: 'tired', reason: 'It is a 503 for one' })
})

test('after a success a new failure is waited for again', async () => {
  answer = () => 503
  const { deliver } = open()
  deliver('first')
  await clock.pass(26_000)
  answer = () => 202
  deliver('second')
  await clock.pass(10)
  answer = () => 503
  asked = []
  deliver('third')
  await clock.pass(5000)
  expect(asked).toEqual(['third 503', 'third 503', 'third 503', 'third 503'])
})

test('one whom Intercom does not know is no trouble of Intercom’s', async () => {
  answer = (name) => {
    if (name !== 'unknown') return 503
    return 404
  }
  const { deliver, courier } = open()
  deliver('unknown')
  await clock.pass(26_000)
  asked = []
  deliver('other')
  await clock.pass(5000)
  expect(asked).toHaveLength(4)
  courier.close()
})

test('of the responses none is kept', async () => {
  answer = (name) => (name === 'bad' ? 400 : 202)
  const { deliver } = open()
  deliver('good')
  deliver('bad')
  await clock.pass(10)
  expect([asked.length, responses.length]).toEqual([2, 0])
})

test('who waits as told is tried at once when the trouble is switched off', async () => {
  answer = () => ({ comeBackAfter: 100_000 })
  const { deliver, courier } = open()
  const [one, two] = [deliver('one'), deliver('two')]
  await clock.pass(1000)
  answer = () => 202
  courier.wake()
  await clock.pass(10)
  expect([one.now?.kind, two.now?.kind]).toEqual(['delivered', 'delivered'])
})

test('a last try that was under way when the trouble was switched off is not the last', async () => {
  let tries = 0
  let end: (() => void) | undefined
  answer = async () => {
    tries += 1
    if (tries === 4) await new Promise<void>((resolve) => (end = resolve))
    return tries > 4 ? 202 : 503
  }
  const { deliver, courier } = open()
  const one = deliver('one')
  await clock.pass(5000)
  courier.wake()
  end?.()
  await clock.pass(10)
  expect(one.now?.kind).toBe('delivered')
})

test('what waits for a connection that is gone is given up with a reason, and asks nothing more', async () => {
  let isWanted = true
  answer = () => ({ comeBackAfter: 5000 })
  const { deliver } = open({ isWanted: () => isWanted })
  const one = deliver('one')
  await clock.pass(1000)
  isWanted = false
  answer = () => 202
  await clock.pass(10_000)
  expect(one.now).toEqual({ kind: 'tired', reason: 'The connection was changed before Intercom took it.' })
  expect(asked).toEqual([])
})

test('tries that asked Intercom nothing are not counted', async () => {
  const answers: Answer[] = [503, { comeBackAfter: 3000 }, { comeBackAfter: 3000 }, 202]
  answer = () => answers.shift() ?? 202
  const { deliver } = open()
  const { log } = deliver('one')
  await clock.pass(minutes(1))
  expect(log.calls.map(({ request }) => [request?.attempt, request?.status])).toEqual([
    [0, 503],
    [1, 202]
  ])
  expect(log.retries).toBe(1)
})
