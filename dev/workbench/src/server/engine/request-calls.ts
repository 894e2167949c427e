import type { ObservedRequest } from '@intercom-destinations/delivery'
import type { Call } from '../../contract'
import { isJson, toJson } from './json'

/** For an event that waits for long, the first and the last calls are kept. */
const FIRST_CALLS = 20
const LAST_CALLS = 80

/**
 * The requests for one subscription of one event, in order: `earlier` are those of earlier attempts,
 * `requests` those of the latest one. An attempt without a request does not count.
 */
export function toCalls(earlier: readonly Call[], requests: readonly ObservedRequest[], startedAt: number): Call[] {
  const attempt = toLastAttempt(earlier) + 1
  const inOrder = [...requests].sort((one, other) => one.startedAt - other.startedAt)
  const calls = [...earlier, ...inOrder.map((request) => toCall(request, attempt, startedAt))]
  if (calls.length <= FIRST_CALLS + LAST_CALLS) return calls
  return [...calls.slice(0, FIRST_CALLS), ...calls.slice(-LAST_CALLS)]
}

/** The number of the latest attempt, from 0; -1 without any request. */
export const toLastAttempt = (calls: readonly Call[]): number =>
  Math.max(-1, ...calls.map(({ request }) => request?.attempt ?? -1))

function toCall({ method, url, body, ...answer }: ObservedRequest, attempt: number, startedAt: number): Call {
  const { pathname, search } = new URL(url)
  const { status, response, problem } = answer
  const timing = { attempt, startedAfter: answer.startedAt - startedAt, took: Math.round(answer.tookMs) }
  return {
    call: `${method} ${pathname}${search}`,
    body: toJson(body),
    request: {
      ...{ method, url, ...timing },
      ...(status === undefined ? {} : { status }),
      // An answer without a body has an empty string there.
      ...(response === undefined || response === '' || !isJson(response) ? {} : { response }),
      ...(problem === undefined ? {} : { problem })
    }
  }
}
