import type { SegmentEvent } from '@segment/actions-core'
import fastq from 'fastq'
import type { ActionRunner, Erasure } from './action-runner'
import type { CircuitBreaker } from './circuit-breaker'
import type { Clock } from './clock'
import { isAllowedByIntegrations } from './integrations'
import { KeyedQueue, toKeys } from './keyed-queue'
import type { ObservedRequest, RequestWatch } from './observed-request'
import { NO_SUBSCRIPTION, toPlainVerdict, toVerdict, type RetryOutcome, type Run, type Verdict } from './outcome'
import { isSegmentEvent } from './segment-event'
import { QueuedEvent, toRows, type Row, type Scope, type Settled } from './queued-event'
import type { RateLimitPause } from './rate-limit-pause'
import type { RetryBudget } from './retry-budget'
import type { RetryPolicy } from './retry-policy'
import type { Subscription } from './subscriptions'

/** What a page or a trace shows. A hook that throws does not disturb a delivery. */
export interface Hooks {
  /** When an event is tried, for the first time or again. */
  onStart?: (start: { event: SegmentEvent }) => void
  /** After each run of one subscription for one event. */
  onAttempt?: (attempt: { event: SegmentEvent; run: Run }) => void
  /** After each call to Intercom. */
  onRequest?: (request: ObservedRequest) => void
  /** Once for each event. */
  onSettled?: (settled: Settled) => void
}

export interface SenderParts extends Hooks {
  runner: ActionRunner
  subscriptions: readonly Subscription[]
  clock: Clock
  pause: RateLimitPause
  breaker: CircuitBreaker
  budget: RetryBudget
  policy: RetryPolicy
  /** How many calls to Intercom are under way at most. */
  concurrency: number
  /** After an event has ended as `retry`, later events of its person in the same scope end as `retry`, unsent. */
  holdAfterRetry: boolean
  /** So many events at most share a window. */
  windowEvents?: number
  /** Asked before every call: once it answers no, nothing is called any more. */
  mayCall?: () => boolean
}

export interface ScopeOptions {
  deadlineMs?: number
  signal?: AbortSignal
  subscriptions?: readonly Subscription[]
}

/** So many events at most share a window, and so the searches and writes of a batch. */
export const WINDOW_EVENTS = 100
/** The destination delivers to so many people of a batch side by side. */
const PEOPLE_SIDE_BY_SIDE = 20
/** How many events may wait for each call under way before a stream is asked to wait. */
const WAITING_FOR_EACH_CALL = 20

const CLOSED = 'The sender is closed.'
const OUT_OF_TIME = 'The deadline passed before Intercom took the event.'
const STOPPED = 'The delivery was stopped before Intercom took the event.'
const WITHDRAWN = 'The event was withdrawn before Intercom took it.'
const HELD = 'An earlier event of this person has to be sent again first.'
const KEPT_AWAY = 'The integrations of the event keep it away from Intercom.'
const NO_EVENT = 'It is not a Segment event: it needs one of the types identify, track, page, screen, group and alias.'
const UNAUTHORIZED = 401

/** Delivers events: in order for each person, side by side otherwise, within Intercom's rate limit, with retries. */
export class Sender {
  readonly #parts: SenderParts
  readonly #rows: readonly Row[]
  readonly #queue = new KeyedQueue<QueuedEvent>()
  readonly #limit: RequestWatch['limit']
  readonly #unsettled = new Set<QueuedEvent>()
  readonly #windows = new Set<Promise<void>>()
  readonly #stream: Scope = { heldKeys: new Map() }
  #peopleUnderWay = 0
  #places = 0
  #isClosed = false
  #isPumpDue = false
  #timer: AbortController | undefined
  #waitsForRoom: (() => void)[] = []

