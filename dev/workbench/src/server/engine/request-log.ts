import type { DestinationDefinition, RequestClient, RequestOptions } from '@segment/actions-core'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Call } from '../../contract'
import { isJson, toJson } from './json'
import { meansTrouble } from './outcome'

interface Answered {
  readonly status: number
  readonly data?: unknown
}

/** What was asked of Intercom for one subscription of one event, in the order of the asking. */
export class RequestLog {
  readonly #calls: Call[] = []
  /** Which try is under way, from 0; one that asked Intercom nothing does not count. */
  #attempt: number
  #isNewTry = true

  /** `earlier` is what was asked in earlier turns of the same event. */
  constructor(
    private readonly now: () => number,
    private readonly startedAt: number,
    private readonly earlier: readonly Call[] = []
  ) {
    this.#attempt = Math.max(-1, ...earlier.map(({ request }) => request?.attempt ?? -1))
  }

  get calls(): readonly Call[] {
    return [...this.earlier, ...this.#calls]
  }

  get retries(): number {
    return Math.max(0, this.#attempt)
  }

  /** Whether the latest try came to its end because Intercom did not answer, or was in no state to. */
  get metTrouble(): boolean {
    const last = this.#isNewTry ? undefined : this.#calls.at(-1)?.request
    return last !== undefined && meansTrouble(last.status)
  }

  beginTry(): void {
    this.#isNewTry = true
  }

  /** Makes the request and notes it: never its headers, because the token is one of them. */
  async note<R extends Answered>(url: string, options: RequestOptions, send: () => Promise<R>): Promise<R> {
    const place = this.#calls.length
    const begun = this.now()
    if (this.#isNewTry) this.#attempt += 1
    this.#isNewTry = false
    const attempt = this.#attempt
    const method = (options.method ?? 'get').toUpperCase()
    const { pathname, search } = new URL(url)
    const note = (answer: { status: number; response?: Call['body'] } | { problem: string }) => {
      const timing = { attempt, startedAfter: begun - this.startedAt, took: this.now() - begun }
      const call = `${method} ${pathname}${search}`
      this.#calls[place] = { call, body: toJson(options.json), request: { method, url, ...timing, ...answer } }
    }
    // Holds the place: an answer may overtake an earlier one.
    note({ problem: 'No answer has come yet.' })
    try {
      const response = await send()
      note(toAnswer(response))
      return response
    } catch (thrown) {
      note(toAnswerOf(thrown) ?? { problem: toProblem(thrown) })
      throw thrown
    }
  }
}

const logs = new AsyncLocalStorage<RequestLog>()

/** Runs a delivery; what it asks of Intercom goes into the log. */
export const logging = <T>(log: RequestLog, deliver: () => Promise<T>): Promise<T> => logs.run(log, deliver)

/**
 * The definition, with every request of its actions told to the log of the event that they run for, and refused where
 * nobody may ask any more.
 */
export function withRequestLog<S>(
  definition: DestinationDefinition<S>,
  mayAsk: () => boolean
): DestinationDefinition<S> {
  const actions = Object.entries(definition.actions).map(([key, action]) => {
    const perform: typeof action.perform = (request, data): unknown => action.perform(toLogged(request, mayAsk), data)
    return [key, { ...action, perform }] as const
  })
  return { ...definition, actions: Object.fromEntries(actions) }
}

/** The log is found when the action starts, so it is the right one whatever the request waits for. */
function toLogged(request: RequestClient, mayAsk: () => boolean): RequestClient {
  const log = logs.getStore()
  return async <T>(url: string, options: RequestOptions = {}) => {
    if (!mayAsk()) throw new Error('Nobody asks this workspace any more.')
    const send = () => request<T>(url, options)
    return log ? log.note(url, options, send) : send()
  }
}

/** The body was read by the client already; a bodyless answer has an empty text there. */
function toAnswer({ status, data }: Answered) {
  return data === '' || !isJson(data) ? { status } : { status, response: data }
}

/** Errors of the client about an answer carry it. */
function toAnswerOf(thrown: unknown) {
  const { response }: { response?: unknown } = isThing(thrown) ? thrown : {}
  const { status, data }: { status?: unknown; data?: unknown } = isThing(response) ? response : {}
  return typeof status === 'number' ? toAnswer({ status, data }) : undefined
}

const PROBLEMS = new Map([
  ['ETIMEDOUT', 'No answer came in time.'],
  ['REQUESTTIMEOUTERROR', 'No answer came in time.'],
  ['ECONNRESET', 'The connection broke before an answer came.'],
  ['EPIPE', 'The connection broke before an answer came.'],
  ['ECONNREFUSED', 'Nobody answers at this address.'],
  ['ENOTFOUND', 'There is no host of this name.'],
  ['EAI_AGAIN', 'The name of the host could not be looked up.']
])

function toProblem(thrown: unknown): string {
  const { code, message }: { code?: unknown; message?: unknown } = isThing(thrown) ? thrown : {}
  const known = typeof code === 'string' ? PROBLEMS.get(code) : undefined
  return known ?? `No answer came: ${typeof message === 'string' ? message : String(thrown)}`
}

const isThing = (value: unknown): value is object => typeof value === 'object' && value !== null
