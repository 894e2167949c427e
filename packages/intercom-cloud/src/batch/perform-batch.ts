import { MultiStatusResponse, type ExecuteInput, type RequestClient } from '@segment/actions-core'
import { reportLosses, toApart, type DeliveryReport, type Listeners, type Loss } from '../delivery-report'
import type { Dependencies } from '../dependencies'
import {
  earlierEventPending,
  withSegmentErrors,
  isPermanent,
  toMultiStatusError,
  type MultiStatusError
} from '../errors'
import type { Settings } from '../generated-types'
import { groupByConnectedKeys } from './group-by-connected-keys'
import { mapWithConcurrency } from './map-with-concurrency'
import type { ContactKey } from '../contacts/contact-search'
import { toPersonKeys, type PersonKey } from './person-keys'
import { createCallContext, type CallContext } from '../state/call-context'

/** What a payload was made of; `undefined` where the host does not tell it. */
export interface PayloadOrigin {
  /** The event. */
  event: unknown
  /** The saved mapping. */
  mapping: unknown
}

/** What an action does: a payload is read into a task, and a task is sent. */
export interface BatchAction<P, T> {
  /** Pure; throws what can never be sent. */
  read: (payload: P, context: CallContext, origin: PayloadOrigin) => T
  /** Whom the task is about: tasks of one person keep their order, those of different people run side by side. */
  keyOf: (task: T) => PersonKey
  /** Who has to be looked up before the task can be sent; those of a batch are asked for at once. */
  toLookUp?: (task: T) => ContactKey | undefined
  /** Told all tasks of a batch before the first is sent. */
  prepare?: (context: CallContext, tasks: readonly T[]) => void
  /** Makes one task of the tasks of one person, where they can be one. */
  merge?: (tasks: readonly T[]) => Merged<T>[]
  send: (context: CallContext, task: T) => Promise<DeliveryReport>
}

/** One task in the place of several. */
export interface Merged<T> {
  task: T
  from: readonly T[]
  /** What of the whole report belongs to one of them. */
  toReport: (whole: DeliveryReport, task: T) => DeliveryReport
}

/**
 * The name of a feature of `executeBatch` for hosts that send an event again in its place: after a failure that is
 * retried, later events of the person are not sent. A join that failed and is retried after the leave would put the
 * person back.
 */
export const KEEP_ORDER = 'intercom-keep-order'

const OK = 200
const UNAUTHORIZED = 401
/** As many people at a time: enough to hide the latency, few enough to stop soon when Intercom says so. */
const MAX_PEOPLE_SIDE_BY_SIDE = 20

type Outcome = { report: DeliveryReport } | { verdict: MultiStatusError }

/** The two doors through which Segment calls an action. */
export function toPerform<P extends object, T extends object>(
  dependencies: Dependencies,
  name: string,
  action: BatchAction<P, T>
) {
  return {
    perform: async (request: RequestClient, data: ExecuteInput<Settings, P>): Promise<DeliveryReport> => {
      const context = createCallContext(dependencies, request, data)
      const report = await withSegmentErrors(async () =>
        action.send(context, action.read(data.payload, context, toOrigin(data)))
      )
      reportLosses(report.losses, data)
      return toApart(report)
    },

    performBatch: async (request: RequestClient, data: ExecuteInput<Settings, P[]>): Promise<MultiStatusResponse> => {
      const isOrdered = data.features?.[KEEP_ORDER] === true
      const batch = new Batch(createCallContext(dependencies, request, data), action, isOrdered)
      return toMultiStatus(name, await batch.run(data.payload, data), data)
    }
  }
}

/** actions-core hands both on as `rawData` and `rawMapping`, in 3.77 to 3.170, and its types do not say so. */
function toOrigin(data: object): PayloadOrigin {
  return {
    event: 'rawData' in data ? data.rawData : undefined,
    mapping: 'rawMapping' in data ? data.rawMapping : undefined
  }
}

function toItem(list: readonly unknown[], index: number): unknown {
  return list[index]
}

/** One batch on its way: as few calls as its people and companies need, and one outcome for each event. */
class Batch<P, T extends object> {
  readonly #outcomes = new Map<T, Outcome>()
  #dead: MultiStatusError | undefined

  constructor(
    private readonly context: CallContext,
    private readonly action: BatchAction<P, T>,
    private readonly isOrdered: boolean
  ) {}

