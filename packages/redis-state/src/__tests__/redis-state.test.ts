import { LOCK_MS, MAX_AGE_MS, MAX_FIELDS as MOST_FIELDS } from '@intercom-destinations/intercom-cloud'
import { randomUUID } from 'node:crypto'
import { DEFAULT_LOCK_MS, DEFAULT_TTL_MS, MAX_FIELDS } from '../limits'
import { redisState, type RedisState, type RedisStateOptions } from '../redis-state'
import type { ScriptClient } from '../script-client'
import { openOwnClient } from '../test-support/own-client'
import { PATIENT } from '../test-support/patient'
import { isRedisInstalled, startRedis, type RedisServer } from '@intercom-destinations/redis-server'

test('the numbers are those of the interface', () => {
  expect([DEFAULT_TTL_MS, MAX_FIELDS, DEFAULT_LOCK_MS]).toEqual([MAX_AGE_MS, MOST_FIELDS, LOCK_MS])
})

describe('options', () => {
  test.each(['localhost:6379', 'http://user:secret@host', 'redis://', 'redis://user:secret@host:port'])(
    'an address that is none is refused without its password: %s',
    (url) => {
      expect(() => redisState({ url })).toThrow(
        'The address of Redis is not valid. It looks like redis://localhost:6379 or rediss://user:password@host:6380/0.'
      )
    }
  )

  const client: ScriptClient = { run: () => Promise.resolve('') }
  test.each([
    ['prefix', { prefix: 'a{b}' }, 'The prefix of the keys must not be empty, or contain spaces, { or }.'],
    ['ttl', { ttl: 0 }, 'ttl must be a whole number of milliseconds.'],
    ['lockMs', { lockMs: 0.5 }, 'lockMs must be a whole number of milliseconds.']
  ])('a wrong %s is refused', (_name, options, message) => {
    expect(() => redisState({ client, ...options })).toThrow(message)
  })
})

describe('what a server tells about itself', () => {
  const openTold = (description: unknown) => {
    const warnings: string[] = []
    const client: ScriptClient = {
      run: (script) => Promise.resolve(script.includes('INFO') ? description : ['1700000000000', 'epoch', []])
    }
    return { state: redisState({ client, onWarning: (text) => void warnings.push(text) }), warnings }
  }

  test('a server that may drop keys is warned of, once', async () => {
    const { state, warnings } = openTold('redis_version:7.0.15\r\nmaxmemory_policy:allkeys-lru\r\n')
    await Promise.all([state.connect(), state.forWorkspace('w').read([])])
    await state.forWorkspace('w').read([])
    expect(warnings).toEqual([
      'Redis has the eviction policy allkeys-lru. When it is full it drops what the processes remember, locks included: events of one person can overtake each other. Set maxmemory-policy to noeviction.'
    ])
  })

  test.each([
    ['a server that keeps all keys', 'redis_version:6.2.0\r\nmaxmemory_policy:noeviction\r\n'],
    ['a hosted server that tells nothing', ''],
    ['a proxy that answers something else', null]
  ])('%s is used without a word', async (_name, description) => {
    const { state, warnings } = openTold(description)
    await state.forWorkspace('w').read([])
    expect(warnings).toEqual([])
  })

  test.each(['6.0.16', '5.0.7'])('version %s is too old for the scripts', async (version) => {
    const { state } = openTold(`redis_version:${version}\r\n`)
    await expect(state.forWorkspace('w').read([])).rejects.toThrow('Redis is older than 6.2, which the scripts need.')
  })

  test.each([
    ['a text', 'OK'],
    ['no time', [null, 'epoch', []]],
    ['records that are none', ['1', 'epoch', 'x']]
  ])('a reply that is not the script’s is refused: %s', async (_name, reply) => {
    const client: ScriptClient = { run: (script) => Promise.resolve(script.includes('INFO') ? '' : reply) }
    await expect(redisState({ client }).forWorkspace('w').read([])).rejects.toThrow(
      'Redis returned something else than the script returns.'
    )
  })
})

const withRedis = isRedisInstalled ? describe : describe.skip

