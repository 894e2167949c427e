import { redisState } from '@intercom-destinations/redis-state'
import { isRedisInstalled, startRedis } from '@intercom-destinations/redis-server'
import { openFolder } from '../test-support/open-folder'
import { serveEmulator } from '../test-support/serve-emulator'

const { run, write, remove } = openFolder()
afterAll(remove)

const EVENT = '{"type":"identify","userId":"u1","traits":{"name":"Ada"},"timestamp":"2026-11-09T08:00:00Z"}'
const PASSWORD = 'very-secret'
/** Nothing listens there. */
const NO_REDIS = `redis://:${PASSWORD}@127.0.0.1:1`

beforeAll(async () => {
  // Compiling the client takes longer here than a connection may.
  const state = redisState({ url: NO_REDIS })
  await state.connect().catch(() => undefined)
  await state.close()
})

test('an address that is none is a mistake in the arguments, and its password is not shown', async () => {
  const file = write('a.ndjson', EVENT)
  const { address: url, close } = await serveEmulator()
  const { code, err } = await run(['deliver', file, '--to', url, '--state', `http://:${PASSWORD}@host`])
  await close()
  expect([code, err.includes(PASSWORD)]).toEqual([2, false])
  expect(err).toContain('--state: The address of Redis is not valid. It looks like redis://localhost:6379')
})

test.each([
  ['--state', ['--state', NO_REDIS], {}],
  ['INTERCOM_STATE', [], { INTERCOM_STATE: NO_REDIS }]
])('a Redis of %s that refuses the connection ends the run before anything is sent', async (_name, args, env) => {
  const file = write('a.ndjson', EVENT)
  const { address: url, close, emulator } = await serveEmulator()
  const { code, err } = await run(['deliver', file, '--to', url, ...args], { env })
  await close()
  expect([code, err.includes(PASSWORD), emulator.state.contacts]).toEqual([3, false, []])
  expect(err).toContain(
    'The state cannot be shared. Redis cannot be reached: the connection was refused. Start Redis or correct the address; without --state this process remembers for itself.\nNothing was delivered.'
  )
})

test('the built-in emulator is not shared', async () => {
  const file = write('a.ndjson', EVENT)
  const { code, err } = await run(['deliver', file, '--state', NO_REDIS])
  expect([code, err.split('\n')[0]]).toEqual([
    2,
    '--state belongs to a delivery --to intercom or an address; the built-in emulator is not shared.'
  ])
})

const withRedis = isRedisInstalled ? test : test.skip

withRedis('a delivery with a shared state delivers, and its connection ends with it', async () => {
  const file = write('a.ndjson', EVENT)
  const redis = await startRedis('--requirepass', PASSWORD)
  const { address: url, close, emulator } = await serveEmulator()
  const state = `redis://:${PASSWORD}@127.0.0.1:${redis.port}`
  const { code, err, out } = await run(['deliver', file, '--to', url], { env: { INTERCOM_STATE: state } })
  await close()
  await redis.stop()
  expect([code, (out + err).includes(PASSWORD), emulator.state.contacts.length]).toEqual([0, false, 1])
})
