import { HeldKeys } from './held-keys'
import type { Row } from './subscription-order'

/** One call of `send`, or one stream: what its events share. Events of different scopes never share a window. */
export interface Scope {
  /** Milliseconds since 1970. Events that are not settled by then end as `retry`. */
  readonly deadlineAt?: number
  /** Milliseconds since 1970. No call outlasts it: a little before the deadline, so that there is time for verdicts. */
  readonly callsEndAt?: number
  /** Once it aborts, events that are not under way end as `retry`. */
  readonly signal?: AbortSignal
  /** The subscriptions of its events in the order in which they run; those of the sender by default. */
  readonly rows?: readonly Row[]
  readonly heldKeys: HeldKeys
}

/** Milliseconds before the deadline at which calls end, so that each event of a window gets an outcome of its own. */
const MOST_VERDICT_MS = 200
/** For a short deadline, this share of it. */
const VERDICT_SHARE = 0.1

/** The times of a scope that may take this many milliseconds. */
export function toDeadline(now: number, deadlineMs: number): Required<Pick<Scope, 'deadlineAt' | 'callsEndAt'>> {
  const verdictMs = Math.min(MOST_VERDICT_MS, deadlineMs * VERDICT_SHARE)
  return { deadlineAt: now + deadlineMs, callsEndAt: now + deadlineMs - verdictMs }
}

export function createScope(limits: Omit<Scope, 'heldKeys'> = {}): Scope {
  return { ...limits, heldKeys: new HeldKeys() }
}

/** Whether its events may end before they were delivered or refused. */
export const isLimited = ({ deadlineAt, signal }: Scope): boolean => deadlineAt !== undefined || signal !== undefined
