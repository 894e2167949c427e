import { WorkUnderWay } from '../deliver/work-under-way'

/** Work that the test ends. */
function openWork() {
  let end: () => void = () => undefined
  const work = new Promise<void>((resolve) => {
    end = resolve
  })
  return { work, end }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

it('accepts no more work while long lines fill the memory', async () => {
  const underWay = new WorkUnderWay()
  const { work, end } = openWork()
  underWay.add(33_000_000, work)
  let isFree = false
  const room = underWay.room().then(() => {
    isFree = true
  })
  await settled()
  expect(isFree).toBe(false)
  end()
  await room
  expect(isFree).toBe(true)
})

it('accepts more work while the lines under way are short', async () => {
  const underWay = new WorkUnderWay()
  underWay.add(31_000_000, openWork().work)
  await expect(underWay.room()).resolves.toBeUndefined()
})

it('rejects after a failure', async () => {
  const underWay = new WorkUnderWay()
  underWay.add(1, Promise.reject(new Error('the disk is full')))
  await expect(underWay.end()).rejects.toThrow('the disk is full')
  await expect(underWay.room()).rejects.toThrow('the disk is full')
})