  async run(payloads: readonly P[], data: object): Promise<Outcome[]> {
    const { event: events, mapping } = toOrigin(data)
    // Where Segment refused some of the events, the rest cannot be told apart.
    const isWhole = Array.isArray(events) && events.length === payloads.length
    const read = payloads.map((payload, index) =>
      this.#read(payload, { mapping, event: isWhole ? toItem(events, index) : undefined })
    )
    const tasks = read.flatMap((one) => ('task' in one ? [one.task] : []))
    this.action.prepare?.(this.context, tasks)
    await this.#lookUp(tasks)
    const groups = groupByConnectedKeys(tasks, (task) => toPersonKeys(this.context, this.action.keyOf(task)))
    await mapWithConcurrency(groups, MAX_PEOPLE_SIDE_BY_SIDE, (group) => this.#sendLane(group))
    return read.map((one) => ('task' in one ? (this.#outcomes.get(one.task) ?? lost) : one))
  }

  #read(payload: P, origin: PayloadOrigin): { task: T } | { verdict: MultiStatusError } {
    try {
      return { task: this.action.read(payload, this.context, origin) }
    } catch (thrown) {
      return { verdict: toMultiStatusError(thrown) }
    }
  }

  /** A failure here is no verdict: whoever could not be looked up together is looked up alone. */
  async #lookUp(tasks: readonly T[]): Promise<void> {
    const { cache, contactSearch } = this.context
    const keys = tasks.flatMap((task) => this.action.toLookUp?.(task) ?? [])
    const unknown = keys.filter(({ external_id, email }) => {
      const known = external_id === undefined ? undefined : cache.findContact('external_id', external_id)
      if (known && external_id !== undefined && email !== undefined)
        return known.contact.email?.toLowerCase() !== email.toLowerCase() && !cache.isEmailTaken(email, external_id)
      if (known) return false
      return email === undefined || !cache.findContact('email', email)
    })
    const people = new Set(unknown.map(({ external_id, email }) => external_id ?? email.toLowerCase()))
    if (people.size < 2) return
    try {
      await contactSearch.prefetch(unknown)
    } catch (thrown) {
      this.#noteDead(toMultiStatusError(thrown))
    }
  }

  /** What waits for its contact alone does not hold the others: they wait too, or make the contact. */
  async #sendLane(group: readonly T[]): Promise<void> {
    let isHeld = false
    for (const merged of this.action.merge?.(group) ?? group.map(alone)) {
      if (isHeld) for (const one of merged.from) this.#outcomes.set(one, { verdict: behind })
      else await this.#send(merged)
      isHeld ||= this.isOrdered && merged.from.some((one) => this.#isRetried(one))
    }
  }

  #isRetried(task: T): boolean {
    const outcome = this.#outcomes.get(task)
    if (!outcome || !('verdict' in outcome)) return false
    const { errortype, body } = outcome.verdict
    return errortype === 'RETRYABLE_ERROR' && !(body && 'waitsForContact' in body)
  }

  async #send({ task, from, toReport }: Merged<T>): Promise<void> {
    if (this.#dead) {
      // Without a connection the rest cannot succeed either.
      for (const one of from) this.#outcomes.set(one, { verdict: this.#dead })
      return
    }
    try {
      const whole = await this.action.send(this.context, task)
      for (const one of from) this.#outcomes.set(one, { report: toReport(whole, one) })
    } catch (thrown) {
      // One event's bad value must not cost the others theirs.
      if (from.length > 1 && isPermanent(thrown)) {
        for (const one of from) await this.#send(alone(one))
        return
      }
      const verdict = toMultiStatusError(thrown)
      this.#noteDead(verdict)
      for (const one of from) this.#outcomes.set(one, { verdict })
    }
  }

  #noteDead(verdict: MultiStatusError): void {
    if (verdict.status === UNAUTHORIZED) this.#dead = verdict
  }
}

const behind: MultiStatusError = { ...toMultiStatusError(earlierEventPending()), body: { waitsForEarlierEvent: true } }
const lost: Outcome = { verdict: toMultiStatusError(new Error('no outcome')) }

function alone<T>(task: T): Merged<T> {
  return { task, from: [task], toReport: (whole) => whole }
}

/** A loss as a JSON object of Segment's types. */
const toPlain = ({ path, reason }: Loss) => ({ path, reason })

function toMultiStatus(name: string, outcomes: readonly Outcome[], listeners: Listeners): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (const outcome of outcomes) {
    if ('verdict' in outcome) {
      response.pushErrorResponse(outcome.verdict)
      continue
    }
    reportLosses(outcome.report.losses, listeners)
    const { losses, doubtful, ...ids } = toApart(outcome.report)
    const body = { ...ids, losses: losses.map(toPlain), ...(doubtful ? { doubtful: doubtful.map(toPlain) } : {}) }
    response.pushSuccessResponse({ status: OK, sent: name, body })
  }
  return response
}
