import type { Fault, IndexLagFault, StatusFault } from './faults'
import type { Outgoing } from './message'
import { waitForAbort, type Wait } from './wait'

export interface FaultTarget {
  /** Handles the request; `indexLag` hides recent contacts from a search. */
  readonly answer: (indexLag?: IndexLagFault) => Outgoing
  /** Answers with the status of the fault instead. */
  readonly answerStatus: (fault: StatusFault) => Outgoing
  readonly wait: Wait
  readonly signal: AbortSignal
}

/**
 * Answers a request under its faults: at most one that delays, one that hides contacts, and one that replaces the
 * answer. Resolves to undefined if the connection broke without an answer; rejects if the caller gave up.
 */
export const applyFaults = async (faults: readonly Fault[], target: FaultTarget): Promise<Outgoing | undefined> => {
  const { answer, answerStatus, wait, signal } = target
  const slow = faults.find(({ trouble }) => trouble === 'slow')
  if (slow?.trouble === 'slow') await wait(slow.ms ?? 0, signal)
  const indexLag = faults.find((fault) => fault.trouble === 'index-lag')
  const fault = faults.find(({ trouble }) => trouble !== 'slow' && trouble !== 'index-lag')
  if (fault?.status !== undefined) return answerStatus(fault)
  switch (fault?.trouble) {
    case 'dropped':
      return undefined
    case 'lost-answer':
      answer(indexLag)
      return undefined
    case 'time-out':
      await (fault.ms === undefined ? waitForAbort(signal) : wait(fault.ms, signal))
      return undefined
    case undefined:
    case 'index-lag':
    case 'slow':
      return answer(indexLag)
  }
}
