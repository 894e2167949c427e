import type { Lock, WorkspaceState } from '@intercom-destinations/intercom-cloud'
import { randomUUID } from 'node:crypto'
import { redisState, type RedisState, type RedisStateOptions } from '../redis-state'
import { openOwnClient } from '../test-support/own-client'
import { PATIENT } from '../test-support/patient'
import { isRedisInstalled, startRedis, type RedisServer } from '@intercom-destinations/redis-server'
import { until } from '../test-support/until'

/** Locks of several processes, which end by the clock of Redis. */
const withRedis = isRedisInstalled ? describe : describe.skip

withRedis('locks in Redis', () => {
  let server: RedisServer
  const opened: RedisState[] = []
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(async () => {
    await Promise.all(opened.map((state) => state.close()))
    await server.stop()
  })

  function open(options: Partial<RedisStateOptions> = {}): RedisState {
    const state = redisState({ ...PATIENT, url: server.url, ...options, client: undefined })
    opened.push(state)
    return state
  }

  /** Long enough that a busy machine does the next step in time. */
  const SHORT_MS = 500
  function openTwo(lockMs = SHORT_MS): [WorkspaceState, WorkspaceState] {
    const id = randomUUID()
    return [open({ lockMs }).forWorkspace(id), open({ lockMs }).forWorkspace(id)]
  }

  async function held(lock: ReturnType<WorkspaceState['lock']>): Promise<Lock> {
    const result = await lock
    if (!result) throw new Error('The names are locked.')
    return result
  }
  const untilLocked = (state: WorkspaceState, names: readonly string[], records: readonly string[] = []) =>
    until(async () => state.lock(names, records))

  test('a name whose holder died is free after its time, and its next holder knows', async () => {
    const [dying, other] = openTwo()
    await held(dying.lock(['person 1'], []))
    expect(await other.lock(['person 1'], [])).toBeUndefined()
    const lock = await untilLocked(other, ['person 1'])
    expect(lock.isUnsettled).toBe(true)
    await lock.end([], true)
    expect((await held(dying.lock(['person 1'], []))).isUnsettled).toBe(false)
  })

  test('a name that was left unsettled stays locked for others until its time is over', async () => {
    const [one, other] = openTwo(1000)
    await (await held(one.lock(['person 1'], []))).end([], false)
    expect(await other.lock(['person 1'], [])).toBeUndefined()
    const again = await held(one.lock(['person 1'], []))
    expect([again.isUnsettled, await other.lock(['person 1'], [])]).toEqual([true, undefined])
    await again.end([], true)
    expect((await held(other.lock(['person 1'], []))).isUnsettled).toBe(false)
  })

  test('one name of several that was left unsettled makes the lock unsettled', async () => {
    const [one, other] = openTwo()
    await (await held(one.lock(['person 1'], []))).end([], false)
    const lock = await untilLocked(other, ['company 1', 'person 1'])
    expect(lock.isUnsettled).toBe(true)
  })

  test('a lock that is kept outlives its first time', async () => {
    const [one, other] = openTwo()
    const lock = await held(one.lock(['person 1'], []))
    expect(await lock.keep(60_000)).toBe(true)
    const clock = Date.now()
    await until(() => Promise.resolve(Date.now() - clock > 2 * SHORT_MS))
    expect(await other.lock(['person 1'], [])).toBeUndefined()
    // Less than it has already: it is not shortened.
    expect(await lock.keep(1)).toBe(true)
    await until(() => Promise.resolve(Date.now() - clock > 3 * SHORT_MS))
    expect(await other.lock(['person 1'], [])).toBeUndefined()
  })

  test('a lost lock cannot be kept, and its end frees no name of its next holder', async () => {
    const [slow, other] = openTwo()
    const lost = await held(slow.lock(['person 1', 'person 2'], []))
    const next = await untilLocked(other, ['person 1'])
    await next.keep(60_000)
    expect(await lost.keep(1000)).toBe(false)
    await lost.end([{ record: 'contact 1', field: 'name', value: 'Ada' }], true)
    // What it learned is true all the same.
    expect((await other.read(['contact 1'])).get('contact 1')?.get('name')?.value).toBe('Ada')
    expect(await slow.lock(['person 1'], [])).toBeUndefined()
    expect((await held(other.lock(['person 2'], []))).isUnsettled).toBe(false)
  })

  test('a call without an answer is told to the next holder, also when the lock was lost and taken in between', async () => {
    const [slow, other] = openTwo()
    const lost = await held(slow.lock(['person 1'], []))
    await (await untilLocked(other, ['person 1'])).end([], true)
    await lost.end([], false)
    expect((await held(other.lock(['person 1'], []))).isUnsettled).toBe(true)
  })

  test('a lock whose end did not reach Redis does not lock out its own process', async () => {
    const { client, seen, close } = await openOwnClient(server.url)
    const id = randomUUID()
    const one = redisState({ client }).forWorkspace(id)
    const other = open().forWorkspace(id)
    const lock = await held(one.lock(['person 1'], []))
    seen.failing = true
    await expect(lock.end([], true)).rejects.toThrow('Redis cannot be reached: the connection was refused.')
    seen.failing = false
    expect(await other.lock(['person 1'], [])).toBeUndefined()
    expect((await held(one.lock(['person 1'], []))).isUnsettled).toBe(true)
    close()
  })

  test('a lock that came after the deadline is freed', async () => {
    const id = randomUUID()
    const one = open({ lockMs: 60_000, deadlineMs: 200 }).forWorkspace(id)
    const other = open().forWorkspace(id)
    await Promise.all([one.read([]), other.read([])])
    server.freeze()
    await expect(one.lock(['person 1'], [])).rejects.toThrow('Redis did not answer within 200 ms.')
    server.thaw()
    const lock = await untilLocked(other, ['person 1'])
    expect(lock.isUnsettled).toBe(false)
  })
})
