import type { Row } from '../../contract'
import { Newest } from '../newest'
import { RowStore } from '../row-store'
import { orderTrace } from '../trace/test-support/order-trace'

const row = (id: string, state: Row['cloud']['state'] = 'waiting'): Row => ({
  ...orderTrace.row,
  id,
  cloud: { state, calls: 0, losses: 0, doubtful: 0 }
})

const MOST = 3

const shown = (store: RowStore): string =>
  store
    .list()
    .map(({ id, cloud }) => `${id} ${cloud.state}`)
    .join(', ')

test('what the stream tells is there, newest first, and no more than the server keeps', () => {
  const store = new RowStore(MOST)
  store.take([row('e1'), row('e2'), row('e3')])
  store.take([row('e2', 'delivered'), row('e4')])
  expect(shown(store)).toBe('e4 waiting, e3 waiting, e2 delivered')
  expect(store.get('e2')?.cloud.state).toBe('delivered')
  expect(store.get('e1')).toBeUndefined()
})

test('what was told while the list was read is newer than the list', () => {
  const store = new RowStore(MOST)
  const reading = store.read()
  store.take([row('e1', 'delivered'), row('e2')])
  reading.finish([row('e1')])
  expect(shown(store)).toBe('e2 waiting, e1 delivered')
})

test('two readings at once each know what was told since, and the earlier one does not undo the later one', () => {
  const store = new RowStore(MOST)
  const first = store.read()
  const second = store.read()
  store.take([row('e2', 'delivered')])
  second.finish([row('e1'), row('e2')])
  store.take([row('e3')])
  first.finish([row('e2')])
  expect(shown(store)).toBe('e3 waiting, e2 delivered, e1 waiting')
})

test('readings that end in their order are both taken', () => {
  const store = new RowStore(MOST)
  const first = store.read()
  const second = store.read()
  first.finish([row('e1')])
  second.finish([row('e1', 'delivered'), row('e2')])
  expect(shown(store)).toBe('e2 waiting, e1 delivered')
})

test('a list that was read before everything was cleared is of no use after it', () => {
  const store = new RowStore(MOST)
  const reading = store.read()
  store.clear()
  store.take([row('e9')])
  reading.finish([row('e1')])
  expect(shown(store)).toBe('e9 waiting')
})

test('a reading that came to nothing leaves everything as it was', () => {
  const store = new RowStore(MOST)
  store.take([row('e1')])
  const reading = store.read()
  reading.drop()
  reading.finish([])
  expect(shown(store)).toBe('e1 waiting')
})

test('an answer is taken unless something newer was told, or answered, since it was asked for', () => {
  const newest = new Newest()
  const alone = newest.ask()
  expect(alone()).toBe(true)
  const overtaken = newest.ask()
  newest.received()
  expect(overtaken()).toBe(false)
  const [early, late] = [newest.ask(), newest.ask()]
  expect(late()).toBe(true)
  expect(early()).toBe(false)
  const [one, other] = [newest.ask(), newest.ask()]
  expect([one(), other()]).toEqual([true, true])
})
