import {
  isLater,
  MAX_FIELDS,
  MemoryState,
  type Change,
  type Lock,
  type WorkspaceState
} from '@intercom-destinations/intercom-cloud'
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { redisState, type RedisState } from '../redis-state'
import { isRedisInstalled, startRedis, type RedisServer } from '@intercom-destinations/redis-server'
import { PATIENT } from '../test-support/patient'
import { until } from '../test-support/until'

/** What a store promises (intercom-cloud, `state-store.ts`), asked of every driver. */

let server: RedisServer | undefined
const opened: RedisState[] = []

beforeAll(async () => {
  if (isRedisInstalled) server = await startRedis()
})
afterAll(async () => {
  await Promise.all(opened.map((state) => state.close()))
  await server?.stop()
})

function openRedis(): RedisState {
  const state = redisState({ ...PATIENT, url: server?.url ?? '' })
  opened.push(state)
  return state
}

interface Workspaces {
  readonly one: WorkspaceState
  /** The same workspace through another connection, where there are connections. */
  readonly other: WorkspaceState
  /** Another workspace of the same store. */
  readonly foreign: WorkspaceState
}

let redisStates: readonly [RedisState, RedisState] | undefined

function openInRedis(): Workspaces {
  redisStates ??= [openRedis(), openRedis()]
  const [one, other] = redisStates
  const id = randomUUID()
  return { one: one.forWorkspace(id), other: other.forWorkspace(id), foreign: one.forWorkspace(randomUUID()) }
}

function openInMemory(): Workspaces {
  const state = new MemoryState(Date.now)
  return { one: state.forWorkspace('a'), other: state.forWorkspace('a'), foreign: state.forWorkspace('b') }
}

const drivers: readonly (readonly [string, () => Workspaces])[] = [
  ['memory', openInMemory],
  ...(isRedisInstalled ? ([['Redis', openInRedis]] as const) : [])
]

if (!isRedisInstalled) test.skip('Redis: no redis-server is installed, so its driver was not tested', () => undefined)

const change = (record: string, field: string, value: string, stamp?: number): Change => ({
  record,
  field,
  value,
  ...(stamp === undefined ? {} : { stamp })
})

async function held(lock: ReturnType<WorkspaceState['lock']>): Promise<Lock> {
  const result = await lock
  if (!result) throw new Error('The names are locked.')
  return result
}

