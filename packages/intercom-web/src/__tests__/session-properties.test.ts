import fc from 'fast-check'
import { buildBootSettings } from '../boot-settings'
import type { MessengerCall, UpdateBody } from '../messenger'
import { createMessengerSession } from '../messenger-session'

const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000) / 10
const HALF_AN_HOUR_MS = 30 * 60 * 1000

type Step =
  | { do: 'identify'; who: 'same' | 'other'; key: string; value: number; isProved: boolean }
  | { do: 'page' }
  | { do: 'group'; value: number }
  | { do: 'track' }
  | { do: 'reset' }
  | { do: 'wait'; milliseconds: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('identify' as const),
      who: fc.constantFrom(...Array<'same'>(19).fill('same'), 'other' as const),
      key: fc.constantFrom('plan', 'email', 'email'),
      value: fc.nat(99),
      isProved: fc.boolean()
    })
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('page' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('group' as const), value: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('track' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reset' as const) }) },
  {
    weight: 16,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      milliseconds: fc.oneof(
        { weight: 12, arbitrary: fc.integer({ min: 40, max: 100 }) },
        { weight: 2, arbitrary: fc.nat(5000) },
        { weight: 1, arbitrary: fc.nat(10 * 60 * 1000) }
      )
    })
  }
)

/** Does the steps, each person of them under a name of their own, and gives what the Messenger was told, and when. */
function run(steps: readonly Step[], secured: boolean) {
  const settings = { appId: 'abc123', secured }
  const told: { at: number; call: MessengerCall; person: number }[] = []
  /** What was said about the present person, by attribute. */
  let said: Record<string, unknown> = {}
  let person = 1
  const session = createMessengerSession(settings, {
    bootSettings: buildBootSettings(settings),
    widget: {
      isBooted: false,
      bootedAs: undefined,
      dropQueued: () => [],
      send: (call) => void told.push({ at: performance.now(), call, person })
    },
    toPersistedUser: () => undefined,
    onLost: () => undefined
  })
  const say = (body: UpdateBody, occasion: 'person' | 'page') => {
    said = { ...said, ...body }
    session.update(body, occasion)
  }
  let isProved = false
  for (const one of steps) {
    if (one.do === 'identify') {
      // A visitor who says who they are is the same person still.
      if (one.who === 'other' && 'user_id' in said) {
        person += 1
        said = {}
        isProved = false
      }
      const proof = one.isProved ? { user_hash: `hash of p${person}` } : {}
      isProved ||= one.isProved
      say({ user_id: `p${person}`, [one.key]: `p${person} has ${one.value}`, ...proof }, 'person')
    } else if (one.do === 'page') session.update({}, 'page')
    else if (one.do === 'group') {
      const company = { company_id: 'c1', name: `of p${person}: ${one.value}` }
      said = { ...said, company }
      session.update({ company }, 'company')
    } else if (one.do === 'track') session.send(['trackEvent', `by p${person}`])
    else if (one.do === 'reset') {
      person += 1
      said = {}
      isProved = false
      session.reset()
    } else jest.advanceTimersByTime(one.milliseconds)
  }
  jest.advanceTimersByTime(2 * HALF_AN_HOUR_MS)
  return { told, said, person, isProved }
}

const steps = fc.array(step, { minLength: 1, maxLength: 200, size: 'max' })

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

it('property: never more than 20 updates in any 30 minutes, whatever happens', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (some, secured) => {
      const times = run(some, secured).told.flatMap(({ at, call }) => (call[0] === 'update' ? [at] : []))
      for (const start of times)
        expect(times.filter((at) => at >= start && at <= start + HALF_AN_HOUR_MS).length).toBeLessThanOrEqual(20)
    }),
    { numRuns }
  )
})

it('property: after a shutdown no call holds anything of the person before', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (some, secured) => {
      for (const { call, person } of run(some, secured).told)
        for (const [, number] of JSON.stringify(call).matchAll(/\bp(\d+)\b/g)) expect(Number(number)).toBe(person)
    }),
    { numRuns }
  )
})

it('property: the last value of every attribute arrives, in a secured workspace once the proof has been seen', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (some, secured) => {
      const { told, said, isProved } = run(some, secured)
      const leaving = told.map(({ call }) => call[0]).lastIndexOf('shutdown')
      const bodies = told
        .slice(leaving + 1)
        .flatMap(({ call }) => (call[0] === 'update' || call[0] === 'boot' ? [call[1]] : []))
      const arrived = Object.assign({}, ...bodies)
      if (!secured || isProved || !('user_id' in said)) expect(arrived).toMatchObject(said)
      else expect(JSON.stringify(told.slice(leaving + 1))).not.toMatch(/"user_id"|"email"/)
    }),
    { numRuns }
  )
})

it('property: in a secured workspace no call names anybody without a proof of theirs', () => {
  fc.assert(
    fc.property(steps, (some) => {
      for (const { call } of run(some, true).told) {
        const body = call[0] === 'update' || call[0] === 'boot' ? call[1] : {}
        if ('user_id' in body) expect(body).toMatchObject({ user_hash: `hash of ${String(body.user_id)}` })
      }
    }),
    { numRuns }
  )
})
