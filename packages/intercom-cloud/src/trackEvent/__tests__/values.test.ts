import { deliver, openWorkspace, SECONDS, TIMESTAMP, withoutNetwork } from '../../test-support/workspace'

withoutNetwork()

const track = { type: 'track', userId: 'u1', event: 'Opened', timestamp: TIMESTAMP, properties: {} } as const
const knownUser = { contacts: [{ role: 'user', external_id: 'u1', email: 'ada@example.com' }] } as const

/** Delivers with another mapping of Event Time; returns the body and the losses. */
async function deliverWith(mapping: Parameters<typeof deliver>[1], piece: Parameters<typeof deliver>[0] = track) {
  const { body } = openWorkspace({ seed: knownUser })
  const { losses, doubtful } = await deliver(piece, mapping)
  return { body: body(), losses, doubtful }
}

it.each([
  ['2024-13-45', 'not-a-date'],
  ['03/04/2024', 'not-a-date'],
  ['2024', 'not-a-date'],
  ['0001-01-01', 'out-of-range'],
  ['1965-05-01', 'out-of-range']
])('submits an event with the mapped event time %p', async (created_at, reason) => {
  expect(await deliverWith({ mapping: { created_at } })).toMatchObject({
    body: { event_name: 'Opened', created_at: SECONDS },
    losses: [{ path: 'created_at', reason }]
  })
})

it('reports an unreadable time of the event and uses the mapped one', async () => {
  expect(await deliverWith({ mapping: { event_time: 'yesterday' } })).toMatchObject({
    body: { created_at: SECONDS },
    losses: [{ path: 'event_time', reason: 'not-a-date' }]
  })
})

it('reports an invalid address although the user id identifies the person', async () => {
  const piece = { ...track, properties: { email: 'yesterday', plan: 'pro' } }
  expect(await deliverWith({}, piece)).toMatchObject({
    body: { user_id: 'u1', metadata: { plan: 'pro' } },
    losses: [{ path: 'email', reason: 'not-an-email' }]
  })
})

it.each([
  ['2024-01-02 03:04:05 UTC'],
  ['2024-01-02 03:04:05 +0000 UTC'],
  ['Tue Jan 02 2024 04:04:05 GMT+0100 (Central European Standard Time)'],
  ['Tue, 02 Jan 2024 05:04:05 +0200'],
  ['Tue Jan 02 03:04:05 UTC 2024'],
  ['2024-01-02 03:04:05.1234567+00:00'],
  ['Jan 2, 2024 3:04:05 AM']
])('submits an event of %p with its time', async (timestamp) => {
  expect(await deliverWith({}, { ...track, timestamp })).toMatchObject({ body: { created_at: SECONDS }, losses: [] })
})
