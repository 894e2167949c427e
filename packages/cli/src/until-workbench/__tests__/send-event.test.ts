import { IntegrationError, RetryableError, type Result, type SegmentEvent } from '@segment/actions-core'
import { Pace } from '../pace'
import { Patience } from '../patience'
import { sendEvent, type Sender } from '../send-event'

const EVENT: SegmentEvent = { type: 'track', userId: 'usr_1', timestamp: '2026-11-09T08:00:00Z' }
const SUBSCRIPTION = { action: 'trackEvent', row: { partnerAction: 'trackEvent', subscribe: 'type = "track"' } }
const EXECUTED: Result[] = [{ output: 'Mappings resolved' }, { output: 'Action Executed', data: null }]

type Answer = Result[] | Error

/** Answers one after the other, the last one for ever, and writes down the waits. */
function senderOf(...answers: Answer[]) {
  const waits: number[] = []
  let tries = 0
  const clock = {
    now: () => 0,
    sleep: async (milliseconds: number) => {
      waits.push(milliseconds)
      return Promise.resolve()
    }
  }
  const sender: Sender = {
    destination: {
      onEvent: async () => {
        const answer = answers[Math.min(tries, answers.length - 1)] ?? []
        tries += 1
        if (answer instanceof Error) throw answer
        return Promise.resolve(answer)
      }
    },
    settings: {},
    patience: new Patience(),
    clock,
    pace: new Pace(clock),
    signal: undefined
  }
  return { sender, waits, tries: () => tries }
}

const send = (sender: Sender) => sendEvent(EVENT, SUBSCRIPTION, sender)

describe('sendEvent', () => {
  it('delivers, and says what was left out', async () => {
    const data = {
      losses: [{ path: 'metadata.cart', reason: 'nested-value' }, 'x', null, { path: 'a', reason: 'toString' }],
      doubtful: [{ path: 'company', reason: 'unnamed-company' }, 7]
    }
    const { sender } = senderOf([{ output: 'Action Executed', data }])
    expect(await send(sender)).toEqual({
      kind: 'delivered',
      losses: [{ path: 'metadata.cart', reason: 'nested-value' }],
      doubtful: [{ path: 'company', reason: 'unnamed-company' }],
      retries: 0
    })
  })

  it('does not take the silence of a broken subscription for success', async () => {
    const { sender } = senderOf([{ output: 'Invalid subscription : oops' }])
    expect(await send(sender)).toMatchObject({ kind: 'rejected', failure: { reason: 'Invalid subscription : oops' } })
  })

  it('tries again where Segment would, and counts it', async () => {
    const { sender, waits } = senderOf(new RetryableError('later', 503), EXECUTED)
    expect(await send(sender)).toMatchObject({ kind: 'delivered', retries: 1 })
    expect(waits).toEqual([100])
  })

  it('gives up after three further tries', async () => {
    const { sender, waits, tries } = senderOf(new RetryableError('later', 503))
    expect(await send(sender)).toEqual({
      kind: 'rejected',
      failure: { reason: 'later', status: 503, code: 'RETRYABLE_ERROR', retryable: true },
      retries: 3
    })
    expect(waits).toEqual([100, 300, 900])
    expect(tries()).toBe(4)
  })

  it("outlasts Intercom's window of ten seconds after a 429", async () => {
    const { sender, waits } = senderOf(new RetryableError('slow down', 429))
    await send(sender)
    expect(waits).toEqual([1000, 3000, 9000])
  })

  it.each([
    ['a refusal', new IntegrationError('no', 'BAD_REQUEST', 400)],
    ['a mistake of ours', new TypeError('x is not a function')]
  ])('does not repeat %s', async (_, error) => {
    const { sender, tries } = senderOf(error)
    expect(await send(sender)).toMatchObject({ kind: 'rejected', retries: 0 })
    expect(tries()).toBe(1)
  })

  it('gives equal reasons of different requests and people one wording', async () => {
    const text = 'The event usr_1 is refused. (Intercom: POST /events 400 x, request abc-123)'
    const { sender } = senderOf(new IntegrationError(text, 'BAD_REQUEST', 400))
    expect(await send(sender)).toMatchObject({
      failure: { reason: 'The event … is refused. (Intercom: POST /events 400 x)' }
    })
  })

  it('loses patience with a failure for which waiting never helps', async () => {
    const { sender, waits } = senderOf(new RetryableError('never', 503))
    for (let index = 0; index < 50; index += 1) await send(sender)
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(11_000)
    expect(await send(sender)).toMatchObject({ kind: 'rejected', retries: 0 })
  })

  it('does not wait on when it is stopped', async () => {
    const { sender, tries } = senderOf(new RetryableError('later', 503))
    const stopped = { ...sender, clock: { ...sender.clock, sleep: () => Promise.reject(new Error('aborted')) } }
    expect(await send(stopped)).toEqual({ kind: 'stopped' })
    expect(tries()).toBe(1)
  })
})
