import { HeldKeys } from './held-keys'
import type { Row } from './subscription-order'

/** One call of `send`, or one stream: what its events share. Events of different scopes never share a window. */
export interface Scope {
  /** Milliseconds since 1970. Events that are not settled by then end as `retry`. */
  readonly deadlineAt?: number
  /** Once it aborts, events that are not under way end as `retry`. */
  readonly signal?: AbortSignal
  /** The subscriptions of its events in the order in which they run; those of the sender by default. */
  readonly rows?: readonly Row[]
  readonly heldKeys: HeldKeys
}

export function createScope(limits: Omit<Scope, 'heldKeys'> = {}): Scope {
  return { ...limits, heldKeys: new HeldKeys() }
}

/** Whether its events may end before they were delivered or refused. */
export const isLimited = ({ deadlineAt, signal }: Scope): boolean => deadlineAt !== undefined || signal !== undefined
