import type { SegmentEvent } from '@segment/actions-core'
import type { QueuedEvent } from './queued-event'
import { isLimited, type Scope } from './scope'

interface LimitedScope {
  readonly events: Set<QueuedEvent>
  readonly stopListening: () => void
}

/** The events without a verdict, indexed by event and by the scopes that have a deadline or a signal. */
export class UnsettledEvents {
  readonly #byEvent = new Map<SegmentEvent, Set<QueuedEvent>>()
  readonly #limitedScopes = new Map<Scope, LimitedScope>()
  #size = 0

  /** `onAbort` is called when the signal of a scope with unsettled events aborts. */
  constructor(private readonly onAbort: () => void) {}

  get size(): number {
    return this.#size
  }

  add(queued: QueuedEvent): void {
    this.#size += 1
    const same = this.#byEvent.get(queued.event)
    if (same) same.add(queued)
    else this.#byEvent.set(queued.event, new Set([queued]))
    if (isLimited(queued.scope)) this.#eventsOf(queued.scope).add(queued)
  }

  delete(queued: QueuedEvent): void {
    const same = this.#byEvent.get(queued.event)
    if (!same?.delete(queued)) return
    this.#size -= 1
    if (same.size === 0) this.#byEvent.delete(queued.event)
    const limited = this.#limitedScopes.get(queued.scope)
    if (!limited?.events.delete(queued) || limited.events.size > 0) return
    limited.stopListening()
    this.#limitedScopes.delete(queued.scope)
  }

  /** The deliveries of this event object; several when the caller sent the same object more than once. */
  of(event: SegmentEvent): QueuedEvent[] {
    return [...(this.#byEvent.get(event) ?? [])]
  }

  /** The unsettled events of scopes whose deadline has passed. */
  overdue(now: number): QueuedEvent[] {
    return this.#inScopes(({ deadlineAt }) => deadlineAt !== undefined && deadlineAt <= now)
  }

  /** The unsettled events of scopes whose signal has aborted. */
  aborted(): QueuedEvent[] {
    return this.#inScopes(({ signal }) => signal?.aborted ?? false)
  }

  /** Milliseconds since 1970; `undefined` without a deadline. */
  get nextDeadlineAt(): number | undefined {
    let next: number | undefined
    for (const { deadlineAt } of this.#limitedScopes.keys()) {
      if (deadlineAt !== undefined && (next === undefined || deadlineAt < next)) next = deadlineAt
    }
    return next
  }

  #inScopes(isPicked: (scope: Scope) => boolean): QueuedEvent[] {
    const found: QueuedEvent[] = []
    for (const [scope, { events }] of this.#limitedScopes) if (isPicked(scope)) found.push(...events)
    return found
  }

  #eventsOf(scope: Scope): Set<QueuedEvent> {
    const found = this.#limitedScopes.get(scope)
    if (found) return found.events
    // A host may pass one long-lived signal to every call, so no listener outlives the events of its scope.
    const listener = () => {
      this.onAbort()
    }
    scope.signal?.addEventListener('abort', listener)
    const events = new Set<QueuedEvent>()
    this.#limitedScopes.set(scope, {
      events,
      stopListening: () => {
        scope.signal?.removeEventListener('abort', listener)
      }
    })
    return events
  }
}
