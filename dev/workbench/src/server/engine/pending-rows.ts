import type { Clock, Outcome as SenderOutcome, Sender } from '@intercom-destinations/delivery'
import type { StoreVersion } from '@intercom-destinations/emulator'
import type { Side } from '../../contract'
import type { CloudProgress, Wait } from './cloud-progress'
import type { CloudTarget } from './engine-types'
import { isIntercomFailure } from './outcome'
import { OutageTimer } from './outage-timer'

/** After this many failures in a row a row shows `retrying` instead of `waiting`. */
const FAILURES_UNTIL_SHOWN = 4
/** The same for an event whose contact Intercom does not know. */
const MISSES_UNTIL_SHOWN = 2
/**
 * An event that fails while Intercom takes others is withdrawn after this many retries, so that it does not hold later
 * events.
 */
const MAX_WAKE_UPS = 5
/** How many new events of a blocked person have the blocking event retried at once. */
const MAX_EARLY_RETRIES = 50
const UNAUTHORIZED = 401

type RetryOutcome = Extract<SenderOutcome, { kind: 'retry' }>

/** Called with each new state of an event's cloud half; `attempt` has what the emulator stored before that attempt. */
export type PublishSide = (
  id: string,
  side: Side,
  attempt?: { readonly before: StoreVersion; readonly target: CloudTarget }
) => void

