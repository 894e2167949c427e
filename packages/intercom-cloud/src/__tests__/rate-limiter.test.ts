import { RateLimiter } from '../client/rate-limiter'
import { toRetryAfterMs } from '../client/rate-limit-headers'
import { RateLimitWait } from '../client/rate-limit-wait'

const headers = (remaining: number | string, reset: number | string, limit: number | string = 3) =>
  new Headers({
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(reset)
  })

/** A rate limiter with a clock that the test sets, in milliseconds. */
function openRateLimiter(startAt: number) {
  const time = { now: startAt }
  return { time, rateLimiter: new RateLimiter(() => time.now) }
}

/** How long each of so many calls has to wait, in milliseconds. */
const takeAll = (rateLimiter: RateLimiter, count: number) => Array.from({ length: count }, () => rateLimiter.acquire())

describe('the calls of a window', () => {
  test('nothing is known at first, so nothing waits', () => {
    const { rateLimiter } = openRateLimiter(1_000)
    expect(takeAll(rateLimiter, 100)).toEqual(Array(100).fill(0))
  })

  test('when none is left, the wait is to the end of the window', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.acquire()
    rateLimiter.release(headers(2, 10))
    expect(takeAll(rateLimiter, 3)).toEqual([0, 0, 6_000])
    time.now = 9_999
    expect(rateLimiter.acquire()).toBe(1)
    time.now = 10_000
    // Two of the new window’s three may be those that are still on their way.
    expect(takeAll(rateLimiter, 2)).toEqual([0, 10_000])
  })

  test('a call that has to wait takes nothing from the window', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.acquire()
    rateLimiter.release(headers(0, 10))
    takeAll(rateLimiter, 50)
    time.now = 10_000
    expect(takeAll(rateLimiter, 4)).toEqual([0, 0, 0, 10_000])
  })

  test('a call that was answered, or never will be, counts in the next window no more', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.acquire()
    rateLimiter.release(headers(2, 10))
    takeAll(rateLimiter, 2)
    rateLimiter.release()
    rateLimiter.release(new Headers())
    time.now = 10_000
    expect(takeAll(rateLimiter, 4)).toEqual([0, 0, 0, 10_000])
  })

  test('calls that are on their way count in the first window that is known', () => {
    const { rateLimiter } = openRateLimiter(4_000)
    takeAll(rateLimiter, 3)
    rateLimiter.release(headers(2, 10))
    expect(rateLimiter.acquire()).toBe(6_000)
  })

  test('others who use the limit are heeded', () => {
    const { rateLimiter } = openRateLimiter(4_000)
    rateLimiter.acquire()
    rateLimiter.release(headers(2, 10))
    rateLimiter.acquire()
    rateLimiter.release(headers(0, 10))
    expect(rateLimiter.acquire()).toBe(6_000)
  })

  test('an answer of the same window that comes late does not give calls back', () => {
    const { rateLimiter } = openRateLimiter(4_000)
    takeAll(rateLimiter, 2)
    rateLimiter.release(headers(0, 10))
    rateLimiter.release(headers(2, 10))
    expect(rateLimiter.acquire()).toBe(6_000)
  })

  test('an answer of a window that is over tells nothing', () => {
    const { rateLimiter, time } = openRateLimiter(9_000)
    takeAll(rateLimiter, 2)
    time.now = 11_000
    rateLimiter.release(headers(2, 20))
    rateLimiter.release(headers(0, 10))
    expect(rateLimiter.acquire()).toBe(0)
  })

  test('an answer that a newer one has overtaken tells nothing, although our clock is not there yet', () => {
    const { rateLimiter } = openRateLimiter(9_000)
    takeAll(rateLimiter, 2)
    rateLimiter.release(headers(2, 18))
    rateLimiter.release(headers(0, 10))
    expect(rateLimiter.acquire()).toBe(0)
  })

  test('a newer window replaces the one that is known', () => {
    const { rateLimiter } = openRateLimiter(9_000)
    takeAll(rateLimiter, 2)
    rateLimiter.release(headers(0, 10))
    rateLimiter.release(headers(1, 18))
    expect(takeAll(rateLimiter, 2)).toEqual([0, 9_000])
  })

  test('the end of a window that was only guessed is corrected by its first answer, and its count is kept', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.acquire()
    rateLimiter.release(headers(0, 10))
    time.now = 10_000
    takeAll(rateLimiter, 2)
    rateLimiter.release(headers(2, 16))
    expect(takeAll(rateLimiter, 2)).toEqual([0, 6_000])
    // Known by now, so an earlier end is an older answer.
    rateLimiter.release(headers(2, 13))
    expect(rateLimiter.acquire()).toBe(6_000)
  })

  test('what a guessed window gave out stays given out, although one of its calls got no answer', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.acquire()
    rateLimiter.release(headers(0, 10))
    time.now = 10_000
    takeAll(rateLimiter, 2)
    rateLimiter.release()
    rateLimiter.release(headers(2, 16))
    expect(takeAll(rateLimiter, 2)).toEqual([0, 6_000])
  })

  test('an answer whose window ends at this moment gives no calls back', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.acquire()
    rateLimiter.release(headers(0, 10))
    time.now = 10_000
    takeAll(rateLimiter, 3)
    time.now = 12_000
    rateLimiter.release(headers(0, 12))
    expect(rateLimiter.acquire()).toBe(8_000)
  })

  test('a clock that is behind Intercom’s does not make the wait longer than a window', () => {
    const { rateLimiter } = openRateLimiter(1_000)
    rateLimiter.acquire()
    rateLimiter.release(headers(0, 3_600))
    expect(rateLimiter.acquire()).toBe(10_000)
  })

  test.each([
    ['no number of calls', headers('many', 10)],
    ['a negative number of calls', headers(-1, 10)],
    ['a fraction of a call', headers('0.5', 10)],
    ['no end of the window', headers(0, 'soon')],
    ['an empty end', headers(0, '')]
  ])('headers that hold %s tell nothing', (_title, broken) => {
    const { rateLimiter } = openRateLimiter(4_000)
    rateLimiter.acquire()
    rateLimiter.release(broken)
    expect(rateLimiter.acquire()).toBe(0)
  })

  test('without a limit in the headers the one from before counts on', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    takeAll(rateLimiter, 2)
    rateLimiter.release(headers(1, 10, 2))
    rateLimiter.release(new Headers({ 'X-RateLimit-Remaining': '1', 'X-RateLimit-Reset': '10' }))
    time.now = 10_000
    expect(takeAll(rateLimiter, 3)).toEqual([0, 0, 10_000])
  })

  test('a limit that was never told is none, in the next window either', () => {
    const { rateLimiter, time } = openRateLimiter(4_000)
    rateLimiter.acquire()
    rateLimiter.release(new Headers({ 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '10' }))
    expect(rateLimiter.acquire()).toBe(6_000)
    time.now = 10_000
    expect(takeAll(rateLimiter, 50)).toEqual(Array(50).fill(0))
  })
})

