import type { JSONObject } from '@segment/actions-core'
import { DOORS, openWorker, openWorkspace, SECONDS, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

const EVENT = 'POST /events'
const someone = { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] } as const

const track = (properties: JSONObject = {}, event = 'Paid') =>
  ({ type: 'track', userId: 'u1', event, properties }) as const

const refused = (message: string, status = 400) => ({
  match: { path: '/events' },
  status,
  body: { type: 'error.list', errors: [{ code: 'parameter_invalid', message }] }
})

const lost = (...keys: string[]) => keys.map((key) => ({ path: `metadata.${key}`, reason: 'refused-by-intercom' }))

describe('4.14: metadata that Intercom refuses does not cost the event', () => {
  test.each([400, 422])('keys that Intercom’s help forbids are sent, and left out after a %i', async (status) => {
    const { emulator, operations, body } = openWorkspace({ seed: someone })
    emulator.fault(refused('Invalid metadata', status))
    const properties = { 'cart.size': 2, $device: 'phone', Plan: 'pro', plan: 'team', seats: 3 }
    const { losses, doubtful } = await openWorker().deliver(track(properties))
    expect(operations()).toEqual([EVENT, EVENT])
    expect(emulator.requests[0]?.body).toMatchObject({ metadata: properties })
    expect(body()).toMatchObject({ event_name: 'Paid', metadata: { Plan: 'pro', seats: 3 } })
    expect(losses).toEqual(lost('cart.size', '$device', 'plan'))
    expect(doubtful).toEqual([])
  })

  test('what is refused without such keys: the one that is named, in three calls at most', async () => {
    const { emulator, operations, body } = openWorkspace({ seed: someone })
    emulator.fault(refused('metadata.seats is invalid'))
    const { losses } = await openWorker().deliver(track({ plan: 'pro', seats: 3 }))
    expect(operations()).toEqual([EVENT, EVENT])
    expect(body()).toMatchObject({ metadata: { plan: 'pro' } })
    expect(losses).toEqual(lost('seats'))
  })

  test('else the values of more than one part', async () => {
    const { emulator, operations, body } = openWorkspace({ seed: someone })
    emulator.fault(refused('No'))
    const link = { url: 'https://example.com', value: 'Order' }
    const { losses } = await openWorker().deliver(track({ plan: 'pro', link, revenue: 19.99 }))
    expect(operations()).toEqual([EVENT, EVENT])
    expect(body()).toMatchObject({ metadata: { plan: 'pro' } })
    expect(new Set(losses)).toEqual(new Set(lost('link', 'price')))
  })

  test('in the end the event arrives without any', async () => {
    const { emulator, operations, body } = openWorkspace({ seed: someone })
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
  ])('“%s”, which no metadata could mend, is refused after one call', async (message, properties) => {
    const { emulator, operations } = openWorkspace({ seed: someone })
    emulator.fault({ ...refused(message, 422), times: 9 })
    await expect(openWorker().deliver(track(properties))).rejects.toMatchObject({ status: 422 })
    expect(operations()).toEqual([EVENT])
  })
})

describe.each([
  ['onEvent', DOORS.onEvent],
  ['onBatch', DOORS.onBatch]
])('6.6: two events of one name, person and second in calls of one process, through %s', (_door, send) => {
  const same = [{ path: 'event', reason: 'same-second-event' }]

  test('the second is a loss, because Intercom keeps one of them', async () => {
    const { emulator, operations } = openWorkspace({ seed: someone })
    const worker = openWorker()
    await send(worker, track({ plan: 'pro' }))
    expect((await worker.deliver(track({ plan: 'team' }, 'PAID'))).losses).toEqual(same)
    expect((await worker.deliver(track({}, 'Opened'))).losses).toEqual([])
    expect(operations()).toEqual([EVENT, EVENT])
    expect(emulator.state.events).toMatchObject([{ duplicates: 0 }, { duplicates: 0 }])
  })

  test('also where the second names the person by the address', async () => {
    openWorkspace({ seed: someone })
    const worker = openWorker()
    await send(worker, { type: 'identify', userId: 'u1', traits: { email: 'ada@example.com' } })
    await send(worker, track())
    const byEmail = { type: 'track', event: 'Paid', properties: { email: 'ada@example.com' } } as const
    expect((await worker.deliver(byEmail)).losses).toEqual(same)
  })

  test('an event that did not go out does not stop the same one from being sent again', async () => {
    const { emulator } = openWorkspace({ seed: someone })
    const worker = openWorker()
    for (const trouble of ['lost-answer', 'dropped'] as const) {
      emulator.fault({ match: { path: '/events' }, trouble })
      await expect(send(worker, track())).rejects.toMatchObject({ status: 503 })
    }
    expect((await worker.deliver(track())).losses).toEqual([])
    expect(emulator.state.events).toHaveLength(1)
  })

  test('another person’s event of that second is another event', async () => {
    const { emulator } = openWorkspace({ seed: { contacts: [...someone.contacts, { external_id: 'u2' }] } })
    const worker = openWorker()
    await send(worker, track())
    await send(worker, { ...track(), userId: 'u2' })
    expect(emulator.state.events).toHaveLength(2)
  })
})

test('6.6: two at the same moment: one goes out', async () => {
  const { operations } = openWorkspace({ seed: someone })
  const worker = openWorker()
  const reports = await Promise.all([worker.deliver(track()), worker.deliver(track())])
  expect(operations()).toEqual([EVENT])
  expect(reports.flatMap(({ losses }) => losses)).toEqual([{ path: 'event', reason: 'same-second-event' }])
})
