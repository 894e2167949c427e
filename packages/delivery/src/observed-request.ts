import type { RequestClient, RequestOptions, SegmentEvent } from '@segment/actions-core'
import { performance } from 'node:perf_hooks'
import { toFields } from './fields'

/** One call to Intercom, without headers, because the access token is one of them. */
export interface ObservedRequest {
  /** The events that the call belongs to: a search or a merged write belongs to several. */
  events: readonly SegmentEvent[]
  method: string
  url: string
  /** The JSON that was sent; absent when there was none. */
  body?: unknown
  /** The status of the answer; absent when none came. */
  status?: number
  /** The JSON of the answer; absent when none came. */
  response?: unknown
  /** Why no answer came. */
  problem?: string
  /** When the call began, in milliseconds since 1970. Calls are reported in the order of their answers. */
  startedAt: number
  /** How long the call took, in milliseconds. */
  tookMs: number
}

/** Observes and limits the calls of a run. */
export interface RequestWatch {
  events: readonly SegmentEvent[]
  /** Makes the call as soon as fewer calls are under way than the limit allows. */
  limit<T>(call: () => Promise<T>): Promise<T>
  /** Milliseconds that are left for the call; `undefined` without a deadline. */
  leftMs(): number | undefined
  /** Milliseconds since 1970. */
  now(): number
  /** An answer came, with this status. */
  answered(status: number): void
  /** No answer came. */
  failed(): void
  observe(request: ObservedRequest): void
}

/** For a call that has no time left and is not sent. */
class OutOfTimeError extends Error {
  readonly code = 'ETIMEDOUT'
}

/** Milliseconds. A call that a deadline leaves less time says nothing about Intercom when it gets no answer. */
const FAIR_MS = 1000

/** The request client of an action, within the limits of the watch and observed by it. */
export function toObservedRequest(request: RequestClient, watch: RequestWatch): RequestClient {
  return <T>(url: string, options: RequestOptions = {}) =>
    watch.limit(async () => {
      const leftMs = watch.leftMs()
      if (leftMs !== undefined && leftMs <= 0) throw new OutOfTimeError('The deadline has passed.')
      const begun = performance.now()
      const method = (options.method ?? 'get').toUpperCase()
      const body = options.json === undefined ? {} : { body: options.json }
      const known = { events: watch.events, method, url, startedAt: watch.now(), ...body }
      const observe = (answer: Pick<ObservedRequest, 'status' | 'response' | 'problem'>) => {
        watch.observe({ ...known, ...answer, tookMs: performance.now() - begun })
      }
      try {
        const response = await request<T>(url, { ...options, ...withTimeout(options, leftMs) })
        watch.answered(response.status)
        observe({ status: response.status, response: response.data })
        return response
      } catch (thrown) {
        if (leftMs === undefined || leftMs >= FAIR_MS) watch.failed()
        observe({ problem: toProblem(thrown) })
        throw thrown
      }
    })
}

/** The time-out of actions-core. */
const DEFAULT_TIMEOUT_MS = 10_000

function withTimeout({ timeout }: RequestOptions, leftMs: number | undefined): RequestOptions {
  if (leftMs === undefined) return {}
  return { timeout: Math.max(1, Math.min(typeof timeout === 'number' ? timeout : DEFAULT_TIMEOUT_MS, leftMs)) }
}

const PROBLEMS: ReadonlyMap<unknown, string> = new Map([
  ['ETIMEDOUT', 'No answer came in time.'],
  ['REQUESTTIMEOUTERROR', 'No answer came in time.'],
  ['ECONNRESET', 'The connection broke before an answer came.'],
  ['EPIPE', 'The connection broke before an answer came.'],
  ['ECONNREFUSED', 'No server listens at this address.'],
  ['ENOTFOUND', 'There is no host of this name.'],
  ['EAI_AGAIN', 'The name of the host could not be looked up.']
])

/** A sentence for a call without an answer. The error's own text is not used: it may quote a header. */
function toProblem(thrown: unknown): string {
  const { code } = toFields(thrown)
  return PROBLEMS.get(code) ?? 'No answer came.'
}
