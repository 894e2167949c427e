import type { Erasure } from './action-runner'
import { toFields } from './fields'
import { isError } from './http-status'
import { toOutcome, type Outcome } from './outcome'

export type RefusedOutcome = Extract<Outcome, { kind: 'rejected' | 'retry' }>

/** An error without a status comes from the mapping, and another attempt would end the same. */
export function toThrownOutcome(thrown: unknown): RefusedOutcome {
  const { status, message } = toFields(thrown)
  const reason = typeof message === 'string' ? message : String(thrown)
  if (typeof status !== 'number' || !isError(status)) return { kind: 'rejected', reason }
  const outcome = toOutcome({ status, errormessage: reason })
  return outcome.kind === 'rejected' || outcome.kind === 'retry' ? outcome : { kind: 'rejected', reason }
}

/** The result of the definition's `onDelete`. `call` returns its report. */
export async function toErasure(call: () => unknown): Promise<Erasure> {
  try {
    const { deleted } = toFields(await call())
    return typeof deleted === 'number' && deleted > 0
      ? { status: 'erased', contacts: deleted }
      : { status: 'not-found' }
  } catch (thrown) {
    const { kind, reason } = toThrownOutcome(thrown)
    return { status: kind, reason }
  }
}
