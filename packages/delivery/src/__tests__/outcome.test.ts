import { toOutcome, toVerdict, type Outcome } from '../outcome'
import { toSubscription } from '../subscriptions'

const subscription = toSubscription({ partnerAction: 'trackEvent', subscribe: 'type = "track"', mapping: {} })
const verdictOf = (...outcomes: Outcome[]) =>
  toVerdict(outcomes.map((outcome) => ({ subscription, outcome, attempts: 1 })))

const loss = { path: 'metadata.a', reason: 'nested-value' } as const
const doubt = { path: 'company', reason: 'unnamed-company' } as const

describe('toOutcome', () => {
  it.each<[unknown, Outcome]>([
    [
      { status: 200, body: { contactId: 'c1', companyId: 'k1', losses: [loss], doubtful: [doubt] } },
      { kind: 'delivered', losses: [loss], doubtful: [doubt], contactId: 'c1', companyId: 'k1' }
    ],
    [{ status: 200 }, { kind: 'delivered', losses: [], doubtful: [] }],
    [
      { status: 200, body: { losses: [null, { path: 'a', reason: 'toString' }] } },
      { kind: 'delivered', losses: [], doubtful: [] }
    ],
    [
      { status: 200, body: { skipped: true, losses: [] } },
      { kind: 'ignored', losses: [], reason: 'The mapping sends no event of this name.' }
    ],
    [
      { status: 200, body: { skipped: true, losses: [{ path: 'contact', reason: 'not-in-intercom' }] } },
      {
        kind: 'ignored',
        losses: [{ path: 'contact', reason: 'not-in-intercom' }],
        reason:
          'The mapping sends nothing for this event: Intercom does not have this person, and the mapping creates none for it.'
      }
    ],
    [
      { status: 400, errormessage: 'No.', errortype: 'BAD_REQUEST' },
      { kind: 'rejected', reason: 'No.', status: 400, code: 'BAD_REQUEST' }
    ],
    [{ status: 404 }, { kind: 'rejected', reason: 'It was answered 404.', status: 404 }],
    [
      { status: 401, errormessage: 'No.' },
      { kind: 'retry', reason: 'No.', status: 401 }
    ],
    [
      { status: 408, errormessage: 'No.' },
      { kind: 'retry', reason: 'No.', status: 408 }
    ],
    [
      { status: 429, errormessage: 'No.', body: { retryAfterMs: 7000 } },
      { kind: 'retry', reason: 'No.', status: 429, retryAfterMs: 7000 }
    ],
    [
      { status: 503, errormessage: 'No.', body: { waitsForContact: true, retryAfterMs: -1 } },
      { kind: 'retry', reason: 'No.', status: 503, waitsForContact: true }
    ],
    [undefined, { kind: 'retry', reason: 'The destination reported no result for the event.' }]
  ])('%j', (node, expected) => {
    expect(toOutcome(node)).toEqual(expected)
  })
})

describe('toVerdict', () => {
  const delivered: Outcome = { kind: 'delivered', losses: [loss], doubtful: [doubt], contactId: 'c1' }
  const ignored: Outcome = { kind: 'ignored', losses: [], reason: 'Not wanted.' }
  const rejected: Outcome = { kind: 'rejected', reason: 'No.' }
  const retry: Outcome = { kind: 'retry', reason: 'Later.', retryAfterMs: 10 }

  it.each([
    [[ignored, delivered], 'delivered', undefined],
    [[ignored], 'ignored', 'Not wanted.'],
    [[rejected, delivered], 'rejected', 'No.'],
    [[rejected, retry], 'retry', 'Later.'],
    [[], 'ignored', 'No subscription takes this event.']
  ])('of %j is %s', (outcomes, status, reason) => {
    expect(verdictOf(...outcomes)).toMatchObject({ status, ...(reason === undefined ? {} : { reason }) })
  })

  it('has the losses of all runs, and the ids of the delivered ones', () => {
    expect(verdictOf(delivered, retry, { ...delivered, contactId: 'c2', companyId: 'k1' })).toEqual({
      status: 'retry',
      losses: [loss, loss],
      doubtful: [doubt, doubt],
      reason: 'Later.',
      retryAfterMs: 10,
      contactId: 'c1',
      companyId: 'k1'
    })
  })
})
