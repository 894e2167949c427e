import type { SegmentEvent } from '@segment/actions-core'
import fastq from 'fastq'
import type { ActionRunner } from './action-runner'
import type { CircuitBreaker } from './circuit-breaker'
import type { Clock } from './clock'
import { DELETIONS, NO_USER_ID, toDeletionOutcome } from './deletions'
import { callHook, type Hooks } from './hooks'
import { HTTP_STATUS } from './http-status'
import type { RequestWatch } from './observed-request'
import type { Outcome } from './outcome'
import type { QueuedEvent } from './queued-event'
import type { Scope } from './scope'
import type { Row } from './subscription-order'

export interface WindowRunnerOptions {
  runner: ActionRunner
  clock: Clock
  breaker: CircuitBreaker
  /** How many calls to Intercom are under way at most, over all windows. */
  concurrency: number
  mayCall: () => boolean
  hooks: Hooks
}

/** Runs the subscriptions of one window of events, and keeps its calls within the limits of the sender. */
export class WindowRunner {
  readonly #options: WindowRunnerOptions
  readonly #limit: RequestWatch['limit']

  constructor(options: WindowRunnerOptions) {
    this.#options = options
    const calls = fastq.promise((call: () => Promise<void>) => call(), options.concurrency)
    this.#limit = <T>(call: () => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        void calls.push(() => call().then(resolve, reject))
      })
  }

  /** Runs the rows one after another: a contact comes before its company, and both before its events. Never rejects. */
  async run(window: readonly QueuedEvent[], rows: readonly Row[], scope: Scope): Promise<void> {
    const { runner, breaker, hooks } = this.#options
    for (const queued of window) {
      queued.beginAttempt()
      callHook(() => hooks.onStart?.({ event: queued.event }))
    }
    const failed: QueuedEvent[] = []
    for (const { subscription } of rows) {
      const ready = window.filter((queued) => queued.needs(subscription) && !isBehind(queued, failed))
      if (ready.length === 0) continue
      const events = ready.map(({ event }) => event)
      const watch = this.toWatch(events, scope)
      const outcomes =
        subscription === DELETIONS ? await this.#erase(events, watch) : await runner.run(subscription, events, watch)
      for (const [index, queued] of ready.entries()) {
        const outcome = outcomes[index] ?? { kind: 'retry', reason: 'The destination gave no outcome.' }
        if (outcome.kind === 'retry') failed.push(queued)
        // It was not tried, so it is no attempt: it returns to its place behind the event that failed.
        if (outcome.kind === 'retry' && outcome.waitsForEarlierEvent) continue
        const run = queued.recordRun({ subscription, outcome })
        if (outcome.kind === 'retry' && outcome.status === HTTP_STATUS.unauthorized) breaker.refusedToken()
        callHook(() => hooks.onAttempt?.({ event: queued.event, run }))
      }
    }
  }

  async #erase(events: readonly SegmentEvent[], watch: RequestWatch): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    for (const { userId } of events) {
      if (isUserId(userId)) outcomes.push(toDeletionOutcome(await this.#options.runner.erase(String(userId), watch)))
      else outcomes.push({ kind: 'rejected', reason: NO_USER_ID })
    }
    return outcomes
  }

  /** Observes and limits the calls that belong to these events. */
  toWatch(events: readonly SegmentEvent[], { callsEndAt }: Pick<Scope, 'callsEndAt'> = {}): RequestWatch {
    const { clock, breaker, mayCall, hooks } = this.#options
    return {
      events,
      limit: this.#limit,
      now: () => clock.now(),
      leftMs: () => {
        if (!mayCall()) return 0
        return callsEndAt === undefined ? undefined : callsEndAt - clock.now()
      },
      answered: (status) => {
        breaker.answered(status)
      },
      failed: () => {
        breaker.failed()
      },
      observe: (request) => {
        callHook(() => hooks.onRequest?.(request))
      }
    }
  }
}

/** Whether an earlier event of the same person, or the event itself, has failed for now in this window. */
function isBehind(queued: QueuedEvent, failed: readonly QueuedEvent[]): boolean {
  return failed.some((one) => one.place <= queued.place && one.allKeys.some((key) => queued.allKeys.includes(key)))
}

/** JSON has ids as numbers too; `SegmentEvent` does not say so. */
const isUserId = (id: unknown): boolean => (typeof id === 'string' && id.trim() !== '') || typeof id === 'number'
