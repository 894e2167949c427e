import { randomUUID } from 'node:crypto'
import { RedisConnection } from '../redis-connection'
import { redisState, type RedisState } from '../redis-state'
import { READ } from '../scripts'
import { isRedisInstalled, startRedis, type RedisServer } from '@intercom-destinations/redis-server'
import { until } from '../test-support/until'

const withRedis = isRedisInstalled ? describe : describe.skip

/** What a caller gets while Redis is away, so that it can go on without it. */
withRedis('faults of Redis', () => {
  const servers: RedisServer[] = []
  const states: RedisState[] = []
  const start = async (...options: readonly string[]) => {
    const server = await startRedis(...options)
    servers.push(server)
    return server
  }
  const open = (url: string) => {
    const state = redisState({ url })
    states.push(state)
    return state
  }
  const works = (state: RedisState) =>
    until(() =>
      Promise.resolve(state.forWorkspace('w').read([])).then(
        () => true,
        () => false
      )
    )

  afterEach(async () => {
    await Promise.all(states.splice(0).map((state) => state.close()))
    await Promise.all(servers.splice(0).map((server) => server.stop()))
  })

  test('a Redis that is not there is said at once, and used when it comes', async () => {
    const server = await start()
    await server.stop()
    const state = open(server.url)
    const refused = 'Redis cannot be reached: the connection was refused.'
    await expect(state.connect()).rejects.toThrow(refused)
    const workspace = state.forWorkspace(randomUUID())
    await expect(Promise.resolve(workspace.read([]))).rejects.toThrow(refused)
    await expect(Promise.resolve(workspace.lock(['p'], []))).rejects.toThrow(refused)
    await expect(Promise.resolve(workspace.merge([]))).rejects.toThrow(refused)
    await expect(Promise.resolve(workspace.takeCall())).rejects.toThrow(refused)
    await workspace.endCall()
    await server.start()
    await works(state)
  })

  test('a host that does not exist is said', async () => {
    await expect(open('redis://redis.invalid').connect()).rejects.toThrow('Redis cannot be reached: no such host.')
  })

  test('a frozen Redis ends every command at the deadline, and is used when it thaws', async () => {
    const server = await start()
    const state = open(server.url)
    await state.connect()
    server.freeze()
    const startedAt = performance.now()
    const workspace = state.forWorkspace('w')
    const results = await Promise.allSettled([workspace.read([]), workspace.merge([]), workspace.takeCall()])
    const seconds = (performance.now() - startedAt) / 1000
    expect(results.map((result) => (result.status === 'rejected' ? String(result.reason) : 'done'))).toEqual(
      Array(3).fill('RedisStateError: Redis did not answer within 200 ms.')
    )
    expect(seconds).toBeLessThan(2)
    server.thaw()
    await works(state)
  })

  test('a connection whose other end is gone without a word is replaced', async () => {
    const server = await start()
    const connection = new RedisConnection(server.url, 20)
    const read = () => connection.run(READ, ['intercom:1:{w}:meta'], ['1000', 'epoch', 'p'])
    await read()
    server.freeze()
    const unanswered = read().catch((error: unknown) => String(error))
    const frozenAt = performance.now()
    await until(() => Promise.resolve(performance.now() - frozenAt > 20))
    await expect(read()).rejects.toThrow('Redis cannot be reached: no answer.')
    expect(await unanswered).toContain('Disconnects client')
    server.thaw()
    await until(() =>
      read().then(
        () => true,
        () => false
      )
    )
    connection.close()
  })

  test('a restarted Redis is used again, and its loss shows in the epoch', async () => {
    const server = await start()
    const state = open(server.url)
    const workspace = state.forWorkspace('w')
    const { epoch } = await workspace.read([])
    await workspace.merge([{ record: 'r', field: 'a', value: 'b' }])
    await server.stop()
    await expect(Promise.resolve(workspace.read([]))).rejects.toThrow('Redis cannot be reached')
    await server.start()
    await works(state)
    const snapshot = await workspace.read(['r'])
    expect([snapshot.get('r'), snapshot.epoch === epoch]).toEqual([undefined, false])
  })

  test('a full Redis is said, nothing is changed in part, and locks still end', async () => {
    const server = await start('--maxmemory-policy', 'noeviction')
    const state = open(server.url)
    const workspace = state.forWorkspace('w')
    const lock = await workspace.lock(['p'], [])
    await server.command('CONFIG', 'SET', 'maxmemory', '1')
    const full = 'Redis is full: it has reached its maxmemory.'
    await expect(Promise.resolve(workspace.merge([{ record: 'r', field: 'a', value: 'b' }]))).rejects.toThrow(full)
    await expect(Promise.resolve(workspace.lock(['q', 's'], []))).rejects.toThrow(full)
    await expect(Promise.resolve(workspace.takeCall())).rejects.toThrow(full)
    expect((await workspace.read(['r'])).get('r')).toBeUndefined()
    await lock?.end([], true)
    await server.command('CONFIG', 'SET', 'maxmemory', '0')
    const locked = await Promise.all(['p', 'q', 's'].map(async (name) => workspace.lock([name], [])))
    expect(locked.map((one) => one?.isUnsettled)).toEqual([false, false, false])
  })

  test.each(['wrong', ''])('a password that is refused is said, and not shown: "%s"', async (password) => {
    const server = await start('--requirepass', 'right')
    const connected = open(`redis://:${password}@127.0.0.1:${server.port}`).connect()
    await expect(connected).rejects.toThrow('Redis does not accept the user name or the password.')
    await expect(open(`redis://:right@127.0.0.1:${server.port}`).connect()).resolves.toBeUndefined()
  })

  test('a server that may drop keys is recognised', async () => {
    const server = await start('--maxmemory-policy', 'volatile-ttl')
    const warnings: string[] = []
    const state = redisState({ url: server.url, onWarning: (text) => void warnings.push(text) })
    await state.connect()
    await state.close()
    expect(warnings).toEqual([expect.stringContaining('Redis has the eviction policy volatile-ttl.')])
  })

  test('after it is closed, everything is refused, and closing again does no harm', async () => {
    const server = await start()
    const state = open(server.url)
    await state.connect()
    await state.close()
    await expect(Promise.resolve(state.forWorkspace('w').read([]))).rejects.toThrow('The state is closed.')
    await state.close()
    const unused = redisState({ url: server.url })
    await unused.close()
    await expect(unused.connect()).rejects.toThrow('The state is closed.')
  })
})
