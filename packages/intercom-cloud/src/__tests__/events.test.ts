import type { JSONObject } from '@segment/actions-core'
import { ENTRY_POINTS, openWorker, openWorkspace, SECONDS, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

const EVENT = 'POST /events'
const knownUser = { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] } as const

const track = (properties: JSONObject = {}, event = 'Paid') =>
  ({ type: 'track', userId: 'u1', event, properties }) as const

const refused = (message: string, status = 400) => ({
  match: { path: '/events' },
  status,
  body: { type: 'error.list', errors: [{ code: 'parameter_invalid', message }] }
})

const lost = (...keys: string[]) => keys.map((key) => ({ path: `metadata.${key}`, reason: 'refused-by-intercom' }))

describe('the event is submitted although Intercom rejects its metadata', () => {
  test.each([400, 422])(
    'sends keys that Intercom’s help article forbids, and leaves them out after a %i',
    async (status) => {
      const { emulator, operations, body } = openWorkspace({ seed: knownUser })
      emulator.fault(refused('Invalid metadata', status))
      const properties = { 'cart.size': 2, $device: 'phone', Plan: 'pro', plan: 'team', seats: 3 }
      const { losses, doubtful } = await openWorker().deliver(track(properties))
      expect(operations()).toEqual([EVENT, EVENT])
      expect(emulator.requests[0]?.body).toMatchObject({ metadata: properties })
      expect(body()).toMatchObject({ event_name: 'Paid', metadata: { Plan: 'pro', seats: 3 } })
      expect(losses).toEqual(lost('cart.size', '$device', 'plan'))
      expect(doubtful).toEqual([])
    }
  )

  test('without such keys, leaves out the key that the rejection names, in three calls at most', async () => {
    const { emulator, operations, body } = openWorkspace({ seed: knownUser })
    emulator.fault(refused('metadata.seats is invalid'))
    const { losses } = await openWorker().deliver(track({ plan: 'pro', seats: 3 }))
    expect(operations()).toEqual([EVENT, EVENT])
    expect(body()).toMatchObject({ metadata: { plan: 'pro' } })
    expect(losses).toEqual(lost('seats'))
  })

  test('else leaves out nested values', async () => {
    const { emulator, operations, body } = openWorkspace({ seed: knownUser })
    emulator.fault(refused('No'))
    const link = { url: 'https://example.com', value: 'Order' }
    const { losses } = await openWorker().deliver(track({ plan: 'pro', link, revenue: 19.99 }))
    expect(operations()).toEqual([EVENT, EVENT])
    expect(body()).toMatchObject({ metadata: { plan: 'pro' } })
    expect(new Set(losses)).toEqual(new Set(lost('link', 'price')))
  })

  test('submits the event without metadata in the end', async () => {
    const { emulator, operations, body } = openWorkspace({ seed: knownUser })
    emulator.fault({ ...refused('No'), times: 2 })
    const { losses } = await openWorker().deliver(track({ 'a.b': 1, plan: 'pro' }))
    expect(operations()).toEqual([EVENT, EVENT, EVENT])
    expect(body()).toEqual({ event_name: 'Paid', created_at: SECONDS, user_id: 'u1' })
    expect(losses).toEqual(lost('a.b', 'plan'))
    expect(emulator.state.events).toHaveLength(1)
  })

  test.each([
    ['Cannot have more than 120 active event names', { plan: 'pro' }],
    ['No', {}]
  ])('“%s”, which does not depend on metadata, is rejected after one call', async (message, properties) => {
    const { emulator, operations } = openWorkspace({ seed: knownUser })
    emulator.fault({ ...refused(message, 422), times: 9 })
    await expect(openWorker().deliver(track(properties))).rejects.toMatchObject({ status: 422 })
    expect(operations()).toEqual([EVENT])
  })
})

describe.each([
  ['onEvent', ENTRY_POINTS.onEvent],
  ['onBatch', ENTRY_POINTS.onBatch]
])('two events with the same name, person and second in one process, through %s', (_door, send) => {
  const same = [{ path: 'event', reason: 'same-second-event' }]

  test('the second is a loss, because Intercom keeps only one of them', async () => {
    const { emulator, operations } = openWorkspace({ seed: knownUser })
    const worker = openWorker()
    await send(worker, track({ plan: 'pro' }))
    expect((await worker.deliver(track({ plan: 'team' }, 'PAID'))).losses).toEqual(same)
    expect((await worker.deliver(track({}, 'Opened'))).losses).toEqual([])
    expect(operations()).toEqual([EVENT, EVENT])
    expect(emulator.state.events).toMatchObject([{ duplicates: 0 }, { duplicates: 0 }])
  })

  test('also if the second has the person’s address only', async () => {
    openWorkspace({ seed: knownUser })
    const worker = openWorker()
    await send(worker, { type: 'identify', userId: 'u1', traits: { email: 'ada@example.com' } })
    await send(worker, track())
    const byEmail = { type: 'track', event: 'Paid', properties: { email: 'ada@example.com' } } as const
    expect((await worker.deliver(byEmail)).losses).toEqual(same)
  })

  test('a failed event does not prevent its retry', async () => {
    const { emulator } = openWorkspace({ seed: knownUser })
    const worker = openWorker()
    for (const trouble of ['lost-answer', 'dropped'] as const) {
      emulator.fault({ match: { path: '/events' }, trouble })
      await expect(send(worker, track())).rejects.toMatchObject({ status: 503 })
    }
    expect((await worker.deliver(track())).losses).toEqual([])
    expect(emulator.state.events).toHaveLength(1)
  })

  test('an event of another person in the same second is submitted', async () => {
    const { emulator } = openWorkspace({ seed: { contacts: [...knownUser.contacts, { external_id: 'u2' }] } })
    const worker = openWorker()
    await send(worker, track())
    await send(worker, { ...track(), userId: 'u2' })
    expect(emulator.state.events).toHaveLength(2)
  })
})

test('submits one of two concurrent events', async () => {
  const { operations } = openWorkspace({ seed: knownUser })
  const worker = openWorker()
  const reports = await Promise.all([worker.deliver(track()), worker.deliver(track())])
  expect(operations()).toEqual([EVENT])
  expect(reports.flatMap(({ losses }) => losses)).toEqual([{ path: 'event', reason: 'same-second-event' }])
})
