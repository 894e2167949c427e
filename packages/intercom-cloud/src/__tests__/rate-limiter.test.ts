import { Headers } from '@segment/actions-core'
import { RateLimiter } from '../client/rate-limiter'
import { toRateLimitWindow, toRetryAfterMs } from '../client/rate-limit-headers'
import { RateLimitWait } from '../client/rate-limit-wait'

const headers = (remaining: number | string, reset: number | string, limit: number | string = 3) =>
  toRateLimitWindow(
    new Headers({
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(remaining),
      'X-RateLimit-Reset': String(reset)
    })
  )

/** A rate limiter with a clock that the test sets, in milliseconds. */
function openRateLimiter(startAt: number) {
  const time = { now: startAt }
  return { time, rateLimiter: new RateLimiter(() => time.now) }
}

/** How long each of several calls has to wait, in milliseconds. */
const takeAll = (rateLimiter: RateLimiter, count: number) => Array.from({ length: count }, () => rateLimiter.takeCall())

describe('the calls of a window', () => {
  test('no call waits before the first response', () => {
    const { rateLimiter } = openRateLimiter(1_000)
    expect(takeAll(rateLimiter, 100)).toEqual(Array(100).fill(0))
  })

  test('without calls left, a call waits until the end of the window', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(2, 10))
    expect(takeAll(rateLimiter, 3)).toEqual([0, 0, 6_000])
    time.now = 9_999
    expect(rateLimiter.takeCall()).toBe(1)
    time.now = 10_000
    // The two calls in flight may count in the new window of three.
    expect(takeAll(rateLimiter, 2)).toEqual([0, 10_000])
  })

  test('a call that has to wait does not use up the next window', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(0, 10))
    takeAll(rateLimiter, 50)
    time.now = 10_000
    expect(takeAll(rateLimiter, 4)).toEqual([0, 0, 0, 10_000])
  })

  test('a call that has ended, with or without a response, does not count in the next window', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(2, 10))
    takeAll(rateLimiter, 2)
    rateLimiter.endCall()
    rateLimiter.endCall(toRateLimitWindow(new Headers()))
    time.now = 10_000
    expect(takeAll(rateLimiter, 4)).toEqual([0, 0, 0, 10_000])
  })

  test('calls in flight count in the first window', () => {
    const { rateLimiter } = openRateLimiter(4_000)
    takeAll(rateLimiter, 3)
    rateLimiter.endCall(headers(2, 10))
    expect(rateLimiter.takeCall()).toBe(6_000)
  })

  test('calls by other apps count', () => {
    const { rateLimiter } = openRateLimiter(4_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(2, 10))
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(0, 10))
    expect(rateLimiter.takeCall()).toBe(6_000)
  })

  test('a late response of the same window does not restore calls', () => {
    const { rateLimiter } = openRateLimiter(4_000)
    takeAll(rateLimiter, 2)
    rateLimiter.endCall(headers(0, 10))
    rateLimiter.endCall(headers(2, 10))
    expect(rateLimiter.takeCall()).toBe(6_000)
  })

  test('a response of a past window is ignored', () => {
    const { rateLimiter, time } = openRateLimiter(9_000)
    takeAll(rateLimiter, 2)
    time.now = 11_000
    rateLimiter.endCall(headers(2, 20))
    rateLimiter.endCall(headers(0, 10))
    expect(rateLimiter.takeCall()).toBe(0)
  })

  test('a response that a newer one has overtaken is ignored, although its window has not ended by our clock', () => {
    const { rateLimiter } = openRateLimiter(9_000)
    takeAll(rateLimiter, 2)
    rateLimiter.endCall(headers(2, 18))
    rateLimiter.endCall(headers(0, 10))
    expect(rateLimiter.takeCall()).toBe(0)
  })

  test('a newer window replaces the current one', () => {
    const { rateLimiter } = openRateLimiter(9_000)
    takeAll(rateLimiter, 2)
    rateLimiter.endCall(headers(0, 10))
    rateLimiter.endCall(headers(1, 18))
    expect(takeAll(rateLimiter, 2)).toEqual([0, 9_000])
  })

  test('the first response corrects the end of an estimated window and keeps its count', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(0, 10))
    time.now = 10_000
    takeAll(rateLimiter, 2)
    rateLimiter.endCall(headers(2, 16))
    expect(takeAll(rateLimiter, 2)).toEqual([0, 6_000])
    // The end is known by now, so a response with an earlier end is outdated.
    rateLimiter.endCall(headers(2, 13))
    expect(rateLimiter.takeCall()).toBe(6_000)
  })

  test('calls of an estimated window stay used, although one of them got no response', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(0, 10))
    time.now = 10_000
    takeAll(rateLimiter, 2)
    rateLimiter.endCall()
    rateLimiter.endCall(headers(2, 16))
    expect(takeAll(rateLimiter, 2)).toEqual([0, 6_000])
  })

  test('a response whose window ends now does not restore calls', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(0, 10))
    time.now = 10_000
    takeAll(rateLimiter, 3)
    time.now = 12_000
    rateLimiter.endCall(headers(0, 12))
    expect(rateLimiter.takeCall()).toBe(8_000)
  })

  test('a clock that is behind Intercom’s does not make the wait longer than a window', () => {
    const { rateLimiter } = openRateLimiter(1_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(0, 3_600))
    expect(rateLimiter.takeCall()).toBe(10_000)
  })

  test.each([
    ['no number of calls', headers('many', 10)],
    ['a negative number of calls', headers(-1, 10)],
    ['a fraction of a call', headers('0.5', 10)],
    ['no end of the window', headers(0, 'soon')],
    ['an empty end', headers(0, '')]
  ])('headers with %s are ignored', (_title, broken) => {
    const { rateLimiter } = openRateLimiter(4_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(broken)
    expect(rateLimiter.takeCall()).toBe(0)
  })

  test('keeps the last limit if the headers have none', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    takeAll(rateLimiter, 2)
    rateLimiter.endCall(headers(1, 10, 2))
    rateLimiter.endCall(toRateLimitWindow(new Headers({ 'X-RateLimit-Remaining': '1', 'X-RateLimit-Reset': '10' })))
    time.now = 10_000
    expect(takeAll(rateLimiter, 3)).toEqual([0, 0, 10_000])
  })

  test('without a known limit, the next window is unlimited', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(toRateLimitWindow(new Headers({ 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '10' })))
    expect(rateLimiter.takeCall()).toBe(6_000)
    time.now = 10_000
    expect(takeAll(rateLimiter, 50)).toEqual(Array(50).fill(0))
  })
})

