import { Lanes } from '../lanes'

/** Work that ends when the test says so. */
function openWork() {
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () => {
    started.push(name)
    return new Promise<void>((resolve) => {
      ends.set(name, resolve)
    })
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return {
    started,
    work,
    settled,
    end: async (name: string) => {
      ends.get(name)?.()
      await settled()
    }
  }
}

describe('lanes', () => {
  it('keep what somebody did in its order, and let others pass', async () => {
    const { started, work, settled, end } = openWork()
    const lanes = new Lanes(3)
    await lanes.add(['user a'], 1, work('a1'))
    await lanes.add(['user a'], 1, work('a2'))
    await lanes.add(['user b'], 1, work('b1'))
    await settled()
    expect(started).toEqual(['a1', 'b1'])
    await end('a1')
    expect(started).toEqual(['a1', 'b1', 'a2'])
  })

  it('put an identify between what was done before it without a name and after it with one', async () => {
    const { started, work, settled, end } = openWork()
    const lanes = new Lanes(3)
    await lanes.add(['anonymous x'], 1, work('before'))
    await lanes.add(['user a', 'anonymous x'], 1, work('identify'))
    await lanes.add(['user a'], 1, work('after'))
    await settled()
    expect(started).toEqual(['before'])
    await end('before')
    expect(started).toEqual(['before', 'identify'])
    await end('identify')
    expect(started).toEqual(['before', 'identify', 'after'])
  })

  it('run no more at once than they are told', async () => {
    const { started, work, settled, end } = openWork()
    const lanes = new Lanes(2)
    for (const name of ['a', 'b', 'c']) await lanes.add([name], 1, work(name))
    await settled()
    expect(started).toEqual(['a', 'b'])
    await end('b')
    expect(started).toEqual(['a', 'b', 'c'])
  })

  it('take nothing more while long lines fill the memory', async () => {
    const { started, work, settled, end } = openWork()
    const lanes = new Lanes(10)
    let isFree = false
    const added = lanes.add(['a'], 33_000_000, work('a')).then(() => {
      isFree = true
    })
    await settled()
    expect([started, isFree]).toEqual([['a'], false])
    await end('a')
    await added
    expect(isFree).toBe(true)
  })

  it('tell of a failure instead of going on', async () => {
    const lanes = new Lanes(1)
    await lanes.add(['a'], 1, () => Promise.reject(new Error('the disk is full')))
    await expect(lanes.finish()).rejects.toThrow('the disk is full')
  })
})
