import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { createEmulator, serve } from '@intercom-destinations/emulator'
import { createRequestClient, type SegmentEvent } from '@segment/actions-core'
import type { ActionRunner } from '../action-runner'
import { DestinationRunner } from '../destination-runner'
import type { Outcome } from '../outcome'
import { PerformBatchRunner } from '../perform-batch-runner'
import { toSubscription, toSubscriptions } from '../subscriptions'
import { openWatch } from '../test-support/open-watch'

const TOKEN = 'secret-token'
const timestamp = '2024-01-02T03:04:05Z'
const settings = { region: 'auto' }

type ToRunner = (restHost: string) => ActionRunner

const toDestination: ToRunner = (restHost) =>
  new DestinationRunner({ definition: intercomCloud({ restHost }), settings, token: TOKEN })
const toPerformBatch: ToRunner = (restHost) =>
  new PerformBatchRunner({ definition: intercomCloud({ restHost }), settings, token: TOKEN, createRequestClient })

/** What the presets make of the events, one after another, and what Intercom holds afterwards. */
async function run(toRunner: ToRunner, events: readonly SegmentEvent[]) {
  const emulator = createEmulator({ token: TOKEN, idSeed: 1, clock: () => 0 })
  const served = await serve(emulator)
  const runner = toRunner(served.url)
  const { watch, requests } = openWatch()
  const outcomes: Outcome[] = []
  for (const subscription of toSubscriptions(intercomCloud().presets)) {
    const taken = events.filter((event) => subscription.takes(event))
    outcomes.push(...(await runner.run(subscription, taken, watch)))
  }
  const erasures = [await runner.erase('u1', watch), await runner.erase('u1', watch), await runner.erase('.', watch)]
  await served.close()
  const calls = requests.map(({ method, url, body }) => [method, new URL(url).pathname, body])
  return { outcomes, erasures, calls, names: emulator.state.contacts.map(({ name }) => name) }
}

const EVENTS: SegmentEvent[] = [
  { type: 'identify', userId: 'u1', timestamp, traits: { name: 'Ada', email: 'ada@example.com', tags: ['a'] } },
  { type: 'identify', userId: 'u2', timestamp, traits: { name: { first: 'Bob' }, age: [7], phone: ['+49'] } },
  { type: 'identify', timestamp, traits: { name: 'Nameless' } },
  { type: 'group', userId: 'u1', groupId: 'acme', timestamp, traits: { name: 'Acme', plan: { id: 1 } } },
  { type: 'track', userId: 'u1', event: 'Opened', timestamp, properties: { revenue: '12.5', cart: { a: 1 } } },
  { type: 'track', userId: 'u1', timestamp },
  { type: 'track', userId: 'unknown', event: 'Opened', timestamp }
]

it('gives the outcomes and makes the calls of Segment’s own host', async () => {
  const [ours, segments] = [await run(toPerformBatch, EVENTS), await run(toDestination, EVENTS)]
  expect(ours).toEqual(segments)
  expect(ours.outcomes.map(({ kind }) => kind)).toEqual([
    'delivered',
    'delivered',
    'rejected',
    'delivered',
    'delivered',
    'rejected',
    'rejected'
  ])
  expect(ours.erasures).toEqual([{ status: 'erased', contacts: 1 }, { status: 'not-found' }, { status: 'not-found' }])
})

it('rejects only the event that the mapping cannot be applied to', async () => {
  const emulator = createEmulator({ token: TOKEN, seed: { contacts: [{ role: 'user', external_id: 'u1' }] } })
  const served = await serve(emulator)
  const subscription = toSubscription({
    partnerAction: 'trackEvent',
    subscribe: 'type = "track"',
    mapping: {
      event_name: { '@path': '$.event' },
      metadata: { '@path': { '@path': '$.properties.at' } },
      created_at: { '@path': '$.timestamp' },
      user_id: { '@path': '$.userId' }
    }
  })
  const outcomes = await toPerformBatch(served.url).run(
    subscription,
    [
      { type: 'track', userId: 'u1', event: 'One', timestamp, properties: { at: '$.context' } },
      { type: 'track', userId: 'u1', event: 'Two', timestamp, properties: { at: 2 } },
      { type: 'track', userId: 'u1', event: 'Three', timestamp, properties: { at: '$.context' } }
    ],
    openWatch().watch
  )
  await served.close()
  expect(outcomes.map(({ kind }) => kind)).toEqual(['delivered', 'rejected', 'delivered'])
  expect(outcomes[1]).toEqual({ kind: 'rejected', reason: '@path: expected string, got number' })
  expect(emulator.state.events.map(({ event_name }) => event_name)).toEqual(['One', 'Three'])
})
