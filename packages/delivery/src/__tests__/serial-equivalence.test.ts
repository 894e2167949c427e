import { createEmulator, serve, type Emulator, type Fault } from '@intercom-destinations/emulator'
import fc from 'fast-check'
import { createSender } from '..'
import type { Clock } from '../clock'

const STARTED_AT = Date.UTC(2024, 0, 2)
const USERS = ['u1', 'u2', 'u3']
const COMPANIES = ['acme', 'globex']

/** A clock on which every sleep ends at once, so that retries take no time. */
class InstantClock implements Clock {
  #now = STARTED_AT

  now = (): number => this.#now

  sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
    if (signal?.aborted) throw new Error('The sleep was aborted.')
    this.#now += milliseconds
  }
}

const userId = fc.constantFrom(...USERS)
const anEvent = fc.oneof(
  fc.record({
    type: fc.constant('identify'),
    userId,
    traits: fc.record({ plan: fc.constantFrom('free', 'pro', 'team') })
  }),
  fc.record({
    type: fc.constant('group'),
    userId,
    groupId: fc.constantFrom(...COMPANIES),
    traits: fc.record({ name: fc.constantFrom('One', 'Two'), remove: fc.boolean() })
  }),
  fc.record({ type: fc.constant('track'), userId, event: fc.constantFrom('Opened', 'Closed') })
)

const aFault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ status: fc.constantFrom(500, 502, 503), probability: fc.constant(0.15) }),
  fc.record({ trouble: fc.constantFrom('dropped' as const, 'lost-answer' as const), probability: fc.constant(0.1) })
)

/** Every event in a second of its own up to now, because Intercom keeps one event for each name and second. */
const stamped = (events: readonly object[]) =>
  events.map((event, index) => ({
    ...event,
    timestamp: new Date(STARTED_AT - (events.length - index) * 1000).toISOString()
  }))

/** The parts of the workspace that depend on the order of events. */
function stateOf({ state }: Emulator) {
  const active = state.contacts.filter(({ status }) => status === 'active')
  const companies = new Map(state.companies.map((company) => [company.id, company]))
  const nameOf = new Map(active.map(({ id, external_id }) => [id, external_id]))
  return {
    people: active
      .map(({ external_id, custom_attributes, companyIds }) => ({
        external_id,
        plan: custom_attributes.plan ?? null,
        companies: companyIds.map((id) => companies.get(id)?.company_id ?? id).sort()
      }))
      .sort((one, other) => String(one.external_id).localeCompare(String(other.external_id))),
    companies: [...companies.values()].map(({ company_id, name }) => [company_id, name]).sort(),
    events: state.events
      .map(({ contactId, event_name, created_at }) => [nameOf.get(contactId), event_name, created_at].join(' '))
      .sort()
  }
}

async function deliver(events: readonly object[], how: { faults: readonly Fault[]; seed: number; serially: boolean }) {
  const clock = new InstantClock()
  const emulator = createEmulator({
    clock: clock.now,
    faultSeed: how.seed,
    contactAttributes: [{ name: 'plan', data_type: 'string' }],
    rateLimit: Infinity
  })
  for (const fault of how.faults) emulator.fault(fault)
  const served = await serve(emulator)
  const sender = createSender({ token: 'token', restHost: served.url, retries: 'patient', concurrency: 4, clock })
  try {
    const windows = how.serially ? events.map((event) => [event]) : [events]
    const verdicts = []
    for (const window of windows) verdicts.push(...(await sender.send(window)))
    return { verdicts, state: stateOf(emulator) }
  } finally {
    await sender.close()
    await served.close()
  }
}

it('leaves the workspace as a serial delivery without faults does, whatever fails and is retried', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anEvent, { minLength: 1, maxLength: 14 }),
      fc.array(aFault, { maxLength: 2 }),
      fc.nat(),
      async (drawn, faults, seed) => {
        // Contacts exist from the start, so that the order of events decides, and not when a contact appears.
        const events = stamped([...USERS.map((id) => ({ type: 'identify', userId: id, traits: {} })), ...drawn])
        const serial = await deliver(events, { faults: [], seed, serially: true })
        const whole = await deliver(events, { faults, seed, serially: false })
        expect(whole.verdicts.map(({ status, reason }) => [status, reason])).toEqual(
          serial.verdicts.map(({ status, reason }) => [status, reason])
        )
        expect(whole.state).toEqual(serial.state)
      }
    ),
    { numRuns: Number(process.env.SERIAL_RUNS ?? 10) }
  )
}, 60_000)
