import type { ExecuteInput, MultiStatusResponse, RequestClient } from '@segment/actions-core'
import { reportLosses, toHostReport, type DeliveryReport } from '../delivery-report'
import type { Dependencies } from '../dependencies'
import { toMultiStatusError, withSegmentErrors, type MultiStatusError } from '../errors'
import type { Settings } from '../generated-types'
import { createCallContext, runCall, type CallContext } from '../state/call-context'
import { toMultiStatus, type Outcome } from './multi-status'

/** What became of one task: its report, or what was thrown. */
export type Result = { report: DeliveryReport } | { failure: unknown }

/** How an action reads payloads into tasks and sends all tasks of a batch together. */
export interface TogetherAction<P, T> {
  /**
   * Pure. Throws for a payload that can never be sent. `isMember`: what actions-core says of an audience; `undefined` if
   * the event is about none, or if the host does not say.
   */
  read: (payload: P, context: CallContext, isMember: boolean | undefined) => T
  /** The records of the people of a task. */
  toRecords: (context: CallContext, task: T) => string[]
  /** One result for each task. */
  send: (context: CallContext, tasks: readonly T[]) => Promise<ReadonlyMap<T, Result>>
}

/** The `perform` and `performBatch` handlers of an action whose calls are for many people at once. */
export function toPerformTogether<P extends object, T extends object>(
  dependencies: Dependencies,
  name: string,
  action: TogetherAction<P, T>
) {
  const sendAll = async (context: CallContext, tasks: readonly T[]) => {
    const toRecords = () => [...new Set(tasks.flatMap((task) => action.toRecords(context, task)))]
    await context.workspace.load(context.cache, toRecords)
    return action.send(context, tasks)
  }
  return {
    perform: async (request: RequestClient, data: ExecuteInput<Settings, P>): Promise<DeliveryReport> => {
      const context = createCallContext(dependencies, request, data)
      const report = await withSegmentErrors(() =>
        runCall(context, async () => {
          const task = action.read(data.payload, context, toMemberships(data)[0])
          const result = (await sendAll(context, [task])).get(task) ?? NO_RESULT
          if ('failure' in result) throw result.failure
          return result.report
        })
      )
      reportLosses(report.losses, data)
      return toHostReport(report)
    },

    performBatch: async (request: RequestClient, data: ExecuteInput<Settings, P[]>): Promise<MultiStatusResponse> => {
      const context = createCallContext(dependencies, request, data)
      const memberships = toMemberships(data)
      const read = data.payload.map((payload, index): { task: T } | { verdict: MultiStatusError } => {
        try {
          return { task: action.read(payload, context, memberships[index]) }
        } catch (thrown) {
          return { verdict: toMultiStatusError(thrown) }
        }
      })
      const tasks = read.flatMap((one) => ('task' in one ? [one.task] : []))
      const results = await runCall(context, () => sendAll(context, tasks))
      const outcomes = read.map((one) => ('task' in one ? toOutcome(results.get(one.task) ?? NO_RESULT) : one))
      return toMultiStatus(name, outcomes, data)
    }
  }
}

const NO_RESULT: Result = { failure: new Error('no result') }

function toOutcome(result: Result): Outcome {
  return 'failure' in result ? { verdict: toMultiStatusError(result.failure) } : result
}

/** One for an event, or one for each payload of a batch. Older versions of actions-core, and other hosts, pass none. */
function toMemberships(data: object): (boolean | undefined)[] {
  const value: unknown = 'audienceMembership' in data ? data.audienceMembership : undefined
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.map((one) => (typeof one === 'boolean' ? one : undefined))
}
