import { openEngine } from '../../test-support/open-engine'

const timestamp = '2024-01-02T03:04:05Z'
const signUp = { type: 'identify', userId: 'u1', timestamp, traits: { email: 'ada@example.com' } }

let opened: Awaited<ReturnType<typeof openEngine>>

beforeAll(async () => {
  opened = await openEngine()
  await opened.watch(signUp)
})

afterAll(() => opened.close())

test('an event from PHP, whose properties are an empty list, is delivered by both halves', async () => {
  const trace = await opened.watch({ type: 'track', userId: 'u1', event: 'Paid', timestamp, properties: [] })
  expect([trace?.web.outcome, trace?.cloud.outcome]).toMatchObject([
    { state: 'delivered', losses: 0 },
    { state: 'delivered', losses: 0 }
  ])
  // The event is shown as it came in.
  expect(trace?.event).toMatchObject({ properties: [] })
})

test('traits that are a string are a loss on both halves, and the person is delivered', async () => {
  const trace = await opened.watch({ type: 'identify', userId: 'u2', timestamp, traits: 'text' })
  const losses = [trace?.web, trace?.cloud].map((side) => side?.subscriptions.flatMap(({ run }) => run?.losses ?? []))
  expect(losses).toMatchObject([
    [{ path: 'traits', reason: 'not-an-object' }],
    [{ path: 'traits', reason: 'not-an-object' }]
  ])
  expect(trace?.cloud.outcome).toMatchObject({ state: 'delivered', losses: 1, doubtful: 0 })
  expect(trace?.differences).toEqual([])
})

test('an unreadable time is replaced by the next one, which is doubtful and no loss', async () => {
  const trace = await opened.watch({
    type: 'track',
    userId: 'u1',
    event: 'Opened',
    timestamp: 'safaff',
    originalTimestamp: '2024-01-03T00:00:00Z'
  })
  expect(trace?.cloud.outcome).toMatchObject({ state: 'delivered', losses: 0, doubtful: 1 })
  const runs = trace?.cloud.subscriptions.flatMap(({ run }) => run ?? [])
  expect(runs).toMatchObject([
    {
      payload: { created_at: '2024-01-03T00:00:00Z' },
      doubtful: [{ path: 'timestamp', reason: 'other-time', text: expect.stringContaining('next time of the event') }]
    }
  ])
})

test('an identify without traits gets those of its context, with a note', async () => {
  const trace = await opened.watch({ type: 'identify', userId: 'u3', timestamp, context: { traits: { name: 'Bo' } } })
  expect(trace?.notes).toEqual([expect.stringContaining('those of its context were read')])
  expect(opened.emulator.state.contacts.find(({ external_id }) => external_id === 'u3')).toMatchObject({ name: 'Bo' })
})

test('a value that Segment’s validation would refuse is left out without the rest of the event', async () => {
  const { cloud } = opened.around.configuration
  const [identify] = cloud.subscriptions
  if (!identify) throw new Error('there is a preset')
  const mapping = { ...identify.mapping, phone: { '@path': '$.traits.numbers' } }
  opened.change('cloud', { subscriptions: [{ ...identify, mapping }] })
  const trace = await opened.watch({
    ...signUp,
    userId: 'u4',
    traits: { email: 'bo@example.com', numbers: [{ kind: 'home' }] }
  })
  opened.change('cloud', { subscriptions: cloud.subscriptions })
  expect(trace?.cloud.outcome.state).toBe('delivered')
  const losses = trace?.cloud.subscriptions.flatMap(({ run }) => run?.losses ?? [])
  expect(losses).toContainEqual(expect.objectContaining({ path: 'phone', reason: 'not-text' }))
})
