import type { SegmentEvent } from '@segment/actions-core'
import type { Erasure } from './action-runner'
import { callHook } from './hooks'
import { isAllowedByIntegrations } from './integrations'
import { KeyedQueue } from './keyed-queue'
import { NO_SUBSCRIPTION, toPlainVerdict, toVerdict, type RetryOutcome, type Run, type Verdict } from './outcome'
import { QueuedEvent, type Settled } from './queued-event'
import { PumpSchedule } from './pump-schedule'
import { createScope, toDeadline, type Scope } from './scope'
import { EVENT_TYPES_TEXT } from './segment-event'
import { WINDOW_EVENTS, type SenderParts } from './sender-parts'
import { matchRows, toRows, type Row } from './subscription-order'
import type { Subscription } from './subscriptions'
import { UnsettledEvents } from './unsettled-events'
import { WindowRunner } from './window-runner'

export interface ScopeOptions {
  /** Milliseconds from now on. */
  deadlineMs?: number
  signal?: AbortSignal
  subscriptions?: readonly Subscription[]
}

/** How many people of one batch the destination delivers to at once. */
const PEOPLE_OF_A_BATCH_AT_ONCE = 20
/** How many events may be unsettled for each call under way before a stream has to wait. */
const UNSETTLED_FOR_EACH_CALL = 20

const CLOSED = 'The sender is closed.'
const OUT_OF_TIME = 'The deadline passed before Intercom took the event.'
const PAUSED = 'Intercom’s rate limit allows no call before the deadline.'
const STOPPED = 'The delivery was stopped before Intercom took the event.'
const WITHDRAWN = 'The event was withdrawn before Intercom took it.'
const HELD = 'An earlier event of this person has to be sent again first.'
const NOT_ALLOWED = 'The integrations of the event keep it away from Intercom.'
const isAllowedByItself = ({ integrations }: SegmentEvent): boolean => isAllowedByIntegrations(integrations)
const NO_EVENT = `It is not a Segment event: it needs one of the types ${EVENT_TYPES_TEXT}.`

/** Delivers events: in order for each person, concurrently otherwise, within Intercom's rate limit, with retries. */
export class Sender {
  readonly #parts: SenderParts
  readonly #rows: readonly Row[]
  readonly #windowRunner: WindowRunner
  readonly #schedule: PumpSchedule
  readonly #unsettled: UnsettledEvents
  readonly #queue = new KeyedQueue<QueuedEvent>()
  readonly #windows = new Set<Promise<void>>()
  readonly #defaultScope = createScope()
  #peopleUnderWay = 0
  #lastPlace = 0
  #isClosed = false
  #waitersForRoom: (() => void)[] = []

