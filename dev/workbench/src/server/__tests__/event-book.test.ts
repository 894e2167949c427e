import { prepareEvent } from '@intercom-destinations/cli'
import type { Outcome, Row } from '../../contract'
import { EventBook } from '../engine/event-book'
import { changeRecord, openRecord, type EventRecord } from '../engine/event-record'

function toRecord(place: number): EventRecord {
  const event = { type: 'track' as const, userId: 'u1', event: 'Paid' }
  const prepared = prepareEvent(event, () => 0)
  return openRecord({ id: `e${place}`, place, receivedAt: 0, source: 'file', event, prepared, remarks: [] })
}

function withCloud(record: EventRecord, state: Outcome['state']): EventRecord {
  const outcome = { state, calls: 0, losses: 0, doubtful: 0 }
  return changeRecord(record, { cloud: { ...record.cloud, outcome }, web: { ...record.web, outcome } })
}

function openBook(mostEvents: number, mostAwaited: number) {
  const told = new Map<string, Row>()
  const book = new EventBook({
    tell: (row) => told.set(row.id, row),
    untell: (id) => told.delete(id),
    mostEvents,
    mostAwaited
  })
  return { book, told }
}

test('nothing waits for an event that was forgotten, however it was remembered', () => {
  const { book, told } = openBook(1, 1)
  const [first, second] = [toRecord(1), toRecord(2)]
  book.put(withCloud(first, 'retrying'))
  book.countWaking('e1')
  book.queuedAgain.add(first)
  book.hasAskedFor.add('e1')
  expect([book.troubled.findBefore(second), book.queuedAgain.findBefore(second)]).toEqual(['e1', 'e1'])
  book.put(second)
  expect(book.records().map(({ id }) => id)).toEqual(['e2'])
  expect([book.troubled.findBefore(second), book.queuedAgain.findBefore(second)]).toEqual([undefined, undefined])
  expect([book.hasAskedFor.has('e1'), book.retrying.ids(), [...told.keys()]]).toEqual([false, [], ['e2']])
})

test('an event that waits is kept longer than one of which it is known what became', () => {
  const { book } = openBook(2, 3)
  book.put(toRecord(1))
  book.put(withCloud(toRecord(2), 'delivered'))
  book.put(toRecord(3))
  book.put(toRecord(4))
  expect(book.records().map(({ id }) => id)).toEqual(['e1', 'e3', 'e4'])
  book.put(toRecord(5))
  expect(book.records().map(({ id }) => id)).toEqual(['e3', 'e4', 'e5'])
})

test('an event that fails however often it is tried does not hold the later ones for ever', () => {
  const { book } = openBook(10, 10)
  const [first, second] = [toRecord(1), toRecord(2)]
  for (let times = 0; times < 5; times += 1) {
    book.put(withCloud(first, 'retrying'))
    expect(book.troubled.findBefore(second)).toBe('e1')
    book.countWaking('e1')
  }
  book.put(withCloud(first, 'retrying'))
  expect(book.troubled.findBefore(second)).toBeUndefined()
})
