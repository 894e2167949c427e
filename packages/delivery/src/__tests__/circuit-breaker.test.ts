import { CircuitBreaker } from '../circuit-breaker'

function openBreaker() {
  let now = 0
  const sleep = () => Promise.resolve()
  const breaker = new CircuitBreaker({ now: () => now, sleep })
  const wait = (milliseconds: number) => {
    now += milliseconds
  }
  return { breaker, wait }
}

const fail = (breaker: CircuitBreaker, times: number) => {
  for (let call = 0; call < times; call += 1) breaker.failed()
}

it('opens after twenty calls in a row without a usable answer, and gives the reason', () => {
  const { breaker } = openBreaker()
  fail(breaker, 19)
  expect([breaker.state, breaker.reason]).toEqual(['closed', undefined])
  fail(breaker, 1)
  expect([breaker.state, breaker.leftMs]).toEqual(['open', 30_000])
  expect(breaker.reason).toBe('Intercom does not answer: 20 calls in a row failed.')
})

it.each([
  [202, 'closed'],
  [404, 'closed'],
  [429, 'closed'],
  [500, 'open'],
  [503, 'open'],
  // A proxy may have answered it, so it neither proves nor refutes an outage.
  [401, 'closed']
])('after nineteen failures an answer %i leaves it %s', (status, state) => {
  const { breaker } = openBreaker()
  fail(breaker, 19)
  breaker.answered(status)
  expect(breaker.state).toBe(state)
})

it('forgets earlier failures after a usable answer', () => {
  const { breaker } = openBreaker()
  fail(breaker, 19)
  breaker.answered(200)
  fail(breaker, 19)
  expect(breaker.state).toBe('closed')
})

it('allows a trial after thirty seconds, and opens again when it fails', () => {
  const { breaker, wait } = openBreaker()
  fail(breaker, 20)
  wait(29_999)
  expect([breaker.state, breaker.leftMs]).toEqual(['open', 1])
  wait(1)
  expect([breaker.state, breaker.leftMs]).toEqual(['half-open', 0])
  breaker.failed()
  expect([breaker.state, breaker.leftMs]).toEqual(['open', 30_000])
  breaker.answered(200)
  expect([breaker.state, breaker.reason]).toEqual(['closed', undefined])
})

it('opens at once when the token is refused', () => {
  const { breaker } = openBreaker()
  breaker.refusedToken()
  expect([breaker.state, breaker.reason]).toEqual(['open', 'Intercom no longer accepts the access token.'])
})
