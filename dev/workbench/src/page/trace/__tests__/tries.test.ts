import type { Json } from '../../../contract'
import { toErrorText, toTries } from '../tries'

const callOf = (attempt: number) => ({
  call: 'POST /events',
  body: null,
  request: { method: 'POST', url: 'http://127.0.0.1/events', attempt, startedAfter: 0, took: 1 }
})

test('attempts without a call to Intercom are not counted', () => {
  expect([...toTries([0, 1, 1, 3, 5].map(callOf))]).toEqual([
    [0, 1],
    [1, 2],
    [3, 3],
    [5, 4]
  ])
  expect(toTries([{ call: "Intercom('update')", body: {} }]).size).toBe(0)
})

test('an error response is shown with Intercom’s message', () => {
  expect(toErrorText({ errors: [{ code: 'not_found', message: 'User Not Found' }] })).toBe('not_found: User Not Found')
  expect(toErrorText({ errors: [{ code: 'not_found' }] })).toBe('not_found')
})

test.each<Json>([null, 'text', [], {}, { errors: [] }, { errors: [null] }, { errors: [{ code: 1 }] }])(
  'an answer of another form (%j) tells nothing',
  (response) => {
    expect(toErrorText(response)).toBeUndefined()
  }
)