describe('how long a call waits that Intercom turned away', () => {
  test.each([
    ['Retry-After, in seconds', { 'Retry-After': '7', 'X-RateLimit-Reset': '8' }, 7_000],
    ['to the end of the window', { 'X-RateLimit-Reset': '8' }, 4_000],
    ['a whole window where nothing is told', {}, 10_000],
    ['a whole window where the end has passed', { 'X-RateLimit-Reset': '4' }, 10_000],
    ['a whole window where the clocks disagree', { 'X-RateLimit-Reset': '3600' }, 10_000],
    ['exactly one window', { 'X-RateLimit-Reset': '14' }, 10_000],
    ['a whole window where Retry-After is a date', { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 10_000]
  ])('%s', (_title, told, expected) => {
    expect(toRetryAfterMs(new Headers(told), 4_000)).toBe(expected)
  })
})

describe('one call of Segment’s waits a little', () => {
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

  test('not at all where a call is left', async () => {
    const { wait: rateLimitWait, slept } = openWait(8_000)
    await rateLimitWait.acquire('GET /me')
    expect(slept).toEqual([])
  })

  test('two seconds are slept, and then the call is taken', async () => {
    const { wait: rateLimitWait, rateLimiter, slept } = openWait(8_000)
    rateLimiter.acquire()
    rateLimiter.release(headers(0, 10, 1))
    await rateLimitWait.acquire('GET /me')
    expect(slept).toEqual([2_000])
    expect(rateLimiter.acquire()).toBe(10_000)
  })

  test('more than two seconds are Segment’s to wait: nothing is slept, and the error says how long', async () => {
    const { wait: rateLimitWait, rateLimiter, slept } = openWait(7_999, 0.5)
    rateLimiter.acquire()
    rateLimiter.release(headers(0, 10, 1))
    await expect(rateLimitWait.acquire('PUT /contacts/{id}')).rejects.toMatchObject({
      details: { operation: 'PUT /contacts/{id}', status: 429, code: 'rate_limit_ahead', text: '', retryAfterMs: 2_202 }
    })
    expect(slept).toEqual([])
  })

  test('the two seconds are for all its calls together, and another call of Segment’s has its own', async () => {
    const { wait: rateLimitWait, rateLimiter, slept, open } = openWait(9_000)
    rateLimiter.acquire()
    rateLimiter.release(headers(0, 10, 1))
    await rateLimitWait.acquire('GET /me')
    rateLimiter.release(headers(0, 11, 1))
    await rateLimitWait.acquire('GET /me')
    rateLimiter.release(headers(0, 12, 1))
    await expect(rateLimitWait.acquire('GET /me')).rejects.toMatchObject({ details: { status: 429 } })
    await open().acquire('GET /me')
    expect(slept).toEqual([1_000, 1_000, 1_000])
  })

  test.each([
    [0, 1_000],
    [0.5, 1_100],
    [0.9999, 1_200]
  ])('those turned away come back at different moments: at chance %d, %d ms instead of 1,000', (random, expected) => {
    expect(openWait(0, random).wait.withJitter(1_000)).toBe(expected)
  })
})
