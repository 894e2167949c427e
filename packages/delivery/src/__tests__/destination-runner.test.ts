import { Destination } from '@segment/actions-core'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { createEmulator, serve } from '@intercom-destinations/emulator'
import { DestinationRunner } from '../destination-runner'
import { toSubscription } from '../subscriptions'
import { openWatch } from '../test-support/open-watch'

const TOKEN = 'secret-token'
const timestamp = '2024-01-02T03:04:05Z'

async function openRunner() {
  const emulator = createEmulator({ token: TOKEN })
  const served = await serve(emulator)
  const definition = intercomCloud({ restHost: served.url })
  const runner = new DestinationRunner({ definition, settings: { region: 'auto' }, token: TOKEN })
  return { emulator, runner, served }
}

const track = toSubscription({
  partnerAction: 'trackEvent',
  subscribe: 'type = "track"',
  mapping: {
    event_name: { '@path': '$.event' },
    created_at: { '@path': '$.timestamp' },
    user_id: { '@path': '$.userId' }
  }
})

it('gives each event of a batch its own outcome', async () => {
  const { emulator, runner, served } = await openRunner()
  emulator.seed({ contacts: [{ role: 'user', external_id: 'u1' }] })
  const { watch, requests } = openWatch()
  const outcomes = await runner.run(
    track,
    [
      { type: 'track', userId: 'u1', event: 'Opened', timestamp },
      { type: 'track', userId: 'u1', timestamp }
    ],
    watch
  )
  await served.close()
  expect(outcomes.map(({ kind }) => kind)).toEqual(['delivered', 'rejected'])
  expect(requests.map(({ method, url, status }) => [method, new URL(url).pathname, status])).toEqual([
    ['POST', '/events', 202]
  ])
})

it('gives each event its own outcome when the mapping cannot be applied', async () => {
  const { emulator, runner, served } = await openRunner()
  emulator.seed({ contacts: [{ role: 'user', external_id: 'u1' }] })
  const mapping = { ...track.mapping, metadata: { '@nonsense': 1 } }
  const outcomes = await runner.run(
    { ...track, mapping },
    [
      { type: 'track', userId: 'u1', event: 'One', timestamp },
      { type: 'track', userId: 'u1', event: 'Two', timestamp }
    ],
    openWatch().watch
  )
  await served.close()
  expect(outcomes.map(({ kind }) => kind)).toEqual(['rejected', 'rejected'])
})

it('sends nothing when no time is left, and reports a retry', async () => {
  const { emulator, runner, served } = await openRunner()
  const { watch } = openWatch(0)
  const [outcome] = await runner.run(track, [{ type: 'track', userId: 'u1', event: 'Opened', timestamp }], watch)
  await served.close()
  expect(outcome?.kind).toBe('retry')
  expect(emulator.requests).toEqual([])
})

it('ends a call when the time that is left for it is over', async () => {
  const { emulator, runner, served } = await openRunner()
  emulator.fault({ trouble: 'time-out', probability: 1 })
  const { watch, requests, failures } = openWatch(50)
  const [outcome] = await runner.run(track, [{ type: 'track', userId: 'u1', event: 'Opened', timestamp }], watch)
  await served.close()
  expect(outcome?.kind).toBe('retry')
  expect(requests.map(({ problem }) => problem)).toEqual(['No answer came in time.'])
  // The deadline ended it, which says nothing about Intercom.
  expect(failures()).toBe(0)
})

it('keeps no response, so that memory does not grow with the events', async () => {
  const { emulator, runner, served } = await openRunner()
  emulator.seed({ contacts: [{ role: 'user', external_id: 'u1' }] })
  const executeBatch = jest.spyOn(Destination.prototype, 'executeBatch')
  await runner.run(track, [{ type: 'track', userId: 'u1', event: 'Opened', timestamp }], openWatch().watch)
  await served.close()
  expect(emulator.state.events).toHaveLength(1)
  expect(executeBatch.mock.contexts.map((context) => context instanceof Destination && context.responses)).toEqual([[]])
})
