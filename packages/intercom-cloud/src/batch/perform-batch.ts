import type { ExecuteInput, MultiStatusResponse, RequestClient } from '@segment/actions-core'
import { reportLosses, toHostReport, type DeliveryReport } from '../delivery-report'
import type { Dependencies } from '../dependencies'
import {
  earlierEventPending,
  withSegmentErrors,
  isPermanent,
  toMultiStatusError,
  type MultiStatusError
} from '../errors'
import { UNAUTHORIZED } from '../client/http-status'
import type { Settings } from '../generated-types'
import { groupByConnectedKeys } from './group-by-connected-keys'
import { mapWithConcurrency } from './map-with-concurrency'
import { isAnonymousIdOpen } from '../contacts/anonymous-user'
import type { ContactKey } from '../contacts/contact-search'
import { toMultiStatus, type Outcome } from './multi-status'
import { toOrigin, toOrigins, type PayloadOrigin } from './payload-origin'
import { toPersonKeys, toPersonRecords, type PersonKey } from './person-keys'
import { createCallContext, runCall, type CallContext } from '../state/call-context'

/** How an action reads payloads into tasks and sends them. */
export interface BatchAction<P, T> {
  /** Pure. Throws for a payload that can never be sent. */
  read: (payload: P, context: CallContext, origin: PayloadOrigin) => T
  /** The person of a task. Tasks of one person are sent in order, those of different people concurrently. */
  toPersonKey: (task: T) => PersonKey
  /** The contact to search before the task is sent. A batch searches all of them at once. */
  toContactKey?: (task: T) => ContactKey | undefined
  /** The records that a task uses outside of turns, besides those of its person. */
  toRecords?: (context: CallContext, task: T) => string[]
  /** Called with all tasks of a batch before the first one is sent. */
  prepare?: (context: CallContext, tasks: readonly T[]) => void
  /** Merges tasks of one person into as few as possible. */
  merge?: (tasks: readonly T[]) => Merged<T>[]
  send: (context: CallContext, task: T) => Promise<DeliveryReport>
}

/** One task that replaces several. */
export interface Merged<T> {
  task: T
  from: readonly T[]
  /** The part of the merged task's report that belongs to one of the original tasks. */
  toReport: (report: DeliveryReport, task: T) => DeliveryReport
}

/**
 * A feature flag of `executeBatch`, for hosts that retry an event before the person's later ones: after a failure that is
 * retried, later events of the person are not sent. Otherwise a failed join that is retried after the leave would undo it.
 */
export const KEEP_ORDER = 'intercom-keep-order'

/** Enough to hide the latency, few enough to stop soon at a rate limit. */
const MAX_CONCURRENT_PEOPLE = 20

/** The `perform` and `performBatch` handlers of an action. */
export function toPerform<P extends object, T extends object>(
  dependencies: Dependencies,
  name: string,
  action: BatchAction<P, T>
) {
  return {
    perform: async (request: RequestClient, data: ExecuteInput<Settings, P>): Promise<DeliveryReport> => {
      const context = createCallContext(dependencies, request, data)
      const report = await withSegmentErrors(() =>
        runCall(context, async () => {
          const task = action.read(data.payload, context, toOrigin(data))
          await context.workspace.load(context.cache, () => action.toRecords?.(context, task) ?? [])
          return action.send(context, task)
        })
      )
      reportLosses(report.losses, data)
      return toHostReport(report)
    },

    performBatch: async (request: RequestClient, data: ExecuteInput<Settings, P[]>): Promise<MultiStatusResponse> => {
      const isOrdered = data.features?.[KEEP_ORDER] === true
      const batch = new Batch(createCallContext(dependencies, request, data), action, isOrdered)
      return toMultiStatus(name, await batch.run(data.payload, data), data)
    }
  }
}

/** Sends one batch with as few calls as possible and collects one outcome for each event. */
class Batch<P, T extends object> {
  readonly #outcomes = new Map<T, Outcome>()
  #connectionError: MultiStatusError | undefined

  constructor(
    private readonly context: CallContext,
    private readonly action: BatchAction<P, T>,
    private readonly isOrdered: boolean
  ) {}