  constructor(parts: SenderParts) {
    const { runner, clock, breaker, concurrency, mayCall = () => true } = parts
    this.#parts = parts
    this.#rows = toRows(parts.subscriptions)
    this.#windowRunner = new WindowRunner({ runner, clock, breaker, concurrency, mayCall, hooks: parts })
    this.#schedule = new PumpSchedule(clock, () => {
      this.#pump()
    })
    this.#unsettled = new UnsettledEvents(() => {
      this.#schedule.soon()
    })
  }

  /** A scope for events that share a deadline, a signal or subscriptions of their own. */
  openScope({ deadlineMs, signal, subscriptions }: ScopeOptions = {}): Scope {
    return createScope({
      ...(subscriptions === undefined ? {} : { rows: toRows(subscriptions) }),
      ...(deadlineMs === undefined ? {} : toDeadline(this.#parts.clock.now(), deadlineMs)),
      ...(signal === undefined ? {} : { signal })
    })
  }

  /** Delivers one event; `earlierRuns` are runs of it that are not repeated. Never rejects. */
  deliver(value: unknown, scope: Scope = this.#defaultScope, earlierRuns: readonly Run[] = []): Promise<Settled> {
    const { isAllowed = isAllowedByItself } = this.#parts
    return new Promise((resolve) => {
      const settleUnsent = (verdict: Verdict) => {
        const settled = { event: value, verdict, runs: [] }
        callHook(() => this.#parts.onSettled?.(settled))
        resolve(settled)
      }
      const match = matchRows(value, scope.rows ?? this.#rows)
      if (!match) return settleUnsent(toPlainVerdict('rejected', NO_EVENT))
      const { event, matchingRows } = match
      if (this.#isClosed) return settleUnsent(toPlainVerdict('retry', CLOSED))
      if (!isAllowed(event)) return settleUnsent(toPlainVerdict('ignored', NOT_ALLOWED))
      if (matchingRows.length === 0) return settleUnsent(toPlainVerdict('ignored', NO_SUBSCRIPTION))
      const place = (this.#lastPlace += 1)
      const queued = new QueuedEvent({ event, place, matchingRows, scope, earlierRuns, onSettled: resolve })
      this.#unsettled.add(queued)
      if (scope.heldKeys.isHeld(queued)) return this.#settle(queued, toPlainVerdict('retry', HELD))
      this.#queue.add(queued)
      this.#schedule.soon()
    })
  }

  /** How many events may be unsettled before a stream has to wait. */
  get mostUnsettled(): number {
    return this.#parts.concurrency * UNSETTLED_FOR_EACH_CALL
  }

  /** Resolves when a stream may pass its next event. */
  async room(): Promise<void> {
    while (this.#unsettled.size >= this.mostUnsettled) {
      await new Promise<void>((resolve) => {
        this.#waitersForRoom.push(resolve)
      })
    }
  }

  /** Why no event is delivered at the moment; `undefined` while deliveries go on. */
  get outage(): string | undefined {
    return this.#parts.breaker.reason
  }

  /** Whether calls have failed since Intercom's last usable answer: a failure may then be the start of an outage. */
  get isDoubtful(): boolean {
    return this.#parts.breaker.hasRecentFailures
  }

  /** The events that wait only because an earlier one of their person waits to be tried again. */
  heldBack(): SegmentEvent[] {
    return this.#queue.heldBack(this.#parts.clock.now()).map(({ event }) => event)
  }

  /** Tries every waiting event now, and resets rate limit pause, circuit breaker and retry budget. */
  wake(): void {
    this.#parts.pause.end()
    this.#parts.breaker.reset()
    this.#parts.budget.restore()
    this.retryWaiting()
  }

  /** Tries every waiting event now; a rate limit pause is kept. */
  retryWaiting(): void {
    this.#queue.wakeAll()
    this.#schedule.soon()
  }

  /** Tries one event now, after the earlier ones of its person. */
  retryOne(event: SegmentEvent): void {
    for (const queued of this.#unsettled.of(event)) this.#queue.wakeUpTo(queued)
    this.#schedule.soon()
  }

  /** Takes an event out: it ends as `retry`, and later ones of its person no longer wait for it. */
  withdraw(event: SegmentEvent): void {
    for (const queued of this.#unsettled.of(event)) {
      this.#queue.delete(queued)
      this.#settle(queued, toPlainVerdict('retry', WITHDRAWN))
    }
    this.#schedule.soon()
  }

  erase(userId: string): Promise<Erasure> {
    return this.#parts.runner.erase(userId, this.#windowRunner.toWatch([]))
  }

  /** Ends events that were not sent as `retry`, and waits for those under way. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#schedule.cancel()
    for (const queued of this.#queue.remove(() => true)) this.#settle(queued, toPlainVerdict('retry', CLOSED))
    await Promise.all(this.#windows)
  }

  /** Starts windows as long as there are events that may be sent and calls to spare. */
  #pump(): void {
    const { clock, pause, breaker, concurrency, windowEvents = WINDOW_EVENTS } = this.#parts
    // One reading of the clock: an event that is not due for `takeWindow` has to be due later for `nextAfter`.
    const now = clock.now()
    this.#expire(now)
    const { state } = breaker
    if (state === 'open') this.#giveUpWhileOpen()
    const pauseMs = state === 'open' ? Math.max(1, breaker.leftMs) : pause.leftMs
    if (pauseMs > 0) this.#giveUpUntil(now + pauseMs, pauseMs)
    const isTrial = state === 'half-open'
    while (pauseMs === 0 && this.#peopleUnderWay < (isTrial ? 1 : concurrency)) {
      const window = this.#queue.takeWindow(now, isTrial ? 1 : windowEvents)
      if (window.length === 0) break
      this.#start(window)
    }
    this.#schedule.after(this.#waitsMs(now, pauseMs))
  }

  #start(window: readonly QueuedEvent[]): void {
    const people = Math.min(new Set(window.map(({ keys: { person } }) => person[0])).size, PEOPLE_OF_A_BATCH_AT_ONCE)
    const { scope } = window[0] ?? { scope: this.#defaultScope }
    this.#peopleUnderWay += people
    const run = this.#windowRunner
      .run(window, scope.rows ?? this.#rows, scope)
      .then(() => {
        for (const queued of window) this.#conclude(queued)
      })
      .finally(() => {
        this.#peopleUnderWay -= people
        this.#windows.delete(run)
        this.#queue.release(window)
        this.#schedule.soon()
      })
    this.#windows.add(run)
  }

  /** Settles an event after its window, or returns it to the queue. */
  #conclude(queued: QueuedEvent): void {
    if (queued.isSettled) return
    const failed = queued.runs.map(({ outcome }) => outcome).find((outcome) => outcome.kind === 'retry')
    if (failed) return this.#retry(queued, failed)
    if (queued.runs.length < queued.matchingRows.length) return this.#putBack(queued)
    this.#settle(queued, toVerdict(queued.runs))
    if (!queued.runs.some(({ outcome }) => outcome.kind === 'delivered')) return
    if (queued.waits.backoffs > 0) this.#parts.budget.restore()
    this.#queue.wakePerson(queued.keys.person)
  }

  #retry(queued: QueuedEvent, outcome: RetryOutcome): void {
    const { clock, pause, policy, breaker } = this.#parts
    // While the token is refused, the breaker decides what becomes of events.
    if (breaker.state === 'open') return this.#putBack(queued)
    const decision = policy.decide(outcome, queued.waits)
    if (decision.kind === 'give-up') return this.#giveUp(queued)
    if (decision.isRequested) {
      queued.waits.requested += 1
      pause.holdFor(decision.ms)
      callHook(() => this.#parts.onPause?.(clock.now() + pause.leftMs))
    } else {
      queued.waits.backoffs += 1
      queued.notBefore = clock.now() + decision.ms
    }
    queued.waitsForContact = outcome.waitsForContact ?? false
    this.#putBack(queued)
  }

  #putBack(queued: QueuedEvent): void {
    if (this.#isClosed) this.#settle(queued, toPlainVerdict('retry', CLOSED))
    else if (queued.scope.heldKeys.isHeld(queued)) this.#settle(queued, toPlainVerdict('retry', HELD))
    else this.#queue.add(queued)
  }

  /** Ends the event as `retry`, and with `holdAfterRetry` also the later events of its person in the same scope. */
  #giveUp(queued: QueuedEvent): void {
    const { scope } = queued
    this.#settle(queued, toVerdict(queued.runs))
    if (!this.#parts.holdAfterRetry) return
    scope.heldKeys.add(queued)
    if (!this.#queue.isWaitingFor(queued.allKeys)) return
    const isHeldFollower = (one: QueuedEvent) => {
      if (one.scope !== scope || one.place < queued.place || !scope.heldKeys.isHeld(one)) return false
      scope.heldKeys.add(one)
      return true
    }
    for (const follower of this.#queue.remove(isHeldFollower)) this.#settle(follower, toPlainVerdict('retry', HELD))
  }

  /** Ends the events of scopes whose deadline has passed or whose signal has aborted. */
  #expire(now: number): void {
    const overdue = new Set(this.#unsettled.overdue(now))
    if (overdue.size > 0) this.#queue.remove((queued) => overdue.has(queued))
    // Events under way are settled too: the caller gets its verdicts in time, and their calls end by their own time-outs.
    for (const queued of overdue) this.#settle(queued, toPlainVerdict('retry', OUT_OF_TIME))
    const aborted = new Set(this.#unsettled.aborted())
    if (aborted.size === 0) return
    for (const queued of this.#queue.remove((one) => aborted.has(one)))
      this.#settle(queued, toPlainVerdict('retry', STOPPED))
  }

  /** While the breaker is open, waiting events end at once, unless the policy never gives up. */
  #giveUpWhileOpen(): void {
    const { breaker, policy } = this.#parts
    if (!policy.givesUp) return
    for (const queued of this.#queue.remove(() => true))
      this.#settle(queued, toPlainVerdict('retry', breaker.reason ?? '', breaker.leftMs))
  }

  /** Ends waiting events whose deadline passes before calls may be made again. */
  #giveUpUntil(callsStartAt: number, pauseMs: number): void {
    const late = new Set(this.#unsettled.overdue(callsStartAt))
    for (const queued of late.size === 0 ? [] : this.#queue.remove((one) => late.has(one)))
      this.#settle(queued, toPlainVerdict('retry', PAUSED, pauseMs))
  }

  /** Milliseconds until each of the times at which something may change without an event of its own. */
  #waitsMs(now: number, pauseMs: number): number[] {
    const times = [this.#queue.nextAfter(now), this.#unsettled.nextDeadlineAt]
    const waitsMs = times.flatMap((at) => (at === undefined ? [] : at - now))
    return pauseMs > 0 && this.#queue.size > 0 ? [...waitsMs, pauseMs] : waitsMs
  }

  #settle(queued: QueuedEvent, verdict: Verdict): void {
    const settled = queued.settle(verdict)
    if (!settled) return
    this.#unsettled.delete(queued)
    callHook(() => this.#parts.onSettled?.(settled))
    for (const resolve of this.#waitersForRoom.splice(0)) resolve()
  }
}
