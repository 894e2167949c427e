import { toObservedRequest } from '../observed-request'
import { openWatch } from '../test-support/open-watch'

/** How many failures an unanswered call with this much time counts. */
async function countFailures(leftMs: number | undefined): Promise<number> {
  const { watch, failures } = openWatch(leftMs)
  const request = toObservedRequest(() => Promise.reject(new Error('no answer')), watch)
  await expect(request('https://api.intercom.io/me')).rejects.toThrow('no answer')
  return failures()
}

it.each([
  ['without a deadline', undefined, 1],
  ['with a second left', 1000, 1],
  // Otherwise a batch that takes too long opens the circuit breaker, and the next one is not even tried.
  ['cut short by the deadline', 999, 0]
])('counts a call without an answer %s', async (_, leftMs, failures) => {
  expect(await countFailures(leftMs)).toBe(failures)
})