/** The events that the sender has not settled, and what the row of each shows meanwhile. */
export class PendingRows {
  readonly #publish: PublishSide
  readonly #byId = new Map<string, CloudProgress>()
  readonly #byEvent = new Map<unknown, CloudProgress>()
  readonly #byPersonKey = new Map<string, Set<CloudProgress>>()
  /** Indexed by what they wait for, so that no event costs a scan over all others. */
  readonly #byWait: Readonly<Record<Wait, Set<CloudProgress>>> = {
    turn: new Set(),
    outage: new Set(),
    contact: new Set(),
    held: new Set()
  }
  readonly #running = new Set<CloudProgress>()
  readonly #outage: OutageTimer

  /** `onLongOutage` is called after rows have changed because Intercom has taken nothing for long. */
  constructor(clock: Clock, publish: PublishSide, onLongOutage: () => void) {
    this.#publish = publish
    this.#outage = new OutageTimer(clock, (reason) => {
      for (const one of [...this.#byWait.turn]) this.show(one, 'outage', one.reason ?? reason)
      onLongOutage()
    })
  }

  /** Whether no event waits for its turn or is being delivered. */
  get isIdle(): boolean {
    return this.#byWait.turn.size === 0 && this.#running.size === 0
  }

  /** In the order in which they came in. */
  all(): CloudProgress[] {
    return [...this.#byId.values()]
  }

  has(progress: CloudProgress): boolean {
    return this.#byId.get(progress.id) === progress
  }

  get(id: string): CloudProgress | undefined {
    return this.#byId.get(id)
  }

  /** Finds an event by the object that was passed to the sender. */
  find(event: unknown): CloudProgress | undefined {
    return this.#byEvent.get(event)
  }

  add(progress: CloudProgress): void {
    this.#byId.set(progress.id, progress)
    this.#byEvent.set(progress.event, progress)
    for (const key of progress.keys.person) {
      const ofPerson = this.#byPersonKey.get(key) ?? new Set()
      this.#byPersonKey.set(key, ofPerson.add(progress))
    }
    this.#byWait[progress.wait].add(progress)
  }

  remove(progress: CloudProgress): void {
    this.#byId.delete(progress.id)
    this.#byEvent.delete(progress.event)
    for (const key of progress.keys.person) {
      const ofPerson = this.#byPersonKey.get(key)
      ofPerson?.delete(progress)
      if (ofPerson?.size === 0) this.#byPersonKey.delete(key)
    }
    this.#byWait[progress.wait].delete(progress)
    this.#running.delete(progress)
  }

  clear(): void {
    for (const progress of this.all()) this.remove(progress)
    this.#outage.end()
  }

  started(progress: CloudProgress): void {
    this.#running.add(progress)
  }

  ended(progress: CloudProgress): void {
    this.#running.delete(progress)
  }

  endOutage(): void {
    this.#outage.end()
  }

  failed(progress: CloudProgress, outcome: RetryOutcome, target: CloudTarget): void {
    const { reason, retryAfterMs, waitsForContact = false, status } = outcome
    if (retryAfterMs !== undefined) {
      // A rate limit is no outage.
      this.#outage.end()
      this.show(progress, 'turn', reason, target)
      return
    }
    progress.failures += 1
    for (const other of this.#ofPersonOf(progress)) other.hasTriggeredRetry = true
    if (waitsForContact) {
      this.show(progress, progress.failures >= MISSES_UNTIL_SHOWN ? 'contact' : 'turn', reason, target)
      return
    }
    if (isIntercomFailure(status)) this.#outage.failed(reason)
    const isShown = progress.failures >= FAILURES_UNTIL_SHOWN || status === UNAUTHORIZED || this.#outage.isLong
    this.show(progress, isShown ? 'outage' : 'turn', reason, target)
  }

  /** A delivery may have created the contact that others wait for, and shows that Intercom takes events again. */
  wakeOthers(delivered: CloudProgress, sender: Sender | undefined, { outcome: { calls } }: Side): void {
    for (const other of this.#ofPersonOf(delivered)) {
      if (other.wait === 'contact') this.show(other, 'turn', other.reason)
    }
    if (calls === 0) return
    this.#outage.end()
    const failing = [...this.#byWait.outage].filter(({ isWithdrawn }) => !isWithdrawn)
    for (const other of failing) {
      other.wakeUps += 1
      if (other.wakeUps <= MAX_WAKE_UPS) this.show(other, 'turn', other.reason)
      else {
        other.isWithdrawn = true
        sender?.withdraw(other.event)
      }
    }
    if (failing.length > 0) sender?.retryWaiting()
  }

  show(progress: CloudProgress, wait: Wait, reason?: string, target?: CloudTarget): void {
    if (this.has(progress)) {
      this.#byWait[progress.wait].delete(progress)
      this.#byWait[wait].add(progress)
    }
    progress.wait = wait
    progress.reason = reason
    this.publish(progress, progress.toPendingSide(), target)
  }

  publish({ id, before }: CloudProgress, side: Side, target: CloudTarget | undefined): void {
    this.#publish(id, side, target && before && { before, target })
  }

  /** Updates the rows of events that wait only for an earlier event, or because the sender has stopped. */
  refresh(sender: Sender): void {
    if (sender.outage !== undefined) this.#showOutage(sender.outage)
    else if (this.#isAnyBlocking()) this.#showHeld(sender)
    else for (const one of [...this.#byWait.held]) this.#unhold(one)
  }

  #showOutage(reason: string): void {
    for (const one of [...this.#byWait.turn]) {
      if (!this.#running.has(one)) this.show(one, 'outage', one.reason ?? reason)
    }
  }

  #isAnyBlocking(): boolean {
    const { outage, contact, held } = this.#byWait
    return [outage, contact, held].some((waiting) => waiting.size > 0)
  }

  /** An event that has just come in has the blocking event retried once, before its row shows that it is held. */
  #showHeld(sender: Sender): void {
    const held = new Set(sender.heldBack().flatMap((event) => this.find(event) ?? []))
    for (const one of [...this.#byWait.held]) if (!held.has(one)) this.#unhold(one)
    let earlyRetries = this.#byWait.outage.size > 0 ? 0 : MAX_EARLY_RETRIES
    for (const one of held) {
      if (one.wait !== 'turn' || this.#running.has(one)) continue
      if (!one.hasTriggeredRetry && earlyRetries < MAX_EARLY_RETRIES) {
        one.hasTriggeredRetry = true
        earlyRetries += 1
        sender.retryOne(one.event)
      } else this.show(one, 'held')
    }
  }

  #unhold(progress: CloudProgress): void {
    if (!this.#running.has(progress)) this.show(progress, 'turn')
  }

  /** Pending events that may be about the same person, with the event itself. */
  #ofPersonOf({ keys }: CloudProgress): Set<CloudProgress> {
    return new Set(keys.person.flatMap((key) => [...(this.#byPersonKey.get(key) ?? [])]))
  }
}
