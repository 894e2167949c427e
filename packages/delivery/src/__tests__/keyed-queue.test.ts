import { KeyedQueue, type Ordered } from '../keyed-queue'

const scope = {}
let places = 0

interface Item extends Ordered {
  name: string
}

function item(name: string, person: string, more: Partial<Ordered> = {}): Item {
  places += 1
  const { keys = { person: [person], group: [] } } = more
  const allKeys = [...keys.person, ...keys.group]
  const rows = { first: 2, last: 2 }
  return { name, place: places, keys, allKeys, rows, rank: 2, scope, notBefore: 0, waitsForContact: false, ...more }
}

const IDENTIFY = { rows: { first: 0, last: 0 }, rank: 0 }
const GROUP = { rows: { first: 1, last: 1 }, rank: 1 }

function queueOf(...items: Item[]): KeyedQueue<Item> {
  const queue = new KeyedQueue<Item>()
  for (const one of items) queue.add(one)
  return queue
}

const namesOf = (items: readonly Item[]) => items.map(({ name }) => name)

it('puts events of one person into one window, in order, so that they can share a batch', () => {
  const queue = queueOf(item('a', 'u1'), item('b', 'u2'), item('c', 'u1'))
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['a', 'b', 'c'])
  expect(queue.size).toBe(0)
})

it('takes no event of a person while another window holds one', () => {
  const queue = queueOf(item('a', 'u1'), item('b', 'u1'), item('c', 'u2'))
  const first = queue.takeWindow(0, 1)
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['c'])
  queue.release(first)
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['b'])
})

it('puts an event that would run before an earlier one of its person into a later window', () => {
  const queue = queueOf(item('join', 'u1', GROUP), item('leave', 'u1', IDENTIFY), item('other', 'u2', IDENTIFY))
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['join', 'other'])
})

it('holds later events of a person while an earlier one waits for its time', () => {
  const queue = queueOf(item('a', 'u1', { notBefore: 500 }), item('b', 'u1', IDENTIFY))
  expect(namesOf(queue.takeWindow(499, 100))).toEqual([])
  expect(queue.nextAfter(499)).toBe(500)
  expect(queue.nextAfter(500)).toBe(undefined)
  expect(namesOf(queue.takeWindow(500, 100))).toEqual(['a'])
})

it('lets only an identify pass an event that waits for its contact', () => {
  const waiting = { notBefore: 500, waitsForContact: true }
  const queue = queueOf(
    item('join', 'u1', { ...GROUP, ...waiting }),
    item('leave', 'u1', GROUP),
    item('track', 'u1'),
    item('identify', 'u1', IDENTIFY)
  )
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['identify'])
  const passing = queueOf(item('join', 'u2', { ...GROUP, ...waiting }), item('identify', 'u2', IDENTIFY))
  expect(namesOf(passing.takeWindow(0, 100))).toEqual(['identify'])
})

it('lists the events that wait behind one that is not due', () => {
  const [first, held] = [item('a', 'u1', { notBefore: 500 }), item('b', 'u1', IDENTIFY)]
  const queue = queueOf(first, held, item('c', 'u2'))
  expect([namesOf(queue.heldBack(499)), namesOf(queue.heldBack(500))]).toEqual([['b'], []])
  queue.wakeUpTo(held)
  expect(namesOf(queue.heldBack(0))).toEqual([])
})

it('does not hold other people of a company while one of them waits for its contact', () => {
  const acme = (person: string) => ({ keys: { person: [person], group: ['acme'] } })
  const queue = queueOf(
    item('join 1', '', { ...GROUP, ...acme('u1'), notBefore: 500, waitsForContact: true }),
    item('join 2', '', { ...GROUP, ...acme('u2') })
  )
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['join 2'])
})

it('makes an event that waits for its contact due as soon as its person was delivered', () => {
  const queue = queueOf(item('track', 'u1', { notBefore: 500, waitsForContact: true }))
  queue.wakePerson(['u2'])
  expect(namesOf(queue.takeWindow(0, 100))).toEqual([])
  queue.wakePerson(['u1'])
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['track'])
})

it('returns an event that is tried again to its place', () => {
  const [first, second] = [item('a', 'u1'), item('b', 'u1')]
  const queue = queueOf(first, second)
  const window = queue.takeWindow(0, 1)
  queue.release(window)
  queue.add(first)
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['a', 'b'])
})

it('takes out one event, and reports whether it was waiting', () => {
  const [first, second] = [item('a', 'u1'), item('b', 'u2', { notBefore: 500 })]
  const queue = queueOf(first, second, item('c', 'u2'))
  expect([queue.delete(second), queue.delete(second)]).toEqual([true, false])
  expect([queue.nextAfter(0), queue.isWaitingFor(['u2'])]).toEqual([undefined, true])
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['a', 'c'])
  expect([queue.delete(first), queue.isWaitingFor(['u1', 'u2'])]).toEqual([false, false])
})

it('takes out the events of one person in order, and keeps the others', () => {
  const queue = queueOf(item('a', 'u1'), item('b', 'u2'), item('c', 'u1'), item('d', 'u2'))
  expect(namesOf(queue.remove(({ keys }) => keys.person.includes('u1')))).toEqual(['a', 'c'])
  expect([queue.isWaitingFor(['u1']), queue.isWaitingFor(['u2'])]).toEqual([false, true])
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['b', 'd'])
})

it('does not mix events of different scopes in one window', () => {
  const queue = queueOf(item('a', 'u1'), item('b', 'u2', { scope: {} }), item('c', 'u3'))
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['a', 'c'])
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['b'])
})

it('takes every event of its scope, however many of other scopes wait in between', () => {
  const other = { scope: {} }
  const queue = queueOf(
    item('late', 'u0', { notBefore: 500 }),
    item('a', 'u1'),
    item('x', 'u2', other),
    item('b', 'u3'),
    item('y', 'u4', other),
    item('c', 'u5')
  )
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['a', 'b', 'c'])
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['x', 'y'])
  expect(namesOf(queue.takeWindow(500, 100))).toEqual(['late'])
})

it('frees a key only when every window that holds it is done', () => {
  const queue = queueOf(item('a', 'u1'), item('b', 'u1'), item('c', 'u1'))
  const window = queue.takeWindow(0, 2)
  queue.release(window.slice(0, 1))
  expect(namesOf(queue.takeWindow(0, 100))).toEqual([])
  queue.release(window.slice(1))
  expect(namesOf(queue.takeWindow(0, 100))).toEqual(['c'])
})