  async run(payloads: readonly P[], data: object): Promise<Outcome[]> {
    const origins = toOrigins(data, payloads.length)
    const read = payloads.map((payload, index) => this.#read(payload, origins(index)))
    const tasks = read.flatMap((one) => ('task' in one ? [one.task] : []))
    this.action.prepare?.(this.context, tasks)
    await this.#loadRecords(tasks)
    await this.#prefetchContacts(tasks)
    const groups = groupByConnectedKeys(tasks, (task) => toPersonKeys(this.context, this.action.toPersonKey(task)))
    await mapWithConcurrency(groups, MAX_CONCURRENT_PEOPLE, (group) => this.#sendGroup(group))
    await this.context.workspace.publish(this.context.cache)
    return read.map((one) => ('task' in one ? (this.#outcomes.get(one.task) ?? NO_OUTCOME) : one))
  }

  #read(payload: P, origin: PayloadOrigin): { task: T } | { verdict: MultiStatusError } {
    try {
      return { task: this.action.read(payload, this.context, origin) }
    } catch (thrown) {
      return { verdict: toMultiStatusError(thrown) }
    }
  }

  /** One read for all people, companies and tags of the batch. */
  #loadRecords(tasks: readonly T[]): Promise<void> {
    const { context, action } = this
    const toRecords = (task: T) => [
      ...toPersonRecords(context, action.toPersonKey(task)),
      ...(action.toRecords?.(context, task) ?? [])
    ]
    return context.workspace.load(context.cache, () => [...new Set(tasks.flatMap(toRecords))])
  }

  /** A failure is ignored, because contacts that are not prefetched are searched one by one. */
  async #prefetchContacts(tasks: readonly T[]): Promise<void> {
    const { cache, contactSearch } = this.context
    const keys = tasks.flatMap((task) => this.action.toContactKey?.(task) ?? [])
    const unknown = keys.filter((key) => cache.needsSearch(key) || isAnonymousIdOpen(cache, key))
    const people = new Set(unknown.map(({ external_id, email }) => external_id ?? email.toLowerCase()))
    if (people.size < 2) return
    try {
      await contactSearch.prefetch(unknown)
    } catch (thrown) {
      this.#noteConnectionError(toMultiStatusError(thrown))
    }
  }

  /** An event that waits for its contact does not hold back later ones: one of them may create the contact. */
  async #sendGroup(group: readonly T[]): Promise<void> {
    let isHeldBack = false
    for (const merged of this.action.merge?.(group) ?? group.map(toUnmerged)) {
      if (isHeldBack) for (const one of merged.from) this.#outcomes.set(one, { verdict: HELD_BACK })
      else await this.#send(merged)
      isHeldBack ||= this.isOrdered && merged.from.some((one) => this.#isRetried(one))
    }
  }

  #isRetried(task: T): boolean {
    const outcome = this.#outcomes.get(task)
    if (!outcome || !('verdict' in outcome)) return false
    const { errortype, body } = outcome.verdict
    return errortype === 'RETRYABLE_ERROR' && !(body && 'waitsForContact' in body)
  }

  async #send({ task, from, toReport }: Merged<T>): Promise<void> {
    if (this.#connectionError) {
      // Without a valid token the remaining events cannot succeed either.
      for (const one of from) this.#outcomes.set(one, { verdict: this.#connectionError })
      return
    }
    try {
      const report = await this.action.send(this.context, task)
      for (const one of from) this.#outcomes.set(one, { report: toReport(report, one) })
    } catch (thrown) {
      // A rejected value of one event must not fail the other events.
      if (from.length > 1 && isPermanent(thrown)) {
        for (const one of from) await this.#send(toUnmerged(one))
        return
      }
      const verdict = toMultiStatusError(thrown)
      this.#noteConnectionError(verdict)
      for (const one of from) this.#outcomes.set(one, { verdict })
    } finally {
      await this.context.workspace.publish(this.context.cache)
    }
  }

  #noteConnectionError(verdict: MultiStatusError): void {
    if (verdict.status === UNAUTHORIZED) this.#connectionError = verdict
  }
}

const HELD_BACK: MultiStatusError = {
  ...toMultiStatusError(earlierEventPending()),
  body: { waitsForEarlierEvent: true }
}
const NO_OUTCOME: Outcome = { verdict: toMultiStatusError(new Error('no outcome')) }

function toUnmerged<T>(task: T): Merged<T> {
  return { task, from: [task], toReport: (report) => report }
}