withRedis('what is in Redis', () => {
  let server: RedisServer
  const opened: RedisState[] = []
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(async () => {
    await Promise.all(opened.map((state) => state.close()))
    await server.stop()
  })
  const open = (options: Partial<RedisStateOptions> = {}) => {
    const state = redisState({ ...PATIENT, url: server.url, ...options, client: undefined })
    opened.push(state)
    return state
  }
  const keysOf = async (id: string) =>
    [...(await server.command('KEYS', `*${id}*`)).matchAll(/^intercom\S+/gm)].map(([key]) => key).sort()

  test('all keys of a workspace have a version and one hash tag, for a cluster', async () => {
    const id = randomUUID()
    const state = open().forWorkspace(id)
    const lock = await state.lock(['person 1'], [])
    await state.merge([{ record: 'contact-1', field: 'a', value: 'b' }])
    await state.takeCall()
    expect(await keysOf(id)).toEqual([
      `intercom:1:{${id}}:calls`,
      `intercom:1:{${id}}:lock:person`,
      `intercom:1:{${id}}:meta`,
      `intercom:1:{${id}}:record:contact-1`,
      `intercom:1:{${id}}:window`
    ])
    await lock?.end([], true)
  })

  test('every key ends by itself, and a record lives on with each change', async () => {
    const id = randomUUID()
    const state = open({ ttl: 5000, lockMs: 1000 }).forWorkspace(id)
    await state.lock(['p'], [])
    await state.merge([{ record: 'r', field: 'a', value: 'b' }])
    await state.takeCall()
    const lifeOf = async (key: string) => Number((await server.command('PTTL', key)).slice(1))
    const lives = await Promise.all((await keysOf(id)).map(lifeOf))
    expect(lives.map((life) => life > 3000 && life <= 6000)).toEqual([true, true, true, true, true])
    const record = `intercom:1:{${id}}:record:r`
    await server.command('PEXPIRE', record, '1000')
    await state.merge([{ record: 'r', field: 'a', value: 'older', stamp: 1 }])
    expect(await lifeOf(record)).toBeGreaterThan(3000)
  })

  test('what Redis has lost shows in the epoch', async () => {
    const id = randomUUID()
    const [one, other] = [open().forWorkspace(id), open().forWorkspace(id)]
    const { epoch } = await one.read([])
    expect([epoch === '', (await other.read([])).epoch === epoch]).toEqual([false, true])
    await server.command('DEL', `intercom:1:{${id}}:meta`)
    const later = await other.read([])
    expect([later.epoch === epoch, (await one.read([])).epoch === later.epoch]).toEqual([false, true])
  })

  test('a server whose clock goes back, or a failover to one that is behind, does not turn stamps back', async () => {
    const id = randomUUID()
    const state = open().forWorkspace(id)
    await server.command('HSET', `intercom:1:{${id}}:meta`, 'clock', '9000000000000')
    expect(await state.merge([{ record: 'r', field: 'a', value: 'b' }])).toBe(9_000_000_000_001)
    expect((await state.read([])).now).toBe(9_000_000_000_001)
  })

  test('a window that a clock set far ahead is cut to one window', async () => {
    const id = randomUUID()
    const state = open().forWorkspace(id)
    await server.command('HSET', `intercom:1:{${id}}:window`, 'limit', '3', 'remaining', '0', 'reset', '9000000000000')
    expect(await state.takeCall()).toBe(10_000)
  })

  test('the calls of a process that died are counted for 15 seconds, and not for ever', async () => {
    const id = randomUUID()
    const [one, other] = [open().forWorkspace(id), open().forWorkspace(id)]
    const now = (await one.read([])).now
    const calls = `intercom:1:{${id}}:calls`
    await server.command('HSET', calls, 'dead', `2 ${now - 16_000}`, 'busy', `1 ${now - 14_000}`, 'broken', 'x')
    await one.takeCall()
    await one.endCall({ limit: 3, remaining: 3, resetAt: now + 9000 })
    expect([await one.takeCall(), await one.takeCall(), (await other.takeCall()) > 0]).toEqual([0, 0, true])
    expect((await server.command('HKEYS', calls)).match(/dead|busy|broken/g)).toEqual(['busy'])
  })

  test('a hundred calls take few round trips while many are left, and one each at the end', async () => {
    const { client, seen, close } = await openOwnClient(server.url)
    const state = redisState({ client }).forWorkspace(randomUUID())
    const takeAll = async (count: number) => {
      const before = seen.scripts
      for (let index = 0; index < count; index += 1) await state.takeCall()
      return seen.scripts - before
    }
    await state.takeCall()
    await state.endCall({ limit: 1667, remaining: 1600, resetAt: Date.now() + 9000 })
    expect(await takeAll(100)).toBeLessThan(15)
    await state.endCall({ limit: 1667, remaining: 49, resetAt: Date.now() + 9500 })
    await state.takeCall()
    const before = seen.scripts
    await Promise.all(Array.from({ length: 20 }, async () => state.takeCall()))
    expect(seen.scripts - before).toBeLessThanOrEqual(2)
    close()
  })

  test('fields that cannot be read are left out, and replaced', async () => {
    const id = randomUUID()
    const state = open().forWorkspace(id)
    await server.command('HSET', `intercom:1:{${id}}:record:r`, 'a', 'junk', 'b', '5 x')
    expect([...((await state.read(['r'])).get('r')?.keys() ?? [])]).toEqual(['b'])
    await state.merge([{ record: 'r', field: 'a', value: 'new', stamp: 1 }])
    expect((await state.read(['r'])).get('r')?.get('a')).toEqual({ stamp: 1, value: 'new' })
  })

  test('a stamp that is no number is refused', async () => {
    const merge = open()
      .forWorkspace('w')
      .merge([{ record: 'r', field: 'a', value: 'b', stamp: Number.NaN }])
    await expect(Promise.resolve(merge)).rejects.toThrow('A stamp must be a finite number.')
  })

  test('an own client does the same, and stays open', async () => {
    const { client, close } = await openOwnClient(server.url)
    const state = redisState({ client })
    const id = randomUUID()
    await state.forWorkspace(id).merge([{ record: 'r', field: 'a', value: 'b' }])
    await state.close()
    expect((await open().forWorkspace(id).read(['r'])).get('r')?.get('a')?.value).toBe('b')
    expect(await client.run('return 1', ['k'], [])).toBe(1)
    close()
  })
})
