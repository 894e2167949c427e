import { prepareEvent } from '@intercom-destinations/cli'
import type { Outcome, Row } from '../../../contract'
import { EventBook } from '../event-book'
import { changeRecord, openRecord, type EventRecord } from '../event-record'

function toRecord(place: number): EventRecord {
  const event = { type: 'track' as const, userId: 'u1', event: 'Paid' }
  const prepared = prepareEvent(event, () => 0)
  return openRecord({ id: `e${place}`, receivedAt: 0, source: 'file', event, prepared, remarks: [] })
}

function withCloud(record: EventRecord, state: Outcome['state']): EventRecord {
  const outcome = { state, calls: 0, losses: 0, doubtful: 0 }
  return changeRecord(record, { cloud: { ...record.cloud, outcome }, web: { ...record.web, outcome } })
}

function openBook(mostEvents: number, mostAwaited: number) {
  const told = new Map<string, Row>()
  const book = new EventBook({
    onChange: (row) => told.set(row.id, row),
    onForget: (id) => told.delete(id),
    mostEvents,
    mostAwaited
  })
  return { book, told }
}

test('reports an event that it forgets', () => {
  const { book, told } = openBook(1, 1)
  book.put(withCloud(toRecord(1), 'retrying'))
  book.put(toRecord(2))
  expect([book.records().map(({ id }) => id), [...told.keys()]]).toEqual([['e2'], ['e2']])
})

test('keeps waiting events longer than settled ones', () => {
  const { book } = openBook(2, 3)
  book.put(toRecord(1))
  book.put(withCloud(toRecord(2), 'delivered'))
  book.put(toRecord(3))
  book.put(toRecord(4))
  expect(book.records().map(({ id }) => id)).toEqual(['e1', 'e3', 'e4'])
  book.put(toRecord(5))
  expect(book.records().map(({ id }) => id)).toEqual(['e3', 'e4', 'e5'])
})