describe('how long to wait after a 429', () => {
  test.each([
    ['Retry-After, in seconds', { 'Retry-After': '7', 'X-RateLimit-Reset': '8' }, 7_000],
    ['until the end of the window', { 'X-RateLimit-Reset': '8' }, 4_000],
    ['a whole window without headers', {}, 10_000],
    ['a whole window if the end has passed', { 'X-RateLimit-Reset': '4' }, 10_000],
    ['a whole window if the clocks disagree', { 'X-RateLimit-Reset': '3600' }, 10_000],
    ['exactly one window', { 'X-RateLimit-Reset': '14' }, 10_000],
    ['a whole window if Retry-After is a date', { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 10_000]
  ])('%s', (_title, values, expected) => {
    expect(toRetryAfterMs(new Headers(values), 4_000)).toBe(expected)
  })
})

describe('one call from Segment waits up to two seconds', () => {
  function openWait(startAt: number, random = 0) {
    const { rateLimiter, time } = openRateLimiter(startAt)
    const slept: number[] = []
    const dependencies = {
      now: () => time.now,
      sleep: (milliseconds: number) => {
        slept.push(milliseconds)
        time.now += milliseconds
        return Promise.resolve()
      },
      random: () => random
    }
    return {
      rateLimiter,
      time,
      slept,
      open: () => new RateLimitWait(rateLimiter, dependencies),
      wait: new RateLimitWait(rateLimiter, dependencies)
    }
  }

  test('does not wait if a call is left', async () => {
    const { wait: rateLimitWait, slept } = openWait(8_000)
    await rateLimitWait.acquire('GET /me')
    expect(slept).toEqual([])
  })

  test('sleeps two seconds and then takes the call', async () => {
    const { wait: rateLimitWait, rateLimiter, slept } = openWait(8_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(0, 10, 1))
    await rateLimitWait.acquire('GET /me')
    expect(slept).toEqual([2_000])
    expect(rateLimiter.takeCall()).toBe(10_000)
  })

  test('does not sleep for a longer wait, and the error contains its length', async () => {
    const { wait: rateLimitWait, rateLimiter, slept } = openWait(7_999, 0.5)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(0, 10, 1))
    await expect(rateLimitWait.acquire('PUT /contacts/{id}')).rejects.toMatchObject({
      details: { operation: 'PUT /contacts/{id}', status: 429, code: 'rate_limit_ahead', text: '', retryAfterMs: 2_202 }
    })
    expect(slept).toEqual([])
  })

  test('the two seconds are the total for one call from Segment, and the next call has its own', async () => {
    const { wait: rateLimitWait, rateLimiter, slept, open } = openWait(9_000)
    rateLimiter.takeCall()
    rateLimiter.endCall(headers(0, 10, 1))
    await rateLimitWait.acquire('GET /me')
    rateLimiter.endCall(headers(0, 11, 1))
    await rateLimitWait.acquire('GET /me')
    rateLimiter.endCall(headers(0, 12, 1))
    await expect(rateLimitWait.acquire('GET /me')).rejects.toMatchObject({ details: { status: 429 } })
    await open().acquire('GET /me')
    expect(slept).toEqual([1_000, 1_000, 1_000])
  })

  test.each([
    [0, 1_000],
    [0.5, 1_100],
    [0.9999, 1_200]
  ])('jitter: with a random value of %d, %d ms instead of 1,000', (random, expected) => {
    expect(openWait(0, random).wait.withJitter(1_000)).toBe(expected)
  })
})
