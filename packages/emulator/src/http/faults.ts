import { errorList } from './errors'
import { seededChance } from '../model/seeded-chance'

/** Which requests a fault affects, and how often. */
interface FaultScope {
  /** All requests by default. A string is the exact path. */
  match?: { method?: string; path?: string | RegExp }
  /** How many requests it affects: 1 by default, or all if there is a `probability`. */
  times?: number
  /** The share of matching requests that it affects, from 0 to 1, chosen by a seeded generator. */
  probability?: number
}

/** An answer instead of Intercom's. The request is not handled, so nothing is written. */
export interface StatusFault extends FaultScope {
  status: number
  /** Text is sent unchanged, anything else as JSON. By default the usual body of the status (HTML for a 502). */
  body?: unknown
  headers?: Readonly<Record<string, string>>
  trouble?: undefined
}

/** A failure without an answer, or with a late one. */
export interface TroubleFault extends FaultScope {
  /**
   * - `time-out`: nothing is written and no answer comes; with `ms` the connection is dropped after that time.
   * - `dropped`: the connection breaks before Intercom reads the request. `fetch` rejects, `serve` destroys the socket.
   * - `lost-answer`: the request is handled, then the connection breaks.
   * - `slow`: the request is handled after `ms`.
   */
  trouble: 'time-out' | 'dropped' | 'lost-answer' | 'slow'
  ms?: number
  status?: undefined
}

/** The search index lags: it misses contacts created in the last `calls` calls; without `calls`, all but the seeded ones. */
export interface IndexLagFault extends FaultScope {
  trouble: 'index-lag'
  calls?: number
  status?: undefined
}

export type Fault = StatusFault | TroubleFault | IndexLagFault

/** A broken connection. `fetch` rejects with it; type and message resemble those of the global `fetch`. */
export class ConnectionDropped extends TypeError {
  readonly code = 'ECONNRESET'

  constructor() {
    super('fetch failed: the emulator dropped the connection')
    this.name = 'ConnectionDropped'
  }
}

/** DEV:error-codes and docs/intercom.md, Errors: the usual code and text of a status. */
const USUAL_ERRORS = new Map<number, readonly [code: string, message: string]>([
  [401, ['unauthorized', 'Access Token Invalid']],
  [403, ['api_plan_restricted', 'Active subscription needed.']],
  [404, ['not_found', 'Resource Not Found']],
  [408, ['request_timeout', 'Request Timeout']],
  [500, ['server_error', 'Server Error']],
  [503, ['service_unavailable', 'Sorry, the API service is temporarily unavailable']],
  [504, ['server_timeout', 'Server timed out when making request']]
])

/** docs/intercom.md, Errors: a proxy in front of Intercom answers in HTML. */
const BAD_GATEWAY =
  '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n'

const isMatch = ({ match }: Fault, method: string, path: string): boolean => {
  if (match?.method !== undefined && match.method.toUpperCase() !== method) return false
  if (match?.path === undefined) return true
  // `search` starts at the beginning even if the expression has the g flag.
  return typeof match.path === 'string' ? match.path === path : path.search(match.path) !== -1
}

const assertValid = ({ probability, times }: Fault): void => {
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    throw new Error(`fault: probability must be between 0 and 1, not ${probability}`)
  }
  if (times !== undefined && !(times >= 0)) throw new Error(`fault: times must not be negative, not ${times}`)
}

/** A request gets at most one fault of each kind: one that delays, one that hides contacts, one that answers. */
const kindOf = ({ trouble }: Fault): 'slow' | 'index-lag' | 'answer' =>
  trouble === 'slow' || trouble === 'index-lag' ? trouble : 'answer'

interface ActiveFault {
  readonly fault: Fault
  /** How many requests it still affects. */
  left: number
}

/** The active faults, first in first out. */
export class Faults {
  readonly #seed: number
  #chance: () => number
  #active: ActiveFault[] = []

  constructor(seed: number) {
    this.#seed = seed
    this.#chance = seededChance(seed)
  }

  /** Adds a fault. Returns a function that removes it. */
  add(fault: Fault): () => void {
    assertValid(fault)
    const entry = { fault, left: fault.times ?? (fault.probability === undefined ? 1 : Infinity) }
    this.#active.push(entry)
    return () => {
      this.#active = this.#active.filter((one) => one !== entry)
    }
  }

  clear(): void {
    this.#active = []
    this.#chance = seededChance(this.#seed)
  }

  /**
   * Returns the faults of this request and counts them down. A request gets only the first matching fault, except that
   * permanent faults (`times: Infinity`) of different kinds apply together: an outage may also be slow.
   */
  take(method: string, path: string): readonly Fault[] {
    const found: ActiveFault[] = []
    for (const entry of this.#active) {
      const { fault, left } = entry
      const isAlone = found.length > 0 && !(left === Infinity && found.every((one) => one.left === Infinity))
      if (left <= 0 || isAlone || found.some((one) => kindOf(one.fault) === kindOf(fault))) continue
      if (!isMatch(fault, method, path)) continue
      if (fault.probability !== undefined && this.#chance() >= fault.probability) continue
      found.push(entry)
    }
    for (const entry of found) entry.left -= 1
    this.#active = this.#active.filter(({ left }) => left > 0)
    return found.map(({ fault }) => fault)
  }
}

/** The body of a status fault. `rateLimited` is the text of a 429. */
export const faultBody = ({ status, body }: StatusFault, requestId: string, rateLimited: string): unknown => {
  if (body !== undefined || status < 400) return body
  if (status === 502) return BAD_GATEWAY
  if (status === 429) return errorList(requestId, 'rate_limit_exceeded', rateLimited)
  const [code, message] = USUAL_ERRORS.get(status) ?? [
    status < 500 ? 'bad_request' : 'server_error',
    `Status ${status}`
  ]
  return errorList(requestId, code, message)
}
