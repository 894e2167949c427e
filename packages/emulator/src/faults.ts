import { errorList } from './errors'

/** An answer to give instead of Intercom's. */
export interface Fault {
  /** Which requests it hits; all of them when left out. A string is the exact path. */
  match?: { method?: string; path?: string | RegExp }
  status: number
  /** Text is sent as it is (an HTML 502 from a proxy), anything else as JSON; left out, Intercom's usual envelope. */
  body?: unknown
  headers?: Readonly<Record<string, string>>
  /** How many requests it hits; 1 when left out. */
  times?: number
}

/** DEV:error-codes and facts A7/A8: code and text that usually come with a status. */
const USUAL = new Map<number, readonly [code: string, message: string]>([
  [401, ['unauthorized', 'Access Token Invalid']],
  [403, ['api_plan_restricted', 'Active subscription needed.']],
  [404, ['not_found', 'Resource Not Found']],
  [408, ['request_timeout', 'Request Timeout']],
  [429, ['rate_limit_exceeded', 'Exceeded rate limit of 167 in 10_seconds']],
  [500, ['server_error', 'Server Error']],
  [503, ['service_unavailable', 'Sorry, the API service is temporarily unavailable']],
  [504, ['server_timeout', 'Server timed out when making request']]
])

const hits = ({ match }: Fault, method: string, path: string): boolean => {
  if (match?.method !== undefined && match.method.toUpperCase() !== method) return false
  if (match?.path === undefined) return true
  // `search` starts at the beginning even when the expression carries the g flag.
  return typeof match.path === 'string' ? match.path === path : path.search(match.path) !== -1
}

/** The faults still to come, first in first out. */
export class Faults {
  readonly #waiting: { fault: Fault; left: number }[] = []

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 })
  }

  clear(): void {
    this.#waiting.length = 0
  }

  /** The fault this request runs into, if any; it is used up by that. */
  take(method: string, path: string): Fault | undefined {
    const entry = this.#waiting.find(({ fault, left }) => left > 0 && hits(fault, method, path))
    if (entry) entry.left -= 1
    return entry?.fault
  }
}

/** What a fault answers. */
export const faultBody = ({ status, body }: Fault, requestId: string): unknown => {
  if (body !== undefined || status < 400) return body
  const [code, message] = USUAL.get(status) ?? [status < 500 ? 'bad_request' : 'server_error', `Status ${status}`]
  return errorList(requestId, code, message)
}
