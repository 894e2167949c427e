import { toUncheckedSubscription, type Outcome } from '@intercom-destinations/delivery'
import { toSent } from '../deliver/sent'

const EVENT = { type: 'track', userId: 'usr_1' } as const
const subscription = toUncheckedSubscription({ partnerAction: 'trackEvent', subscribe: 'type = "track"', mapping: {} })
const sent = (outcome: Outcome, attempts = 1) => toSent({ subscription, outcome, attempts }, EVENT)

it('gives failures of one kind the same reason for all requests and people', () => {
  const reason = 'The event usr_1 is refused. (Intercom: POST /events 400 x, request abc-123)'
  expect(sent({ kind: 'rejected', reason, status: 400, code: 'BAD_REQUEST' })).toEqual({
    kind: 'rejected',
    failure: {
      reason: 'The event … is refused. (Intercom: POST /events 400 x)',
      status: 400,
      code: 'BAD_REQUEST',
      retryable: false
    },
    retries: 0
  })
})

it('does not promise that a run which has ended sends an event again', () => {
  const reason = 'Intercom is unavailable for the moment. The event is sent again later. (Intercom: POST /events 503 x)'
  expect(sent({ kind: 'retry', reason, status: 503 }, 4)).toMatchObject({
    failure: {
      reason:
        'Intercom is unavailable for the moment. Deliver the failed lines again later. (Intercom: POST /events 503 x)'
    }
  })
})

it('counts the attempts after the first as retries', () => {
  expect(sent({ kind: 'retry', reason: 'later', status: 503 }, 4)).toEqual({
    kind: 'rejected',
    failure: { reason: 'later', status: 503, retryable: true },
    retries: 3
  })
})

it('adds the losses of the preparation, separate from doubtful values', () => {
  const delivered: Outcome = {
    kind: 'delivered',
    losses: [{ path: 'metadata.cart', reason: 'nested-value' }],
    doubtful: []
  }
  const met = [
    { path: 'timestamp', reason: 'other-time' as const },
    { path: 'properties', reason: 'not-an-object' as const }
  ]
  expect(toSent({ subscription, outcome: delivered, attempts: 1 }, EVENT, met)).toEqual({
    kind: 'delivered',
    losses: [
      { path: 'metadata.cart', reason: 'nested-value' },
      { path: 'properties', reason: 'not-an-object' }
    ],
    doubtful: [{ path: 'timestamp', reason: 'other-time' }],
    retries: 0
  })
})

it('counts an event that the mapping ignores as delivered, as Segment does', () => {
  expect(sent({ kind: 'ignored', losses: [], reason: 'x' })).toMatchObject({ kind: 'delivered', losses: [] })
})
