import type { Row } from '../../contract'
import { openEngine } from '../test-support/open-engine'

const timestamp = '2024-01-02T03:04:05Z'
const toSignUp = (userId: string) => ({
  type: 'identify',
  userId,
  timestamp,
  traits: { email: `${userId}@example.com` }
})

let opened: Awaited<ReturnType<typeof openEngine>>

beforeEach(async () => {
  opened = await openEngine()
})

afterEach(() => opened.close())

test('whoever starts over has an empty Intercom, although somebody was being written at that moment', async () => {
  const { emulator, engine } = opened
  emulator.fault({ trouble: 'slow', ms: 300, times: Infinity, match: { method: 'POST', path: '/contacts' } })
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) engine.submit(toSignUp(name), 'file')
  await new Promise((resolve) => setTimeout(resolve, 100))
  await engine.clear(emulator.reset)
  await engine.idle()
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect([engine.rows(), emulator.state.contacts]).toEqual([[], []])
})

test('what is under way when somebody starts over asks nothing more', async () => {
  const { emulator, engine } = opened
  emulator.fault({ trouble: 'slow', ms: 200, match: { path: '/contacts/search' } })
  engine.submit(toSignUp('old'), 'file')
  await new Promise((resolve) => setTimeout(resolve, 100))
  let asked: string[] = []
  await engine.clear(() => {
    asked = emulator.requests.map(({ path }) => path)
    emulator.reset()
  })
  expect(asked).toEqual(['/contacts/search'])
})

test('an event that comes in while somebody starts over is delivered to the new Intercom', async () => {
  const { emulator, engine } = opened
  emulator.fault({ trouble: 'slow', ms: 300 })
  engine.submit(toSignUp('old'), 'file')
  await new Promise((resolve) => setTimeout(resolve, 100))
  const cleared = engine.clear(emulator.reset)
  const { id } = engine.submit(toSignUp('new'), 'shop')
  await cleared
  await engine.idle()
  expect(engine.rows().map((row) => [row.id, row.cloud.state])).toEqual([[id, 'delivered']])
  expect(emulator.state.contacts.map(({ external_id }) => external_id)).toEqual(['new'])
  expect(engine.trace(id)?.held).toMatchObject([{ title: 'new@example.com', isNew: true }])
})

test('a cleared row is not told of any more', async () => {
  const { emulator, engine } = opened
  const heard: Row[] = []
  engine.listen((rows) => heard.push(...rows))
  engine.submit(toSignUp('told'), 'file')
  await engine.idle()
  await new Promise((resolve) => setTimeout(resolve, 100))
  // Within the gathering of the feed: the row is waiting to be told.
  emulator.fault({ status: 503, times: Infinity })
  engine.submit(toSignUp('cleared'), 'file')
  await engine.clear(emulator.reset)
  await engine.idle()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect([...new Set(heard.map(({ id }) => id))]).toEqual(['e1'])
})

test('after starting over nobody is remembered from before', async () => {
  const { emulator, engine, watch } = opened
  await watch(toSignUp('u1'))
  await engine.clear(emulator.reset)
  const trace = await watch(toSignUp('u1'))
  expect(trace?.cloud.outcome.state).toBe('delivered')
  // A courier that remembers would update a contact that is gone.
  expect(trace?.cloud.subscriptions.flatMap(({ run }) => run?.calls ?? []).map(({ call }) => call)).not.toContainEqual(
    expect.stringMatching(/^PUT/)
  )
  expect(emulator.state.contacts).toHaveLength(1)
})

test('clearing twice at once empties twice, and what fails in one does not stop the other', async () => {
  const { emulator, engine, watch } = opened
  const empty = () => {
    throw new Error('cannot')
  }
  const [first, second] = await Promise.allSettled([engine.clear(empty), engine.clear(emulator.reset)])
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled'])
  expect((await watch(toSignUp('u1')))?.cloud.outcome.state).toBe('delivered')
})
