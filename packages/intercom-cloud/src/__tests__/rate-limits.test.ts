import { createRequestClient, Destination } from '@segment/actions-core'
import nock from 'nock'
import { createIntercomClient } from '../client/intercom-client'
import { intercomCloud } from '..'
import { RateLimiter } from '../client/rate-limiter'
import { RateLimitWait } from '../client/rate-limit-wait'
import { HOST, NOW, openWorkspace, toEvent, toSettings, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

const identify = (userId: string) => ({ type: 'identify', userId, traits: {} }) as const

function openWithClock(startAt = NOW) {
  let now = startAt
  const slept: number[] = []
  const destination = new Destination(
    intercomCloud({
      now: () => now,
      sleep: (milliseconds) => {
        slept.push(milliseconds)
        now = Math.max(now, now + milliseconds)
        return Promise.resolve()
      },
      random: () => 0.5
    })
  )
  const answer = (remaining: number, status = 200, resetIn = 8_000) =>
    nock(HOST)
      .post('/contacts')
      .reply(status, status === 200 ? { id: '65', role: 'user' } : { errors: [{ code: 'rate_limit_exceeded' }] }, {
        'X-RateLimit-Limit': '1667',
        'X-RateLimit-Remaining': String(remaining),
        'X-RateLimit-Reset': String(Math.ceil((now + resetIn) / 1000))
      })
  return { destination, answer, slept }
}

test('a long wait is an error with its length and jitter, and nothing is sent or slept', async () => {
  const { destination, answer, slept } = openWithClock()
  answer(0)
  await destination.onEvent(toEvent(identify('u1')), toSettings())
  await expect(destination.onEvent(toEvent(identify('u2')), toSettings())).rejects.toMatchObject({
    name: 'RetryableError',
    status: 429,
    retryAfterMs: 8_800,
    message: expect.stringMatching(/rate limit is reached.*Wait 9 s\.$/)
  })
  expect(slept).toEqual([])
})

test('sleeps for a short wait', async () => {
  const { destination, answer, slept } = openWithClock()
  answer(0, 200, 2_000)
  await destination.onEvent(toEvent(identify('u1')), toSettings())
  answer(1666)
  await destination.onEvent(toEvent(identify('u2')), toSettings())
  expect(slept).toEqual([2_000])
})

test('a 429 reports the wait, and the next event sends no request', async () => {
  const { destination, answer } = openWithClock()
  answer(0, 429)
  const failed = { name: 'RetryableError', status: 429, retryAfterMs: 8_800 }
  await expect(destination.onEvent(toEvent(identify('u1')), toSettings())).rejects.toMatchObject(failed)
  await expect(destination.onEvent(toEvent(identify('u2')), toSettings())).rejects.toMatchObject(failed)
  expect(nock.pendingMocks()).toEqual([])
})

test('a batch sends no requests over the limit, and each result reports the wait', async () => {
  const { destination, answer } = openWithClock()
  answer(0)
  await destination.onEvent(toEvent(identify('u0')), toSettings())
  const { operations } = openWorkspace()
  const subscriptions = intercomCloud().presets.filter(({ partnerAction }) => partnerAction === 'identifyContact')
  const [result] = await destination.onBatch([identify('u1'), identify('u2')].map(toEvent), {
    ...toSettings(),
    subscriptions: subscriptions.map((one) => ({ ...one, mapping: { ...one.mapping } }))
  })
  expect(result?.multistatus).toMatchObject([
    { status: 429, errortype: 'RETRYABLE_ERROR', body: { retryAfterMs: 8_800 } },
    { status: 429, errortype: 'RETRYABLE_ERROR', body: { retryAfterMs: 8_800 } }
  ])
  expect(operations()).toEqual([])
})

test('one call from Segment sleeps two seconds at most, over several windows', async () => {
  let now = NOW
  const slept: number[] = []
  const rateLimiter = new RateLimiter(() => now)
  const sleep = (milliseconds: number) => {
    slept.push(milliseconds)
    now += milliseconds
    return Promise.resolve()
  }
  const rateLimitWait = new RateLimitWait(rateLimiter, { now: () => now, sleep, random: () => 0 })
  const client = createIntercomClient(createRequestClient(), HOST, rateLimitWait)
  nock(HOST)
    .persist()
    .get('/me')
    .reply(() => [
      200,
      { type: 'admin', id: '1' },
      {
        'X-RateLimit-Limit': '1',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': String(Math.floor(now / 1000) + 1)
      }
    ])
  await client.findMe()
  await client.findMe()
  await client.findMe()
  await expect(client.findMe()).rejects.toMatchObject({ details: { code: 'rate_limit_ahead' } })
  expect(slept).toEqual([1000, 1000])
})

test('a call whose connection fails does not reduce the next window', async () => {
  let now = NOW
  const rateLimiter = new RateLimiter(() => now)
  const timing = { now: () => now, sleep: () => Promise.resolve(), random: () => 0 }
  const client = createIntercomClient(createRequestClient(), HOST, new RateLimitWait(rateLimiter, timing))
  nock(HOST)
    .get('/me')
    .reply(
      200,
      { type: 'admin', id: '1' },
      {
        'X-RateLimit-Limit': '1',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': String(Math.ceil(NOW / 1000) + 1)
      }
    )
  await client.findMe()
  now += 2_000
  nock(HOST).get('/me').replyWithError('connection reset')
  await expect(client.findMe()).rejects.toMatchObject({ details: { code: 'unreachable' } })
  now += 10_000
  expect(rateLimiter.takeCall()).toBe(0)
})
