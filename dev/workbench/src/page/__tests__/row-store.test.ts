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

test('shows rows of the stream, newest first, and no more than the server keeps', () => {
  const store = new RowStore(MOST)
  store.take([row('e1'), row('e2'), row('e3')])
  store.take([row('e2', 'delivered'), row('e4')])
  expect(shown(store)).toBe('e4 waiting, e3 waiting, e2 delivered')
  expect(store.get('e2')?.cloud.state).toBe('delivered')
  expect(store.get('e1')).toBeUndefined()
})

test('a row that arrives while the list loads is newer than the list', () => {
  const store = new RowStore(MOST)
  const reading = store.read()
  store.take([row('e1', 'delivered'), row('e2')])
  reading.finish([row('e1')])
  expect(shown(store)).toBe('e2 waiting, e1 delivered')
})

test('of two loads at once, the earlier one does not replace newer rows', () => {
  const store = new RowStore(MOST)
  const first = store.read()
  const second = store.read()
  store.take([row('e2', 'delivered')])
  second.finish([row('e1'), row('e2')])
  store.take([row('e3')])
  first.finish([row('e2')])
  expect(shown(store)).toBe('e3 waiting, e2 delivered, e1 waiting')
})

test('applies both loads if they end in order', () => {
  const store = new RowStore(MOST)
  const first = store.read()
  const second = store.read()
  first.finish([row('e1')])
  second.finish([row('e1', 'delivered'), row('e2')])
  expect(shown(store)).toBe('e2 waiting, e1 delivered')
})

test('ignores a list that was loaded before everything was cleared', () => {
  const store = new RowStore(MOST)
  const reading = store.read()
  store.clear()
  store.take([row('e9')])
  reading.finish([row('e1')])
  expect(shown(store)).toBe('e9 waiting')
})

test('a failed load changes nothing', () => {
  const store = new RowStore(MOST)
  store.take([row('e1')])
  const reading = store.read()
  reading.drop()
  reading.finish([])
  expect(shown(store)).toBe('e1 waiting')
})

test('applies a response unless newer data has arrived since the request', () => {
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