  constructor(parts: SenderParts) {
    this.#parts = parts
    this.#rows = toRows(parts.subscriptions)
    const queue = fastq.promise((call: () => Promise<void>) => call(), parts.concurrency)
    this.#limit = <T>(call: () => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        void queue.push(() => call().then(resolve, reject))
      })
  }

  /** A scope for some events that share a deadline, a signal or subscriptions of their own. */
  openScope({ deadlineMs, signal, subscriptions }: ScopeOptions = {}): Scope {
    const scope: Scope = {
      heldKeys: new Map(),
      ...(subscriptions === undefined ? {} : { rows: toRows(subscriptions) }),
      ...(deadlineMs === undefined ? {} : { deadlineAt: this.#parts.clock.now() + deadlineMs }),
      ...(signal === undefined ? {} : { signal })
    }
    signal?.addEventListener('abort', () => {
      this.#pumpSoon()
    })
    return scope
  }

  /** Delivers one event; `earlier` are runs of it that need not be repeated. Never rejects. */
  deliver(value: unknown, scope: Scope = this.#stream, earlier: readonly Run[] = []): Promise<Settled> {
    const event = isSegmentEvent(value) ? value : undefined
    return new Promise((resolve) => {
      const settleAt = (verdict: Verdict) => {
        const settled = { event: value, verdict, runs: [] }
        this.#tell(() => this.#parts.onSettled?.(settled))
        resolve(settled)
      }
      if (!event) return settleAt(toPlainVerdict('rejected', NO_EVENT))
      if (this.#isClosed) return settleAt(toPlainVerdict('retry', CLOSED))
      if (!isAllowedByIntegrations(event.integrations)) return settleAt(toPlainVerdict('ignored', KEPT_AWAY))
      const takers = (scope.rows ?? this.#rows).filter(({ subscription }) => subscription.takes(event))
      if (takers.length === 0) return settleAt(toPlainVerdict('ignored', NO_SUBSCRIPTION))
      const queued = new QueuedEvent(event, (this.#places += 1), takers, scope, resolve, earlier)
      this.#unsettled.add(queued)
      if (this.#isHeld(queued)) this.#settle(queued, toPlainVerdict('retry', HELD))
      else {
        this.#queue.add(queued)
        this.#pumpSoon()
      }
    })
  }

  /** How many events may be unsettled before a stream is asked to wait. */
  get mostUnsettled(): number {
    return this.#parts.concurrency * WAITING_FOR_EACH_CALL
  }

  /** Resolves when a stream may hand over its next event. */
  async room(): Promise<void> {
    while (this.#unsettled.size >= this.mostUnsettled) {
      await new Promise<void>((resolve) => {
        this.#waitsForRoom.push(resolve)
      })
    }
  }

  /** Resolves when no event is unsettled. */
  async idle(): Promise<void> {
    while (this.#unsettled.size > 0) {
      await new Promise<void>((resolve) => {
        this.#waitsForRoom.push(resolve)
      })
    }
  }

  /** Tries everything that waits at once, as if nothing had gone wrong. */
  wake(): void {
    this.#parts.pause.end()
    this.#parts.breaker.reset()
    this.#parts.budget.restore()
    this.#queue.wakeAll()
    this.#pumpSoon()
  }

  /** Why no event is delivered at the moment; `undefined` while deliveries go on. */
  get outage(): string | undefined {
    return this.#parts.breaker.reason
  }

  /** Whether calls have failed since the last living answer: a failure may then be an outage that has begun. */
  get isDoubtful(): boolean {
    return this.#parts.breaker.isDoubtful
  }

  /** Tries at once what waits for a time of our own choosing; a rate limit is kept. */
  retryWaiting(): void {
    this.#queue.wakeAll()
    this.#pumpSoon()
  }

  /** The events that wait only because an earlier one of their person waits to be tried again. */
  heldBack(): SegmentEvent[] {
    return this.#queue.heldBack(this.#parts.clock.now()).map(({ event }) => event)
  }

  /** Tries one event at once, after the earlier ones of its person. */
  retryOne(event: SegmentEvent): void {
    this.#queue.wakeOne((queued) => queued.event === event)
    this.#pumpSoon()
  }

  /** Takes an event out: it ends as `retry`, and later ones of its person no longer wait for it. */
  withdraw(event: SegmentEvent): void {
    const isIt = (queued: QueuedEvent) => queued.event === event
    this.#queue.remove(isIt)
    for (const queued of [...this.#unsettled].filter(isIt)) this.#settle(queued, toPlainVerdict('retry', WITHDRAWN))
    this.#pumpSoon()
  }

  erase(userId: string): Promise<Erasure> {
    return this.#parts.runner.erase(userId, this.#toWatch([], this.#stream))
  }

  /** Events that were not sent end as `retry`; what is under way is waited for. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#timer?.abort()
    for (const queued of this.#queue.remove(() => true)) this.#settle(queued, toPlainVerdict('retry', CLOSED))
    await Promise.all(this.#windows)
  }

  /** Once for all events that are handed over in one turn of the event loop, so that they can share a window. */
  #pumpSoon(): void {
    if (this.#isPumpDue) return
    this.#isPumpDue = true
    setImmediate(() => {
      this.#isPumpDue = false
      this.#pump()
    })
  }

  #pump(): void {
    const { clock, pause, breaker, concurrency, windowEvents = WINDOW_EVENTS } = this.#parts
    this.#timer?.abort()
    // One time for all of it: what is not due now is due later, and must not be forgotten in between.
    const now = clock.now()
    this.#expire(now)
    const { state } = breaker
    if (state === 'open') this.#giveUpWhileOpen()
    const pauseMs = state === 'open' ? Math.max(1, breaker.leftMs) : pause.leftMs
    const isTrial = state === 'half-open'
    while (pauseMs === 0 && this.#peopleUnderWay < (isTrial ? 1 : concurrency)) {
      const window = this.#queue.takeWindow(now, isTrial ? 1 : windowEvents)
      if (window.length === 0) break
      this.#start(window)
    }
    this.#pumpLater(now, pauseMs)
  }

  #start(window: readonly QueuedEvent[]): void {
    const people = Math.min(new Set(window.map(({ keys: { person } }) => person[0])).size, PEOPLE_SIDE_BY_SIDE)
    this.#peopleUnderWay += people
    const run = this.#runWindow(window).finally(() => {
      this.#peopleUnderWay -= people
      this.#windows.delete(run)
      this.#queue.release(window)
      this.#pumpSoon()
    })
    this.#windows.add(run)
  }

  /** Runs the subscriptions one after another: a contact comes before its company, and both before its events. */
  async #runWindow(window: readonly QueuedEvent[]): Promise<void> {
    for (const queued of window) {
      queued.beginAttempt()
      this.#tell(() => this.#parts.onStart?.({ event: queued.event }))
    }
    const failed: QueuedEvent[] = []
    const { rows = this.#rows } = window[0]?.scope ?? this.#stream
    for (const { subscription } of rows) {
      const takers = window.filter((queued) => queued.needs(subscription) && !isBehind(queued, failed))
      if (takers.length === 0) continue
      const events = takers.map(({ event }) => event)
      const scope = takers[0]?.scope ?? this.#stream
      const outcomes = await this.#parts.runner.run(subscription, events, this.#toWatch(events, scope))
      for (const [index, queued] of takers.entries()) {
        const outcome = outcomes[index] ?? { kind: 'retry', reason: 'The destination gave no outcome.' }
        if (outcome.kind === 'retry') failed.push(queued)
        // It was not tried, so it is no attempt: it goes back to its place behind the event that was.
        if (outcome.kind === 'retry' && outcome.waitsForEarlierEvent) continue
        const run = queued.note({ subscription, outcome })
        if (outcome.kind === 'retry' && outcome.status === UNAUTHORIZED) this.#parts.breaker.refusedToken()
        this.#tell(() => this.#parts.onAttempt?.({ event: queued.event, run }))
      }
    }
    for (const queued of window) this.#conclude(queued)
  }

  /** What becomes of an event after its window. */
  #conclude(queued: QueuedEvent): void {
    if (queued.isSettled) return
    const failed = queued.runs.map(({ outcome }) => outcome).find((outcome) => outcome.kind === 'retry')
    if (failed) this.#retry(queued, failed)
    else if (queued.runs.length < queued.takers.length) this.#putBack(queued)
    else {
      this.#settle(queued, toVerdict(queued.runs))
      if (!queued.runs.some(({ outcome }) => outcome.kind === 'delivered')) return
      if (queued.waits.guessed > 0) this.#parts.budget.restore()
      this.#queue.wake(queued.keys.person)
    }
  }

  #retry(queued: QueuedEvent, outcome: RetryOutcome): void {
    const { clock, pause, policy, breaker } = this.#parts
    // The breaker decides what becomes of events while the token is refused.
    if (breaker.state === 'open') return this.#putBack(queued)
    const decision = policy.decide(outcome, queued.waits)
    if (decision.kind === 'give-up') return this.#giveUp(queued, toVerdict(queued.runs))
    if (decision.asTold) {
      queued.waits.asTold += 1
      pause.holdFor(decision.ms)
    } else {
      queued.waits.guessed += 1
      queued.notBefore = clock.now() + decision.ms
    }
    queued.waitsForContact = outcome.waitsForContact ?? false
    this.#putBack(queued)
  }

  #putBack(queued: QueuedEvent): void {
    if (this.#isClosed) this.#settle(queued, toPlainVerdict('retry', CLOSED))
    else if (this.#isHeld(queued)) this.#settle(queued, toPlainVerdict('retry', HELD))
    else this.#queue.add(queued)
  }

  /** The event ends as `retry`, and so do the later events of its person in the same scope. */
  #giveUp(queued: QueuedEvent, verdict: Verdict): void {
    this.#settle(queued, verdict)
    if (!this.#parts.holdAfterRetry) return
    const { heldKeys } = queued.scope
    const hold = (held: QueuedEvent) => {
      const isPassable = held.waitsForContact
      const rank = isPassable ? held.rank : Number.NEGATIVE_INFINITY
      for (const key of isPassable ? held.keys.person : toKeys(held))
        heldKeys.set(key, Math.min(heldKeys.get(key) ?? Number.POSITIVE_INFINITY, rank))
    }
    hold(queued)
    const isFollower = (one: QueuedEvent) => {
      if (one.scope !== queued.scope || one.place < queued.place || !this.#isHeld(one)) return false
      hold(one)
      return true
    }
    for (const follower of this.#queue.remove(isFollower)) this.#settle(follower, toPlainVerdict('retry', HELD))
  }

  #isHeld(queued: QueuedEvent): boolean {
    const { heldKeys } = queued.scope
    return toKeys(queued).some((key) => queued.rank >= (heldKeys.get(key) ?? Number.POSITIVE_INFINITY))
  }

  /** Ends what waits in scopes whose deadline has passed or whose signal has aborted. */
  #expire(now: number): void {
    if (![...this.#unsettled].some(isLimited)) return
    const isOver = ({ scope }: QueuedEvent) => scope.deadlineAt !== undefined && scope.deadlineAt <= now
    const isStopped = ({ scope }: QueuedEvent) => scope.signal?.aborted ?? false
    // What is under way at the deadline is answered now; its calls end by their own time-outs.
    for (const queued of [...this.#unsettled].filter(isOver)) this.#settle(queued, toPlainVerdict('retry', OUT_OF_TIME))
    this.#queue.remove(isOver)
    for (const queued of this.#queue.remove(isStopped)) this.#settle(queued, toPlainVerdict('retry', STOPPED))
  }

  /** While Intercom is out, a caller is answered at once, unless the policy waits for ever. */
  #giveUpWhileOpen(): void {
    const { breaker, policy } = this.#parts
    const reason = breaker.reason ?? ''
    const waitsForever = policy.decide({ kind: 'retry', reason }, { guessed: Number.MAX_SAFE_INTEGER, asTold: 0 })
    if (waitsForever.kind === 'wait') return
    for (const queued of this.#queue.remove(() => true))
      this.#settle(queued, toPlainVerdict('retry', reason, breaker.leftMs))
  }

  /** Pumps again when the next wait is over. */
  #pumpLater(now: number, pauseMs: number): void {
    const { clock } = this.#parts
    const nextAt = this.#queue.nextAfter(now)
    const deadlines = new Set([...this.#unsettled].flatMap(({ scope: { deadlineAt } }) => deadlineAt ?? []))
    const waits = [
      ...(pauseMs > 0 && this.#queue.size > 0 ? [pauseMs] : []),
      ...(nextAt === undefined ? [] : [nextAt - now]),
      ...[...deadlines].map((deadlineAt) => deadlineAt - now)
    ]
    if (waits.length === 0) return
    const timer = new AbortController()
    this.#timer = timer
    clock.sleep(Math.max(1, Math.min(...waits)), timer.signal).then(
      () => {
        this.#pumpSoon()
      },
      () => undefined
    )
  }

  #toWatch(events: readonly SegmentEvent[], { deadlineAt }: Scope): RequestWatch {
    const { clock, breaker, onRequest, mayCall } = this.#parts
    return {
      events,
      limit: this.#limit,
      now: () => clock.now(),
      leftMs: () => {
        if (mayCall?.() === false) return 0
        return deadlineAt === undefined ? undefined : deadlineAt - clock.now()
      },
      answered: (status) => {
        breaker.answered(status)
      },
      failed: () => {
        breaker.failed()
      },
      observe: (request) => {
        this.#tell(() => onRequest?.(request))
      }
    }
  }

  #settle(queued: QueuedEvent, verdict: Verdict): void {
    const settled = queued.settle(verdict)
    if (!settled) return
    this.#unsettled.delete(queued)
    this.#tell(() => this.#parts.onSettled?.(settled))
    for (const resolve of this.#waitsForRoom.splice(0)) resolve()
  }

  #tell(call: () => void): void {
    try {
      call()
    } catch {
      // A hook that fails must not fail a delivery.
    }
  }
}

const isLimited = ({ scope: { deadlineAt, signal } }: QueuedEvent) => deadlineAt !== undefined || signal !== undefined

/** An earlier event of the same person has failed for now in this window, or the event itself has. */
function isBehind(queued: QueuedEvent, failed: readonly QueuedEvent[]): boolean {
  const keys = toKeys(queued)
  return failed.some((one) => one.place <= queued.place && toKeys(one).some((key) => keys.includes(key)))
}
