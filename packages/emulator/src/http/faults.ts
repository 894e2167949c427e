import { errorList } from './errors'
import { seededChance } from '../model/seeded-chance'

/** Which requests a fault hits, and how often. */
interface FaultScope {
  /** All requests when left out. A string is the exact path. */
  match?: { method?: string; path?: string | RegExp }
  /** How many requests it hits: 1 when left out, or all of them when there is a `probability`. */
  times?: number
  /** Between 0 and 1: of the matching requests it hits that share, chosen by a generator with a seed. */
  probability?: number
}

/** An answer to give instead of Intercom's; nothing is read and nothing written. */
export interface StatusFault extends FaultScope {
  status: number
  /** Text is sent as it is, anything else as JSON; left out, what usually comes with the status (HTML for a 502). */
  body?: unknown
  headers?: Readonly<Record<string, string>>
  trouble?: undefined
}

/** Trouble that is no answer. */
export interface TroubleFault extends FaultScope {
  /**
   * - `time-out`: nothing is written and no answer comes; with `ms` the connection is dropped after them.
   * - `dropped`: the connection breaks before Intercom reads the request. `fetch` rejects, `serve` destroys the socket.
   * - `lost-answer`: the request does all it would do, then the connection breaks.
   * - `slow`: the request is dealt with after `ms`.
   */
  trouble: 'time-out' | 'dropped' | 'lost-answer' | 'slow'
  ms?: number
  status?: undefined
}

/** The search index lags behind: it does not know contacts born in the last `calls` calls; none but the seeded ones when left out. */
export interface IndexLagFault extends FaultScope {
  trouble: 'index-lag'
  calls?: number
  status?: undefined
}

export type Fault = StatusFault | TroubleFault | IndexLagFault

/** A connection that broke: what `fetch` rejects with, in the words and of the kind of the global one. */
export class ConnectionDropped extends TypeError {
  readonly code = 'ECONNRESET'

  constructor() {
    super('fetch failed: the emulator dropped the connection')
    this.name = 'ConnectionDropped'
  }
}

/** DEV:error-codes and facts A7/A8: code and text that usually come with a status. */
const USUAL = new Map<number, readonly [code: string, message: string]>([
  [401, ['unauthorized', 'Access Token Invalid']],
  [403, ['api_plan_restricted', 'Active subscription needed.']],
  [404, ['not_found', 'Resource Not Found']],
  [408, ['request_timeout', 'Request Timeout']],
  [500, ['server_error', 'Server Error']],
  [503, ['service_unavailable', 'Sorry, the API service is temporarily unavailable']],
  [504, ['server_timeout', 'Server timed out when making request']]
])

/** Facts A8: a proxy in front of Intercom answers in HTML. */
const BAD_GATEWAY =
  '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n'

const hits = ({ match }: Fault, method: string, path: string): boolean => {
  if (match?.method !== undefined && match.method.toUpperCase() !== method) return false
  if (match?.path === undefined) return true
  // `search` starts at the beginning even when the expression carries the g flag.
  return typeof match.path === 'string' ? match.path === path : path.search(match.path) !== -1
}

const refuseNonsense = ({ probability, times }: Fault): void => {
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    throw new Error(`fault: probability must be between 0 and 1, not ${probability}`)
  }
  if (times !== undefined && !(times >= 0)) throw new Error(`fault: times must not be negative, not ${times}`)
}

/** Troubles of one kind take each other's place; of two kinds, one delays or hides and the other answers. */
const kindOf = ({ trouble }: Fault): 'slow' | 'index-lag' | 'answer' =>
  trouble === 'slow' || trouble === 'index-lag' ? trouble : 'answer'

interface Waiting {
  readonly fault: Fault
  left: number
}

/** The faults still to come, first in first out. */
export class Faults {
  readonly #seed: number
  #chance: () => number
  #waiting: Waiting[] = []

  constructor(seed: number) {
    this.#seed = seed
    this.#chance = seededChance(seed)
  }

  /** Switches a fault on; what it gives switches it off again. */
  add(fault: Fault): () => void {
    refuseNonsense(fault)
    const entry = { fault, left: fault.times ?? (fault.probability === undefined ? 1 : Infinity) }
    this.#waiting.push(entry)
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== entry)
    }
  }

  clear(): void {
    this.#waiting = []
    this.#chance = seededChance(this.#seed)
  }

  /**
   * What this request runs into, if anything; it is used up by that. Only one trouble at a time, first in first out, but
   * those that last for ever come together: an outage is one, whether or not answers are slow besides.
   */
  take(method: string, path: string): readonly Fault[] {
    const found: Waiting[] = []
    for (const entry of this.#waiting) {
      const { fault, left } = entry
      const isAlone = found.length > 0 && !(left === Infinity && found.every((one) => one.left === Infinity))
      if (left <= 0 || isAlone || found.some((one) => kindOf(one.fault) === kindOf(fault))) continue
      if (!hits(fault, method, path)) continue
      if (fault.probability !== undefined && this.#chance() >= fault.probability) continue
      found.push(entry)
    }
    for (const entry of found) entry.left -= 1
    this.#waiting = this.#waiting.filter(({ left }) => left > 0)
    return found.map(({ fault }) => fault)
  }
}

/** What a status that was asked for answers. */
export const faultBody = ({ status, body }: StatusFault, requestId: string, rateLimited: string): unknown => {
  if (body !== undefined || status < 400) return body
  if (status === 502) return BAD_GATEWAY
  if (status === 429) return errorList(requestId, 'rate_limit_exceeded', rateLimited)
  const [code, message] = USUAL.get(status) ?? [status < 500 ? 'bad_request' : 'server_error', `Status ${status}`]
  return errorList(requestId, code, message)
}
