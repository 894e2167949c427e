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

/** Runs the steps, with a different name for each person, and returns the calls of the Messenger with their times. */
function run(steps: readonly Step[], secured: boolean) {
  const settings = { appId: 'abc123', secured }
  const made: { at: number; call: MessengerCall; person: number }[] = []
  /** The attributes sent about the present person. */
  let sent: Record<string, unknown> = {}
  let person = 1
  const session = createMessengerSession(settings, {
    bootSettings: buildBootSettings(settings),
    widget: {
      isBooted: false,
      bootedAs: undefined,
      dropQueued: () => [],
      send: (call) => void made.push({ at: performance.now(), call, person })
    },
    toPersistedUser: () => undefined,
    onLost: () => undefined
  })
  const send = (body: UpdateBody, occasion: 'person' | 'page') => {
    sent = { ...sent, ...body }
    session.update(body, occasion)
  }
  let isProved = false
  for (const one of steps) {
    if (one.do === 'identify') {
      // A visitor who is identified stays the same person.
      if (one.who === 'other' && 'user_id' in sent) {
        person += 1
        sent = {}
        isProved = false
      }
      const proof = one.isProved ? { user_hash: `hash of p${person}` } : {}
      isProved ||= one.isProved
      send({ user_id: `p${person}`, [one.key]: `p${person} has ${one.value}`, ...proof }, 'person')
    } else if (one.do === 'page') session.update({}, 'page')
    else if (one.do === 'group') {
      const company = { company_id: 'c1', name: `of p${person}: ${one.value}` }
      sent = { ...sent, company }
      session.update({ company }, 'company')
    } else if (one.do === 'track') session.send(['trackEvent', `by p${person}`])
    else if (one.do === 'reset') {
      person += 1
      sent = {}
      isProved = false
      session.reset()
    } else jest.advanceTimersByTime(one.milliseconds)
  }
  jest.advanceTimersByTime(2 * HALF_AN_HOUR_MS)
  return { made, sent, person, isProved }
}

const steps = fc.array(step, { minLength: 1, maxLength: 200, size: 'max' })

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

it('property: never more than 20 updates in any 30 minutes', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (someSteps, secured) => {
      const times = run(someSteps, secured).made.flatMap(({ at, call }) => (call[0] === 'update' ? [at] : []))
      for (const start of times)
        expect(times.filter((at) => at >= start && at <= start + HALF_AN_HOUR_MS).length).toBeLessThanOrEqual(20)
    }),
    { numRuns }
  )
})

it('property: after a shutdown, no call holds data of the earlier person', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (someSteps, secured) => {
      for (const { call, person } of run(someSteps, secured).made)
        for (const [, number] of JSON.stringify(call).matchAll(/\bp(\d+)\b/g)) expect(Number(number)).toBe(person)
    }),
    { numRuns }
  )
})

it('property: the last value of every attribute arrives, in a secured workspace after the proof', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (someSteps, secured) => {
      const { made, sent, isProved } = run(someSteps, secured)
      const leaving = made.map(({ call }) => call[0]).lastIndexOf('shutdown')
      const bodies = made
        .slice(leaving + 1)
        .flatMap(({ call }) => (call[0] === 'update' || call[0] === 'boot' ? [call[1]] : []))
      const arrived = Object.assign({}, ...bodies)
      if (!secured || isProved || !('user_id' in sent)) expect(arrived).toMatchObject(sent)
      else expect(JSON.stringify(made.slice(leaving + 1))).not.toMatch(/"user_id"|"email"/)
    }),
    { numRuns }
  )
})

it('property: in a secured workspace, no call names a person without their proof', () => {
  fc.assert(
    fc.property(steps, (someSteps) => {
      for (const { call } of run(someSteps, true).made) {
        const body = call[0] === 'update' || call[0] === 'boot' ? call[1] : {}
        if ('user_id' in body) expect(body).toMatchObject({ user_hash: `hash of ${String(body.user_id)}` })
      }
    }),
    { numRuns }
  )
})
