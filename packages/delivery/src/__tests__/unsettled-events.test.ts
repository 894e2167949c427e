import { QueuedEvent } from '../queued-event'
import { createScope, type Scope } from '../scope'
import { toRows } from '../subscription-order'
import { toSubscription } from '../subscriptions'
import { UnsettledEvents } from '../unsettled-events'

const matchingRows = toRows([toSubscription({ partnerAction: 'trackEvent', subscribe: 'type = "track"', mapping: {} })])
const track = (userId: string) => ({ type: 'track' as const, userId, event: 'Opened' })

let places = 0
const queue = (event: ReturnType<typeof track>, scope: Scope) =>
  new QueuedEvent({ event, place: (places += 1), matchingRows, scope, earlierRuns: [], onSettled: () => undefined })

function openUnsettled(...all: QueuedEvent[]) {
  let aborts = 0
  const unsettled = new UnsettledEvents(() => {
    aborts += 1
  })
  for (const one of all) unsettled.add(one)
  return { unsettled, aborts: () => aborts }
}

it('finds every delivery of one event object', () => {
  const event = track('u1')
  const [first, second, other] = [
    queue(event, createScope()),
    queue(event, createScope()),
    queue(track('u1'), createScope())
  ]
  const { unsettled } = openUnsettled(first, second, other)
  expect(unsettled.of(event)).toEqual([first, second])
  unsettled.delete(first)
  unsettled.delete(first)
  expect([unsettled.of(event), unsettled.size]).toEqual([[second], 2])
})

it('finds the events of scopes whose deadline has passed, and the next deadline', () => {
  const [early, late] = [createScope({ deadlineAt: 1000 }), createScope({ deadlineAt: 2000 })]
  const [first, second] = [queue(track('u1'), late), queue(track('u2'), early)]
  const { unsettled } = openUnsettled(first, second, queue(track('u3'), createScope()))
  expect([unsettled.overdue(999), unsettled.nextDeadlineAt]).toEqual([[], 1000])
  expect(unsettled.overdue(1000)).toEqual([second])
  unsettled.delete(second)
  expect(unsettled.nextDeadlineAt).toBe(2000)
  unsettled.delete(first)
  expect(unsettled.nextDeadlineAt).toBe(undefined)
})

it('reports an abort while events of its scope are unsettled, and not afterwards', () => {
  const [stop, never] = [new AbortController(), new AbortController()]
  const first = queue(track('u1'), createScope({ signal: stop.signal }))
  const second = queue(track('u2'), createScope({ signal: never.signal }))
  const { unsettled, aborts } = openUnsettled(first, second)
  expect(unsettled.aborted()).toEqual([])
  stop.abort()
  expect([unsettled.aborted(), aborts()]).toEqual([[first], 1])
  unsettled.delete(second)
  never.abort()
  expect(aborts()).toBe(1)
})
