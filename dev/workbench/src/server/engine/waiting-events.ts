import type { Clock, Outcome as SenderOutcome, Sender } from '@intercom-destinations/delivery'
import type { SegmentEvent } from '@segment/actions-core'
import type { Side } from '../../contract'
import type { CloudProgress } from './cloud-progress'
import type { CloudTarget } from './engine-types'
import { meansTrouble } from './outcome'
import type { Snapshot } from './snapshot'
import { TroubleClock } from './trouble-clock'

/** After so many failures in a row a row says that it is being retried, and no longer that it waits. */
const FAILURES_TO_SAY_SO = 4
/** The same for an event whose contact Intercom does not know. */
const MISSES_TO_SAY_SO = 2
/** An event that fails however well Intercom is does not hold the others for ever. */
const MOST_WAKINGS = 5
/** So many events have an earlier one tried once more in one go. */
const MOST_ASKING = 50
const UNAUTHORIZED = 401

type RetryOutcome = Extract<SenderOutcome, { kind: 'retry' }>

/** Told of everything that happens to an event; `attempt` says what the emulator kept before an attempt that ended. */
export type TellSide = (
  id: string,
  side: Side,
  attempt?: { readonly before: Snapshot; readonly target: CloudTarget }
) => void

/** The events on their way, and what the row of each says while the sender keeps it. */
export class WaitingEvents {
  readonly #told: TellSide
  readonly #pending = new Map<string, CloudProgress>()
  readonly #byEvent = new Map<unknown, CloudProgress>()
  readonly #trouble: TroubleClock

  /** `onLongTrouble` is called after rows have changed because nothing was taken for long. */
  constructor(clock: Clock, tell: TellSide, onLongTrouble: () => void) {
    this.#told = tell
    this.#trouble = new TroubleClock(clock, (reason) => {
      for (const one of this.all()) if (one.isWaiting) this.show(one, 'trouble', one.reason ?? reason)
      onLongTrouble()
    })
  }

  /** In the order of coming in. */
  all(): CloudProgress[] {
    return [...this.#pending.values()]
  }

  has(progress: CloudProgress): boolean {
    return this.#pending.get(progress.id) === progress
  }

  get(id: string): CloudProgress | undefined {
    return this.#pending.get(id)
  }

  /** By the object that the sender was given. */
  of(event: unknown): CloudProgress | undefined {
    return this.#byEvent.get(event)
  }

  add(progress: CloudProgress): void {
    this.#pending.set(progress.id, progress)
    this.#byEvent.set(progress.event, progress)
  }

  clear(): void {
    this.#pending.clear()
    this.#byEvent.clear()
    this.#trouble.end()
  }

  endTrouble(): void {
    this.#trouble.end()
  }

  failed(progress: CloudProgress, outcome: RetryOutcome, target: CloudTarget): void {
    const { reason, retryAfterMs, waitsForContact = false, status } = outcome
    if (retryAfterMs !== undefined) {
      // Waiting as told is no trouble.
      this.#trouble.end()
      this.show(progress, 'turn', reason, target)
      return
    }
    progress.failures += 1
    for (const other of this.#pending.values()) if (other.isOfPersonOf(progress)) other.hasAsked = true
    if (waitsForContact) {
      this.show(progress, progress.failures >= MISSES_TO_SAY_SO ? 'contact' : 'turn', reason, target)
      return
    }
    if (meansTrouble(status)) this.#trouble.failed(reason)
    const isSaid = progress.failures >= FAILURES_TO_SAY_SO || status === UNAUTHORIZED || this.#trouble.isLong
    this.show(progress, isSaid ? 'trouble' : 'turn', reason, target)
  }

  /** Once a contact may be there, and once Intercom takes something again, others have a chance. */
  wakeOthers(settled: CloudProgress, sender: Sender | undefined, { outcome: { calls } }: Side): void {
    const others = this.all()
    for (const other of others.filter(({ wait }) => wait === 'contact')) {
      if (other.isOfPersonOf(settled)) this.show(other, 'turn', other.reason)
    }
    if (calls === 0) return
    this.#trouble.end()
    const troubled = others.filter(({ wait, isWithdrawn }) => wait === 'trouble' && !isWithdrawn)
    for (const other of troubled) {
      other.wakings += 1
      if (other.wakings <= MOST_WAKINGS) this.show(other, 'turn', other.reason)
      else {
        other.isWithdrawn = true
        sender?.withdraw(other.event)
      }
    }
    if (troubled.length > 0) sender?.retryWaiting()
  }

  remove({ id, event }: CloudProgress): void {
    this.#pending.delete(id)
    this.#byEvent.delete(event)
  }

  show(progress: CloudProgress, wait: CloudProgress['wait'], reason?: string, target?: CloudTarget): void {
    progress.wait = wait
    progress.reason = reason
    this.tell(progress, progress.toSideOnTheWay(), target)
  }

  tell({ id, before }: CloudProgress, side: Side, target: CloudTarget | undefined): void {
    this.#told(id, side, target && before && { before, target })
  }

  /** Rows that wait only for an earlier one, or for the sender to go on at all, say so. */
  look(sender: Sender): void {
    const { outage } = sender
    const all = this.all().filter(({ isUnderWay }) => !isUnderWay)
    if (outage !== undefined) {
      for (const one of all) if (one.isWaiting) this.show(one, 'trouble', one.reason ?? outage)
      return
    }
    const isAnyStuck = all.some(({ wait, isWithdrawn }) => wait !== 'turn' && !isWithdrawn)
    const held: ReadonlySet<SegmentEvent> = new Set(isAnyStuck ? sender.heldBack() : [])
    const isAnyInTrouble = all.some(({ wait }) => wait === 'trouble')
    let asking = isAnyInTrouble ? 0 : MOST_ASKING
    for (const one of all) {
      if (!held.has(one.event)) {
        if (one.wait === 'held') this.show(one, 'turn')
      } else if (one.isWaiting && !one.hasAsked && asking < MOST_ASKING) {
        one.hasAsked = true
        asking += 1
        sender.retryOne(one.event)
      } else if (one.isWaiting) this.show(one, 'held')
    }
  }
}
