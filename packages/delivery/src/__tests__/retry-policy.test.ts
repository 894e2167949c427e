import { RetryBudget } from '../retry-budget'
import { NO_RETRIES, PATIENT_POLICY, toLimitedPolicy } from '../retry-policy'

const failed = { kind: 'retry', reason: 'Intercom failed.', status: 503 } as const
const limited = { ...failed, status: 429 } as const

describe('the limited policy', () => {
  it.each([
    ['a failure', failed, [100, 300, 900, undefined]],
    ['a 429 without a Retry-After', limited, [1000, 3000, 9000, undefined]]
  ])('waits after %s, three times', (_what, outcome, expected) => {
    const policy = toLimitedPolicy(new RetryBudget(Infinity))
    const waits = [0, 1, 2, 3].map((backoffs) => policy.decide(outcome, { backoffs, requested: 0 }))
    expect(waits.map((decision) => (decision.kind === 'wait' ? decision.ms : undefined))).toEqual(expected)
  })

  it('waits as long as Intercom asks, up to twenty times', () => {
    const policy = toLimitedPolicy(new RetryBudget())
    const told = { ...limited, retryAfterMs: 7000 }
    expect(policy.decide(told, { backoffs: 3, requested: 19 })).toEqual({ kind: 'wait', ms: 7000, isRequested: true })
    expect(policy.decide(told, { backoffs: 0, requested: 20 })).toEqual({ kind: 'give-up' })
  })

  it('gives up at once when the budget for this failure is spent', () => {
    const budget = new RetryBudget(1000)
    const policy = toLimitedPolicy(budget)
    const third = { backoffs: 2, requested: 0 }
    expect(policy.decide(failed, third)).toEqual({ kind: 'wait', ms: 900, isRequested: false })
    expect(policy.decide(failed, third)).toEqual({ kind: 'wait', ms: 900, isRequested: false })
    expect(policy.decide(failed, third)).toEqual({ kind: 'give-up' })
    expect(policy.decide({ ...failed, reason: 'Another.' }, third)).toEqual({
      kind: 'wait',
      ms: 900,
      isRequested: false
    })
    budget.restore()
    expect(policy.decide(failed, third)).toEqual({ kind: 'wait', ms: 900, isRequested: false })
  })
})

it('spends one budget on failures that differ only in the id of Intercom’s request', () => {
  const policy = toLimitedPolicy(new RetryBudget(1000))
  const decide = (request: string) =>
    policy.decide({ ...failed, reason: `Intercom failed. (Intercom: POST /events 503, request ${request})` }, third)
  const third = { backoffs: 2, requested: 0 }
  expect(['a1', 'b2', 'c3'].map((request) => decide(request).kind)).toEqual(['wait', 'wait', 'give-up'])
})

it('never gives up with the patient policy, and waits half a minute at most', () => {
  const waits = [0, 1, 2, 8, 9, 1000].map((backoffs) => PATIENT_POLICY.decide(failed, { backoffs, requested: 0 }))
  expect(waits.map((decision) => (decision.kind === 'wait' ? decision.ms : undefined))).toEqual([
    100, 200, 400, 25_600, 30_000, 30_000
  ])
})

it('makes one attempt without retries', () => {
  expect(NO_RETRIES.decide({ ...failed, retryAfterMs: 1 }, { backoffs: 0, requested: 0 })).toEqual({ kind: 'give-up' })
})
