import { toTracedLoss, withEventLosses, type PreparedEvent } from '@intercom-destinations/cli'
import { toOrderingKeys, type ObservedRequest, type Run as SenderRun } from '@intercom-destinations/delivery'
import type { StoreVersion } from '@intercom-destinations/emulator'
import type { SegmentEvent } from '@segment/actions-core'
import type { DestinationState, Failure, JsonObject, Outcome, Run, Side } from '../../contract'
import { catalog } from '../configuration/catalog'
import { CloudRun } from './cloud-run'
import { toMatches, toSubscriptionTrace, type Match } from './matches'
import { HELD_BACK, toOutcome, WAITING } from './outcome'
import { toCalls, toLastAttempt } from './request-calls'

export const CLOUD_NAME = catalog.cloud.name

/**
 * What an unsettled event waits for: its turn, Intercom to take events again, its contact, or (`held`) an earlier event
 * of its person; a held event has not been tried itself.
 */
export type Wait = 'turn' | 'outage' | 'contact' | 'held'

/** The cloud half of one event, from its submission until it is settled. */
export class CloudProgress {
  /** A copy: the sender identifies events by object identity. */
  readonly event: JsonObject & SegmentEvent
  /** The ids of its person and of its group: events that share one are delivered in order. */
  readonly keys: ReturnType<typeof toOrderingKeys>
  /** The configuration with which it was passed to the sender. */
  configuredBy: DestinationState | undefined
  startedAt: number | undefined
  /** Changed by `PendingRows.show` only, which indexes events by it. */
  wait: Wait = 'turn'
  reason: string | undefined
  /** Taken back from the sender, so it is retried only on request. */
  isWithdrawn = false
  /** The event that it waits behind has been tried since it came in. */
  hasTriggeredRetry = false
  /** Failures since the last time that a retry was requested. */
  failures = 0
  /** Retries that followed the delivery of another event. */
  wakeUps = 0
  /** What the emulator stored when the latest attempt began. */
  before: StoreVersion | undefined
  readonly requests: ObservedRequest[] = []
  #matches: readonly Match[] = []
  readonly #runs = new Map<string, { readonly traced: Run; readonly run: SenderRun }>()

  constructor(
    readonly id: string,
    readonly prepared: Pick<PreparedEvent, 'event' | 'losses'>
  ) {
    this.event = { ...prepared.event }
    this.keys = toOrderingKeys(this.event)
  }

  /** A retry was requested: counting starts again, and the retry of the event before it is part of the request. */
  resetRetries(): void {
    this.failures = 0
    this.wakeUps = 0
    this.hasTriggeredRetry = true
  }

  /** Finds the mappings that take it. Returns whether there are any; without one it is not passed to the sender. */
  match(state: DestinationState): boolean {
    this.configuredBy = state
    this.#matches = toMatches(state.subscriptions, this.event)
    return this.#matches.some(({ takes }) => takes)
  }

  /** The results of its mappings so far, for the sender to continue from. */
  earlier(): SenderRun[] {
    return this.#matches.flatMap(({ key, takes, subscription }) => {
      const known = this.#runs.get(key)
      return takes && known ? { ...known.run, subscription } : []
    })
  }

  /** Records the run of one mapping. The requests since the previous run belong to it. */
  record(run: SenderRun): void {
    const match = this.#matches.find(({ subscription }) => subscription === run.subscription)
    if (!match) return
    const earlier = this.#runs.get(match.key)?.traced.calls ?? []
    const calls = toCalls(earlier, this.requests.splice(0), this.startedAt ?? 0)
    this.#runs.set(match.key, { traced: this.#toTraced(match, run, calls), run })
  }

  /** The half as a row and a trace show it. `settled` is the outcome where no mapping has run. */
  toSide(settled?: Partial<Outcome> & Pick<Outcome, 'state'>): Side {
    const subscriptions = this.#matches.map((match) => {
      const run = this.#runs.get(match.key)?.traced
      const traced = toSubscriptionTrace(match, this.event)
      return run ? { ...traced, run } : traced
    })
    const ran = toOutcome(subscriptions)
    return {
      destination: CLOUD_NAME,
      outcome: settled ? { losses: 0, doubtful: 0, calls: ran.calls, ...settled } : ran,
      subscriptions
    }
  }

  /** The half while the event is unsettled. */
  toPendingSide(): Side {
    if (this.wait === 'turn') return this.toSide({ ...WAITING, ...this.#toReason() })
    if (this.wait === 'held') return this.toSide(HELD_BACK)
    const side = this.toSide()
    return { ...side, outcome: { ...side.outcome, state: 'retrying', ...this.#toReason() } }
  }

  #toReason(): { reason?: string } {
    return this.reason === undefined ? {} : { reason: this.reason }
  }

  #toTraced({ subscription: { mapping } }: Match, { outcome }: SenderRun, calls: Run['calls']): Run {
    const failure = toFailure(outcome)
    const traced = {
      losses: 'losses' in outcome ? outcome.losses.map(toTracedLoss) : [],
      doubtful: outcome.kind === 'delivered' ? outcome.doubtful.map(toTracedLoss) : [],
      calls,
      retries: Math.max(0, toLastAttempt(calls)),
      ...(failure ? { failure } : {})
    }
    return new CloudRun(withEventLosses(traced, this.prepared.losses), mapping, this.event)
  }
}

function toFailure(outcome: SenderRun['outcome']): Failure | undefined {
  if (outcome.kind !== 'rejected' && outcome.kind !== 'retry') return undefined
  const { reason, status, code } = outcome
  return {
    ...{ reason, retryable: outcome.kind === 'retry' },
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code })
  }
}
