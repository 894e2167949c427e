import { HOSTILE_VALUES } from '@intercom-destinations/scenarios'
import fc from 'fast-check'
import type { IntercomPluginOptions } from '..'
import { pass, startApp, type App } from '../test-support/app'
import { newPhone } from '../test-support/intercom-module'

const numRuns = Number(process.env.PROPERTY_RUNS ?? 100)

const traits = fc.oneof(
  fc.anything(),
  fc.record(
    Object.fromEntries(
      ['email', 'name', 'phone', 'createdAt', 'avatar', 'company', 'companies', 'revenue', 'currency', 'user_id'].map(
        (key) => [key, fc.anything()]
      )
    ),
    { requiredKeys: [] }
  )
)

const event = fc.record({
  type: fc.constantFrom('identify', 'track', 'screen', 'group', 'alias'),
  userId: fc.oneof(fc.constantFrom('u1', 'u2', undefined), fc.anything()),
  groupId: fc.anything(),
  event: fc.anything(),
  name: fc.anything(),
  traits,
  properties: traits,
  context: fc.oneof(fc.anything(), fc.record({ Intercom: fc.anything() })),
  integrations: fc.oneof(fc.anything(), fc.record({ Intercom: fc.anything() }))
})

/** A getter of a value may throw while the client logs it, which is not what is tested. */
const quiet = (nested_values: string): IntercomPluginOptions => ({
  collectContext: true,
  mappings: {
    identify: { nested_values },
    group: { nested_values },
    track: { nested_values },
    screen: { nested_values }
  },
  onLoss: () => undefined
})

describe.each(['leave_out', 'flatten', 'json'])('with nested values: %s', (choice) => {
  let app: App

  beforeAll(async () => {
    app = await startApp({ plugin: quiet(choice) })
  })

  it('property: whatever an event holds, it neither fails nor reaches the bridge in a form that ends the app', async () => {
    const { plugin, errors } = app
    await fc.assert(
      fc.asyncProperty(event, async (sent) => {
        const phone = newPhone()
        await plugin.reset()
        await pass(plugin, sent)
        await pass(plugin, { type: 'identify', userId: 'u1', traits: {} })
        expect(phone.misfits).toEqual([])
        expect(phone.refusals).toEqual([])
        expect(errors).toEqual([])
      }),
      { numRuns }
    )
  })

  it.each(HOSTILE_VALUES)('$title in any place does not end the app', async ({ value }) => {
    const { plugin, errors } = app
    const phone = newPhone()
    await plugin.reset()
    const names = ['email', 'name', 'phone', 'createdAt', 'avatar', 'company', 'companies', 'plan']
    const all = Object.fromEntries(names.map((name) => [name, value]))
    await pass(plugin, { type: 'identify', userId: 'u1', traits: all })
    await pass(plugin, { type: 'identify', userId: 'u1', traits: value, integrations: { Intercom: value } })
    await pass(plugin, { type: 'identify', userId: value, traits: {} })
    await pass(plugin, { type: 'track', userId: 'u1', event: value, properties: value })
    await pass(plugin, { type: 'track', userId: 'u1', event: 'Paid', properties: { revenue: value, currency: value } })
    await pass(plugin, { type: 'group', userId: 'u1', groupId: value, traits: { ...all, name: value, plan: value } })
    await pass(plugin, { type: 'screen', userId: 'u1', name: value, properties: { any: value } })
    expect(phone.misfits).toEqual([])
    expect(errors).toEqual([])
  })
})

const person = fc.constantFrom('u1', 'u2', undefined)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('identify' as const), userId: person }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('track' as const), userId: person }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('reset' as const), userId: fc.constant(undefined) }) }
)

it('property: in any order, at any latency and with any rejections, no event reaches another user', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 }),
      fc.record({
        loginUserWithUserAttributes: fc.array(fc.constantFrom(undefined, '102'), { maxLength: 4 }),
        loginUnidentifiedUser: fc.array(fc.constantFrom(undefined, '101'), { maxLength: 4 }),
        logout: fc.array(fc.constantFrom(undefined, '106'), { maxLength: 3 }),
        logEvent: fc.array(fc.constantFrom(undefined, '105'), { maxLength: 3 })
      }),
      fc.boolean(),
      async (steps, latencies, rejects, trackAnonymous) => {
        const phone = newPhone({ turns: (_, count) => latencies[count % latencies.length] ?? 0, rejects })
        const { plugin } = await startApp({ plugin: { trackAnonymous } })
        await Promise.allSettled(
          steps.map(({ type, userId }, index) =>
            type === 'reset'
              ? plugin.reset()
              : pass(plugin, { type, userId, event: `${index} of ${userId ?? 'a visitor'}`, traits: { index } })
          )
        )
        const strangers = phone.events.filter(
          ({ name, login }) =>
            !String(name).endsWith('a visitor') && !String(name).endsWith(` of ${login?.userId ?? ''}`)
        )
        expect(strangers).toEqual([])
        expect(phone.refusals).toEqual([])
        expect(phone.misfits).toEqual([])
      }
    ),
    { numRuns }
  )
})
