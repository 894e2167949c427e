import type { SegmentEvent } from '@segment/actions-core'
import type { Ordered } from './keyed-queue'
import { toOrderingKeys } from './ordering-keys'
import type { Run, Verdict } from './outcome'
import type { Waits } from './retry-policy'
import type { Scope } from './scope'
import { GROUP_RANK, toActionRank, type Row } from './subscription-order'
import type { Subscription } from './subscriptions'

/** An event with its verdict. */
export interface Settled {
  /** The value that the caller passed. */
  readonly event: unknown
  readonly verdict: Verdict
  /** One for each subscription that took the event and ran. */
  readonly runs: readonly Run[]
}

export interface QueuedEventOptions {
  readonly event: SegmentEvent
  /** Its position in the order of arrival. */
  readonly place: number
  /** The subscriptions that take it, in the order in which they run; at least one. */
  readonly matchingRows: readonly Row[]
  readonly scope: Scope
  /** Runs of an earlier delivery that are not repeated. */
  readonly earlierRuns: readonly Run[]
  readonly onSettled: (settled: Settled) => void
}

/** An event without a verdict, and the state of its delivery. */
export class QueuedEvent implements Ordered {
  readonly event: SegmentEvent
  readonly place: number
  readonly matchingRows: readonly Row[]
  readonly scope: Scope
  readonly keys: Ordered['keys']
  readonly allKeys: readonly string[]
  readonly rows: Ordered['rows']
  readonly rank: number
  notBefore = 0
  waitsForContact = false
  readonly waits: Waits = { backoffs: 0, requested: 0 }
  readonly #runs = new Map<Subscription, Run>()
  readonly #attempts = new Map<Subscription, number>()
  readonly #onSettled: (settled: Settled) => void
  #isSettled = false

  constructor({ event, place, matchingRows, scope, earlierRuns, onSettled }: QueuedEventOptions) {
    this.event = event
    this.place = place
    this.matchingRows = matchingRows
    this.scope = scope
    this.#onSettled = onSettled
    this.keys = toOrderingKeys(event)
    this.allKeys = [...new Set([...this.keys.person, ...this.keys.group])]
    const positions = matchingRows.map(({ position }) => position)
    this.rows = { first: Math.min(...positions), last: Math.max(...positions) }
    const rank = Math.min(...matchingRows.map(({ subscription }) => toActionRank(subscription)))
    this.rank = changesMemberships(event) ? Math.max(rank, GROUP_RANK) : rank
    for (const run of earlierRuns) {
      this.#runs.set(run.subscription, run)
      this.#attempts.set(run.subscription, run.attempts)
    }
  }

  get runs(): Run[] {
    return this.matchingRows.flatMap(({ subscription }) => this.#runs.get(subscription) ?? [])
  }

  get isSettled(): boolean {
    return this.#isSettled
  }

  /** Discards runs that failed for now, because they are repeated. */
  beginAttempt(): void {
    for (const [subscription, { outcome }] of this.#runs) {
      if (outcome.kind === 'retry') this.#runs.delete(subscription)
    }
  }

  /** Whether this subscription still has to run. */
  needs(subscription: Subscription): boolean {
    if (!this.matchingRows.some((row) => row.subscription === subscription)) return false
    return !this.#runs.has(subscription)
  }

  /** Records a run, and counts its attempts. */
  recordRun({ subscription, outcome }: Omit<Run, 'attempts'>): Run {
    const attempts = (this.#attempts.get(subscription) ?? 0) + 1
    const run = { subscription, outcome, attempts }
    this.#attempts.set(subscription, attempts)
    this.#runs.set(subscription, run)
    return run
  }

  /** Resolves the delivery; `undefined` when the event is settled already. */
  settle(verdict: Verdict): Settled | undefined {
    if (this.#isSettled) return undefined
    this.#isSettled = true
    const settled = { event: this.event, verdict, runs: this.runs }
    this.#onSettled(settled)
    return settled
  }
}

/** An identify that changes memberships must not pass a waiting group call. */
function changesMemberships({ type, traits }: SegmentEvent): boolean {
  return type === 'identify' && (isPresent(traits?.company) || isPresent(traits?.companies))
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null && value !== ''
