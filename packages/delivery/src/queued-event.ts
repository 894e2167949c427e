import type { SegmentEvent } from '@segment/actions-core'
import type { Ordered } from './keyed-queue'
import { toOrderingKeys } from './ordering-keys'
import type { Run, Verdict } from './outcome'
import type { Waits } from './retry-policy'
import type { Subscription } from './subscriptions'

/** One call of `send`, or a stream: what its events share. */
export interface Scope {
  /** Milliseconds since 1970 after which its events are not tried any more. */
  readonly deadlineAt?: number
  readonly signal?: AbortSignal
  /** The subscriptions of its events, where they are not those of the sender, in the order in which they run. */
  readonly rows?: readonly Row[]
  /** Keys of events that ended as `retry`: with `holdAfterRetry` later events with these keys are not sent. */
  readonly heldKeys: Map<string, number>
}

/** A subscription with its place in the order in which the subscriptions of a window run. */
export interface Row {
  readonly subscription: Subscription
  readonly position: number
}

export interface Settled {
  /** As it was handed over. */
  readonly event: unknown
  readonly verdict: Verdict
  /** One for each subscription that took the event and ran. */
  readonly runs: readonly Run[]
}

/** The order in which the actions of a window run: a contact comes before its company, and both before its events. */
const ACTION_RANKS: ReadonlyMap<string, number> = new Map([
  ['identifyContact', 0],
  ['groupIdentifyContact', 1],
  ['trackEvent', 2]
])
const GROUP_RANK = 1
const LAST_RANK = 2

export function toActionRank({ action }: Pick<Subscription, 'action'>): number {
  return ACTION_RANKS.get(action) ?? LAST_RANK
}

export function toRows(subscriptions: readonly Subscription[]): Row[] {
  const ranked = [...subscriptions].sort((one, other) => toActionRank(one) - toActionRank(other))
  return ranked.map((subscription, position) => ({ subscription, position }))
}

/** An event on its way. */
export class QueuedEvent implements Ordered {
  readonly keys: Ordered['keys']
  readonly rows: Ordered['rows']
  readonly rank: number
  notBefore = 0
  waitsForContact = false
  readonly waits: Waits = { guessed: 0, asTold: 0 }
  readonly #runs = new Map<Subscription, Run>()
  readonly #attempts = new Map<Subscription, number>()
  #isSettled = false

  constructor(
    readonly event: SegmentEvent,
    readonly place: number,
    /** The subscriptions that take it, in the order in which they run; at least one. */
    readonly takers: readonly Row[],
    readonly scope: Scope,
    private readonly resolve: (settled: Settled) => void,
    earlier: readonly Run[] = []
  ) {
    this.keys = toOrderingKeys(event)
    const positions = takers.map(({ position }) => position)
    this.rows = { first: Math.min(...positions), last: Math.max(...positions) }
    const rank = Math.min(...takers.map(({ subscription }) => toActionRank(subscription)))
    this.rank = namesCompanies(event) ? Math.max(rank, GROUP_RANK) : rank
    for (const run of earlier) {
      this.#runs.set(run.subscription, run)
      this.#attempts.set(run.subscription, run.attempts)
    }
  }

  get runs(): Run[] {
    return this.takers.flatMap(({ subscription }) => this.#runs.get(subscription) ?? [])
  }

  get isSettled(): boolean {
    return this.#isSettled
  }

  /** Forgets what failed for now, because it is tried again. */
  beginAttempt(): void {
    for (const [subscription, { outcome }] of this.#runs) {
      if (outcome.kind === 'retry') this.#runs.delete(subscription)
    }
  }

  /** Whether this subscription still has to run. */
  needs(subscription: Subscription): boolean {
    if (!this.takers.some((row) => row.subscription === subscription)) return false
    return !this.#runs.has(subscription)
  }

  note(run: Omit<Run, 'attempts'>): Run {
    const attempts = (this.#attempts.get(run.subscription) ?? 0) + 1
    this.#attempts.set(run.subscription, attempts)
    const noted = { ...run, attempts }
    this.#runs.set(run.subscription, noted)
    return noted
  }

  /** Tells the caller, once. */
  settle(verdict: Verdict): Settled | undefined {
    if (this.#isSettled) return undefined
    this.#isSettled = true
    const settled = { event: this.event, verdict, runs: this.runs }
    this.resolve(settled)
    return settled
  }
}

/** An identify that changes memberships must not pass a group call that waits. */
function namesCompanies({ type, traits }: SegmentEvent): boolean {
  return type === 'identify' && (isThere(traits?.company) || isThere(traits?.companies))
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== ''
