import { mergeIdentifications, type Identification } from '../contacts/identify'
import { toTimes } from '../state/stale-writes'
import { openWorker, openWorkspace, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

function named(name: string, time?: number): Identification {
  return {
    identity: { kind: 'user', external_id: 'u1' },
    body: { name },
    custom: {},
    companies: [],
    tags: {},
    consents: new Map(),
    unknown: 'leave_out',
    unchanged: 'skip',
    times: toTimes({ name }, {}, time),
    losses: [],
    ...(time === undefined ? {} : { time })
  }
}

test('the latest identify of a batch decides, if all of them have a time', () => {
  const [merged, ...others] = mergeIdentifications([named('latest', 30), named('earliest', 10), named('middle', 20)])
  expect(others).toEqual([])
  expect(merged?.task.body).toEqual({ name: 'latest' })
})

test('the last identify of a batch decides, if only some of them have a time', () => {
  const [merged, ...others] = mergeIdentifications([named('first', 30), named('second'), named('third', 10)])
  expect(others).toEqual([])
  expect(merged?.task.body).toEqual({ name: 'third' })
})

test('an event reaches a lead by the user id that only the first of its identifies has', async () => {
  const { emulator, operations, body } = openWorkspace()
  const worker = openWorker()
  const lead = { type: 'identify', traits: { email: 'ada@example.com' } } as const
  await worker.deliverBatch([{ ...lead, userId: 'visitor-7' }, lead], { mapping: { role: 'lead' } })
  await worker.deliver({ type: 'track', userId: 'visitor-7', event: 'Opened' })
  expect(operations()).toEqual(['POST /contacts/search', 'POST /contacts', 'POST /events'])
  expect(body()).toMatchObject({ event_name: 'Opened', id: '{contact}' })
  expect(emulator.state.contacts).toMatchObject([{ role: 'lead', email: 'ada@example.com' }])
})
