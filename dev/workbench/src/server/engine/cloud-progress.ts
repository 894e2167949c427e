import { toTracedLoss, withEventLosses, type PreparedEvent } from '@intercom-destinations/cli'
import { toOrderingKeys, type ObservedRequest, type Run as SenderRun } from '@intercom-destinations/delivery'
import { transform, type SegmentEvent } from '@segment/actions-core'
import type { DestinationState, Failure, JsonObject, Outcome, Run, Side } from '../../contract'
import { catalog } from '../catalog'
import { toMatches, toSubscriptionTrace, type Match } from './matches'
import { HELD_BACK, toOutcome, WAITING } from './outcome'
import { toCalls, toLastAttempt } from './request-calls'
import type { Snapshot } from './snapshot'

export const CLOUD_NAME = catalog.cloud.name

/** Why the sender still has an event: `held` waits for an earlier event of its person, and was not tried itself. */
export type Wait = 'turn' | 'trouble' | 'contact' | 'held'

/** An event on its way through the cloud half. */
export class CloudProgress {
  /** An object of its own: the sender names the events by it. */
  readonly event: JsonObject & SegmentEvent
  /** The configuration with which it was handed to the sender. */
  configuredBy: DestinationState | undefined
  startedAt: number | undefined
  wait: Wait = 'turn'
  reason: string | undefined
  isUnderWay = false
  /** The sender no longer has it, so it is tried again only when a person asks for that. */
  isWithdrawn = false
  /** The earlier event that it waits for was tried since it came in. */
  hasAsked = false
  /** How often it has failed since it was last asked for. */
  failures = 0
  /** How often it was tried again because Intercom took something else. */
  wakings = 0
  /** What the emulator kept when the latest attempt began. */
  before: Snapshot | undefined
  readonly requests: ObservedRequest[] = []
  #matches: readonly Match[] = []
  readonly #runs = new Map<string, { readonly traced: Run; readonly run: SenderRun }>()

  /** Those of its person and its group: events that share one stay in order. */
  readonly keys: ReturnType<typeof toOrderingKeys>

  constructor(
    readonly id: string,
    private readonly prepared: Pick<PreparedEvent, 'event' | 'losses'>
  ) {
    this.event = { ...prepared.event }
    this.keys = toOrderingKeys(this.event)
  }

  /** Whether a reader is shown that it waits for its turn, and not that it could not be delivered so far. */
  get isWaiting(): boolean {
    return this.wait === 'turn'
  }

  /** Whether it may be about the same person as the other one. */
  isOfPersonOf({ keys: { person } }: CloudProgress): boolean {
    return this.keys.person.some((key) => person.includes(key))
  }

  /** Which rows take it; without any it never gets to the sender. */
  match(state: DestinationState): boolean {
    this.configuredBy = state
    this.#matches = toMatches(state.subscriptions, this.event)
    return this.#matches.some(({ takes }) => takes)
  }

  /** What came of its rows so far, as the sender takes it. */
  earlier(): SenderRun[] {
    return this.#matches.flatMap(({ key, takes, subscription }) => {
      const known = this.#runs.get(key)
      return takes && known ? { ...known.run, subscription } : []
    })
  }

  /** What came of one row; the calls since the last one are its calls. */
  note(run: SenderRun): void {
    const match = this.#matches.find(({ subscription }) => subscription === run.subscription)
    if (!match) return
    const earlier = this.#runs.get(match.key)?.traced.calls ?? []
    const calls = toCalls(earlier, this.requests.splice(0), this.startedAt ?? 0)
    this.#runs.set(match.key, { traced: this.#toTraced(match, run, calls), run })
  }

  /** The half as a reader is shown it. `settled` is what became of it where no row has run. */
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

  /** The half while the event is on its way. */
  toSideOnTheWay(): Side {
    if (this.wait === 'turn') return this.toSide({ ...WAITING, ...this.#told(this.reason) })
    if (this.wait === 'held') return this.toSide(HELD_BACK)
    const side = this.toSide()
    return { ...side, outcome: { ...side.outcome, state: 'retrying', ...this.#told(this.reason) } }
  }

  #told(reason: string | undefined): { reason?: string } {
    return reason === undefined ? {} : { reason }
  }

  #toTraced({ subscription }: Match, { outcome }: SenderRun, calls: Run['calls']): Run {
    const failure = toFailure(outcome)
    const run: Run = {
      payload: toPayload(subscription.mapping, this.event),
      losses: 'losses' in outcome ? outcome.losses.map(toTracedLoss) : [],
      doubtful: outcome.kind === 'delivered' ? outcome.doubtful.map(toTracedLoss) : [],
      calls,
      retries: Math.max(0, toLastAttempt(calls)),
      ...(failure ? { failure } : {})
    }
    return withEventLosses(run, this.prepared.losses)
  }
}

/** What the mapping picks. An event that it cannot be applied to has failed in the destination already. */
function toPayload(mapping: Match['subscription']['mapping'], event: JsonObject): JsonObject {
  try {
    return transform(mapping, { ...event })
  } catch {
    return {}
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
