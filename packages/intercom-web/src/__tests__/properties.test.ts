import { Context } from '@segment/analytics-next'
import fc from 'fast-check'
import { loadPlugins, recordIntercom, renewPage } from '../test-support/run-events'

/** The browser does not validate events before an action runs, so an action must handle any value. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 1000)

const traits = fc.oneof(
  fc.anything(),
  fc.record(
    {
      email: fc.anything(),
      name: fc.anything(),
      createdAt: fc.anything(),
      avatar: fc.anything(),
      company: fc.anything(),
      companies: fc.anything(),
      revenue: fc.anything(),
      currency: fc.anything(),
      user_id: fc.anything()
    },
    { requiredKeys: [] }
  )
)

const event = fc.record({
  type: fc.constantFrom('identify' as const, 'track' as const, 'page' as const, 'group' as const),
  userId: fc.anything(),
  groupId: fc.anything(),
  event: fc.anything(),
  timestamp: fc.anything(),
  traits,
  properties: traits,
  context: fc.oneof(fc.anything(), fc.record({ Intercom: fc.anything() })),
  integrations: fc.oneof(fc.anything(), fc.record({ Intercom: fc.anything() }))
})

const COMMANDS = ['boot', 'shutdown', 'update', 'trackEvent']
/** Long enough for the update budget to reset before each event. */
const AN_HOUR_MS = 3_600_000

it('property: any event makes at most one valid call, and never throws', async () => {
  renewPage()
  jest.useFakeTimers()
  const calls = recordIntercom()
  const { plugins, analytics } = await loadPlugins({ activator: '#help' })
  analytics.emit('initialize')
  jest.advanceTimersByTime(AN_HOUR_MS)
  await fc.assert(
    fc.asyncProperty(event, async (sent) => {
      calls.length = 0
      const context = new Context({ type: sent.type })
      Object.assign(context.event, sent)
      for (const plugin of plugins) await plugin[sent.type]?.(context)
      jest.advanceTimersByTime(AN_HOUR_MS)
      const [first, second] = calls
      if (first?.[0] === 'shutdown') expect(second?.[0]).toBe('boot')
      expect(calls.length).toBeLessThanOrEqual(first?.[0] === 'shutdown' ? 2 : 1)
      for (const [command, body] of calls) {
        expect(COMMANDS).toContain(command)
        if (command === 'update') expect(() => JSON.stringify(body)).not.toThrow()
      }
    }),
    { numRuns }
  )
  jest.useRealTimers()
  renewPage()
})
