import { openVirtualEngine } from '../../test-support/open-virtual-engine'
import type { Row } from '../../../contract'

const timestamp = '2024-01-02T03:04:05Z'
const toSignUp = (userId: string) => ({
  type: 'identify',
  userId,
  timestamp,
  traits: { email: `${userId}@example.com` }
})

let opened: ReturnType<typeof openVirtualEngine>

beforeEach(() => {
  opened = openVirtualEngine()
})

afterEach(() => opened.close())

test('starting over leaves an empty Intercom, even while contacts are being written', async () => {
  const { emulator, engine, idle, pass, clock } = opened
  emulator.fault({ trouble: 'slow', ms: 300, times: Infinity, match: { method: 'POST', path: '/contacts' } })
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) engine.submit(toSignUp(name), 'file')
  await pass(100)
  await clock.run(engine.clear(emulator.reset))
  await idle()
  await pass(400)
  expect([engine.rows(), emulator.state.contacts]).toEqual([[], []])
})

test('a delivery that is running when the page starts over makes no further call', async () => {
  const { emulator, engine, pass, clock } = opened
  emulator.fault({ trouble: 'slow', ms: 200, match: { path: '/contacts/search' } })
  engine.submit(toSignUp('old'), 'file')
  await pass(100)
  let asked: string[] = []
  await clock.run(
    engine.clear(() => {
      asked = emulator.requests.map(({ path }) => path)
      emulator.reset()
    })
  )
  expect(asked).toEqual(['/contacts/search'])
})

test('an event that comes in during the reset is delivered to the new Intercom', async () => {
  const { emulator, engine, idle, pass, clock } = opened
  emulator.fault({ trouble: 'slow', ms: 300 })
  engine.submit(toSignUp('old'), 'file')
  await pass(100)
  const cleared = engine.clear(emulator.reset)
  const { id } = engine.submit(toSignUp('new'), 'shop')
  await clock.run(cleared)
  await idle()
  expect(engine.rows().map((row) => [row.id, row.cloud.state])).toEqual([[id, 'delivered']])
  expect(emulator.state.contacts.map(({ external_id }) => external_id)).toEqual(['new'])
  expect(engine.trace(id)?.held).toMatchObject([{ title: 'new@example.com', isNew: true }])
})

test('a cleared row is not published any more', async () => {
  const { clock, emulator, engine, idle, pass } = opened
  const heard: Row[] = []
  engine.listen((rows) => heard.push(...rows))
  engine.submit(toSignUp('published'), 'file')
  await idle()
  await pass(100)
  // Within the feed's gathering time, so the row has not been published yet.
  emulator.fault({ status: 503, times: Infinity })
  engine.submit(toSignUp('cleared'), 'file')
  await clock.run(engine.clear(emulator.reset))
  await idle()
  await pass(100)
  expect([...new Set(heard.map(({ id }) => id))]).toEqual(['e1'])
})

test('after the reset no contact is cached from before', async () => {
  const { emulator, engine, watch, clock } = opened
  await watch(toSignUp('u1'))
  await clock.run(engine.clear(emulator.reset))
  const trace = await watch(toSignUp('u1'))
  expect(trace?.cloud.outcome.state).toBe('delivered')
  // A sender with the old cache would update a contact that is gone.
  expect(trace?.cloud.subscriptions.flatMap(({ run }) => run?.calls ?? []).map(({ call }) => call)).not.toContainEqual(
    expect.stringMatching(/^PUT/)
  )
  expect(emulator.state.contacts).toHaveLength(1)
})

test('two resets at once both run, and a failure of one does not stop the other', async () => {
  const { emulator, engine, watch } = opened
  const empty = () => {
    throw new Error('cannot')
  }
  const [first, second] = await Promise.allSettled([engine.clear(empty), engine.clear(emulator.reset)])
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled'])
  expect((await watch(toSignUp('u1')))?.cloud.outcome.state).toBe('delivered')
})