describe.each(drivers)('%s', (_name, open) => {
  describe('records', () => {
    test('a value that one process merged is read by another', async () => {
      const { one, other } = open()
      const stamp = await one.merge([change('contact 1', 'name', 'Ada'), change('contact 1', 'plan', '', 7)])
      const record = (await other.read(['contact 1'])).get('contact 1')
      expect(record).toEqual(
        new Map([
          ['name', { stamp, value: 'Ada' }],
          ['plan', { stamp: 7, value: '' }]
        ])
      )
    })

    test('a record that is not there is undefined', async () => {
      expect((await open().one.read(['contact 1'])).get('contact 1')).toBeUndefined()
    })

    test('a workspace sees nothing of another', async () => {
      const { one, foreign } = open()
      await one.merge([change('contact 1', 'name', 'Ada')])
      expect((await foreign.read(['contact 1'])).get('contact 1')).toBeUndefined()
    })

    test('values keep spaces, signs of other languages and line ends', async () => {
      const { one, other } = open()
      await one.merge([change('tag ä', 'a field', ' 1 2\n"é"{} ', 1)])
      expect((await other.read(['tag ä'])).get('tag ä')?.get('a field')).toEqual({ stamp: 1, value: ' 1 2\n"é"{} ' })
    })

    test('fields of other releases are left alone', async () => {
      const { one, other } = open()
      await one.merge([change('contact 1', 'new in a later release', 'x', 1)])
      await other.merge([change('contact 1', 'name', 'Ada', 1)])
      expect([...((await one.read(['contact 1'])).get('contact 1')?.keys() ?? [])].sort()).toEqual([
        'name',
        'new in a later release'
      ])
    })

    test('every merge has a later stamp than those before, by whichever process', async () => {
      const { one, other } = open()
      const stamps: number[] = []
      for (const state of [one, other, one, other]) stamps.push(await state.merge([change('contact 1', 'a', 'b')]))
      expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b))
    })

    test('an older value does not replace a newer one, even when it comes later', async () => {
      const { one, other } = open()
      await one.merge([change('contact 1', 'plan', 'new', 20)])
      await other.merge([change('contact 1', 'plan', 'old', 10)])
      expect((await one.read(['contact 1'])).get('contact 1')?.get('plan')).toEqual({ stamp: 20, value: 'new' })
    })

    test.each([
      ['B', 'a'],
      ['a', 'ab'],
      ['', '0'],
      ['Z', '_']
    ])('of %j and %j with one stamp the second stays, in either order', async (lesser, greater) => {
      const { one } = open()
      await one.merge([change('r 1', 'f', lesser, 5), change('r 2', 'f', greater, 5)])
      await one.merge([change('r 1', 'f', greater, 5), change('r 2', 'f', lesser, 5)])
      const snapshot = await one.read(['r 1', 'r 2'])
      expect([snapshot.get('r 1')?.get('f')?.value, snapshot.get('r 2')?.get('f')?.value]).toEqual([greater, greater])
    })

    test('property: changes in any order, and twice, give one result', async () => {
      const changes = fc.array(
        fc.record({
          record: fc.constantFrom('contact 1', 'contact 2'),
          field: fc.constantFrom('a', 'b', '@c'),
          value: fc.stringMatching(/^[ -~]{0,3}$/),
          stamp: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(1_700_000_000, 1_700_000_000.5, 1e13))
        }),
        { minLength: 1, maxLength: 12 }
      )
      const arranged = changes.chain((list) =>
        fc.tuple(
          fc.constant(list),
          fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
          fc.boolean()
        )
      )
      await fc.assert(
        fc.asyncProperty(arranged, async ([list, shuffled, isSplit]) => {
          const { one, other } = open()
          const half = isSplit ? Math.ceil(shuffled.length / 2) : shuffled.length
          await Promise.all([one.merge(shuffled.slice(0, half)), other.merge(shuffled.slice(half))])
          const snapshot = await one.read(['contact 1', 'contact 2'])
          for (const { record, field } of list) {
            const same = list.filter((item) => item.record === record && item.field === field)
            const [last] = same.sort((a, b) => (isLater(a, b) ? -1 : 1))
            expect(snapshot.get(record)?.get(field)).toEqual({ stamp: last?.stamp, value: last?.value })
          }
        }),
        { numRuns: 60 }
      )
    })

    test('a record with more fields than any person has starts anew', async () => {
      const { one } = open()
      const full = Array.from({ length: MAX_FIELDS }, (_, index) => change('contact 1', `f${index}`, 'x', 1))
      await one.merge(full)
      await one.merge([change('contact 1', 'f0', 'y', 2)])
      expect((await one.read(['contact 1'])).get('contact 1')?.size).toBe(MAX_FIELDS)
      await one.merge([change('contact 1', 'one more', 'x', 1)])
      expect([...((await one.read(['contact 1'])).get('contact 1')?.keys() ?? [])]).toEqual(['one more'])
    })
  })

  describe('linked records', () => {
    test('a field that begins with @ brings the record that it names, in one step', async () => {
      const { one, other } = open()
      await one.merge([
        change('user u', '@contact', 'contact 1'),
        change('contact 1', 'name', 'Ada'),
        change('contact 1', '@company', 'company c'),
        change('company c', 'plan', 'pro')
      ])
      const snapshot = await other.read(['user u'])
      expect(snapshot.get('contact 1')?.get('name')?.value).toBe('Ada')
      const lock = await held(other.lock(['user u'], ['user u', 'nothing']))
      expect(lock.snapshot.get('contact 1')?.get('name')?.value).toBe('Ada')
      await lock.end([], true)
    })

    test('a link that was removed, or that leads nowhere, brings nothing', async () => {
      const { one } = open()
      await one.merge([change('user u', '@contact', ''), change('user u', '@company', 'company c')])
      const snapshot = await one.read(['user u'])
      expect([snapshot.get('user u')?.size, snapshot.get('company c'), snapshot.get('')]).toEqual([
        2,
        undefined,
        undefined
      ])
    })
  })

  describe('locks', () => {
    test('no other holder gets a name until it ends', async () => {
      const { one, other, foreign } = open()
      const lock = await held(one.lock(['person 1', 'person 2'], []))
      expect([lock.isUnsettled, await other.lock(['person 2'], []), await one.lock(['person 1'], [])]).toEqual([
        false,
        undefined,
        undefined
      ])
      await held(foreign.lock(['person 1'], []))
      await lock.end([change('contact 1', 'name', 'Ada')], true)
      const next = await held(other.lock(['person 2', 'person 1'], ['contact 1']))
      expect([next.isUnsettled, next.snapshot.get('contact 1')?.get('name')?.value]).toEqual([false, 'Ada'])
      await next.end([], true)
    })

    test('all names are locked or none', async () => {
      const { one, other } = open()
      const lock = await held(one.lock(['person 2'], []))
      expect(await other.lock(['person 1', 'person 2', 'person 3'], [])).toBeUndefined()
      const free = await held(one.lock(['person 1', 'person 3'], []))
      await free.end([], true)
      await lock.end([], true)
    })

    test('a name that is given twice is locked once', async () => {
      const { one, other } = open()
      const lock = await held(one.lock(['person 1', 'person 1'], []))
      await lock.end([], true)
      await (await held(other.lock(['person 1'], []))).end([], true)
    })

    test('the same process gets a name that it left unsettled at once, and knows it', async () => {
      const { one } = open()
      await (await held(one.lock(['person 1', 'person 2'], []))).end([change('contact 1', 'a', 'b')], false)
      const next = await held(one.lock(['person 1', 'person 3'], ['contact 1']))
      expect([next.isUnsettled, next.snapshot.get('contact 1')?.get('a')?.value]).toEqual([true, 'b'])
      await next.end([], true)
      const settled = await held(one.lock(['person 1'], []))
      expect(settled.isUnsettled).toBe(false)
      await settled.end([], true)
    })

    test('a lock is kept', async () => {
      const { one } = open()
      const lock = await held(one.lock(['person 1'], []))
      expect(await lock.keep(1000)).toBe(true)
      await lock.end([], true)
    })

    test('of many that want a name at once, one gets it', async () => {
      const { one, other } = open()
      const states = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : other))
      const locks = await Promise.all(states.map(async (state) => state.lock(['person 1', 'company 1'], [])))
      expect(locks.filter((lock) => lock !== undefined)).toHaveLength(1)
    })
  })

  describe('the rate limit', () => {
    const inWindow = (remaining: number, inMs: number, limit: number | undefined = 3) => ({
      limit,
      remaining,
      resetAt: Date.now() + inMs
    })
    const takeAll = async (state: WorkspaceState, count: number) => {
      const waits: number[] = []
      for (let index = 0; index < count; index += 1) waits.push(await state.takeCall())
      return waits.map((wait) => (wait === 0 ? 'taken' : 'waits'))
    }

    test('no call waits before the first response', async () => {
      expect(await takeAll(open().one, 50)).toEqual(Array(50).fill('taken'))
    })

    test('without calls left, a call waits until the end of the window', async () => {
      const { one } = open()
      await one.takeCall()
      await one.endCall(inWindow(2, 9000))
      expect(await takeAll(one, 2)).toEqual(['taken', 'taken'])
      const wait = await one.takeCall()
      expect([wait > 4000, wait <= 9000]).toEqual([true, true])
    })

    test('calls in flight count in the first window', async () => {
      const { one } = open()
      await takeAll(one, 3)
      await one.endCall(inWindow(2, 9000))
      expect(await takeAll(one, 1)).toEqual(['waits'])
    })

    test('calls by other apps count', async () => {
      const { one } = open()
      await one.takeCall()
      const window = inWindow(2, 9000)
      await one.endCall(window)
      await one.takeCall()
      await one.endCall({ ...window, remaining: 0 })
      expect(await takeAll(one, 1)).toEqual(['waits'])
    })

    test('a late response of the same window does not restore calls', async () => {
      const { one } = open()
      await takeAll(one, 2)
      const window = inWindow(0, 9000)
      await one.endCall(window)
      await one.endCall({ ...window, remaining: 2 })
      expect(await takeAll(one, 1)).toEqual(['waits'])
    })

    test('a response that a newer one has overtaken is ignored', async () => {
      const { one } = open()
      await takeAll(one, 2)
      await one.endCall(inWindow(2, 9000))
      await one.endCall(inWindow(0, 3000))
      expect(await takeAll(one, 1)).toEqual(['taken'])
    })

    test('a newer window replaces the current one', async () => {
      const { one } = open()
      await takeAll(one, 2)
      await one.endCall(inWindow(0, 2000))
      await one.endCall(inWindow(1, 9000))
      expect(await takeAll(one, 2)).toEqual(['taken', 'waits'])
    })

    test('a response of a past window is ignored', async () => {
      const { one } = open()
      await one.takeCall()
      await one.endCall(inWindow(0, -1))
      expect(await takeAll(one, 1)).toEqual(['taken'])
    })

    test('a clock that is behind Intercom’s does not make the wait longer than a window', async () => {
      const { one } = open()
      await one.takeCall()
      await one.endCall(inWindow(0, 3_600_000))
      const wait = await one.takeCall()
      expect([wait > 5000, wait <= 10_000]).toEqual([true, true])
    })

    test('after the window there are calls again, less those in flight', async () => {
      const { one } = open()
      await one.takeCall()
      await one.endCall(inWindow(0, 40))
      await one.takeCall()
      await until(async () => (await one.takeCall()) === 0)
      // One is in flight, and two of three are left; the estimated window lasts ten seconds.
      expect(await takeAll(one, 3)).toEqual(['taken', 'taken', 'waits'])
    })

    test('without a known limit, the next window is unlimited', async () => {
      const { one } = open()
      await one.takeCall()
      await one.endCall({ limit: undefined, remaining: 0, resetAt: Date.now() + 40 })
      await until(async () => (await one.takeCall()) === 0)
      expect(await takeAll(one, 20)).toEqual(Array(20).fill('taken'))
    })

    test('a window is shared, with the calls of every process', async () => {
      const { one, other } = open()
      await one.takeCall()
      await one.endCall(inWindow(3, 9000, 100))
      // What has ended is reported with the next call.
      expect([...(await takeAll(one, 1)), ...(await takeAll(other, 3))]).toEqual(['taken', 'taken', 'taken', 'waits'])
    })

    test('an end is reported although no call follows it', async () => {
      const { one, other } = open()
      await one.takeCall()
      await one.endCall(inWindow(0, 9000, 100))
      await until(async () => (await other.takeCall()) > 0)
    })

    test('calls that are taken ahead never exceed the window', async () => {
      const { one, other } = open()
      await one.takeCall()
      await one.endCall(inWindow(400, 9000, 1000))
      const counts = await Promise.all(
        [one, other, one].map(async (state) => {
          let taken = 0
          while ((await state.takeCall()) === 0) taken += 1
          return taken
        })
      )
      const all = counts.reduce((sum, count) => sum + count, 0)
      // The second may take calls before it has heard of the window.
      expect(all).toBeLessThanOrEqual(400)
      expect(all).toBeGreaterThanOrEqual(400 - 8)
    })
  })
})
