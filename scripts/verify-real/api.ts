import { INTERCOM_API_VERSION } from '../../packages/intercom-cloud/src/versioning-info'

/** One call and its answer. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly status: number
  readonly headers: Headers
  /** The text of the answer; `reply` is the parsed JSON, if it is any. */
  readonly text: string
  readonly reply: unknown
}

export interface Asked {
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export type Ask = (method: string, path: string, asked?: Asked) => Promise<Exchange>

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface Connection {
  readonly origin: string
  readonly token: string
  readonly fetch: Fetch
  /** Milliseconds. */
  readonly wait: (ms: number) => Promise<void>
  readonly now: () => number
  /** Called with every answer. */
  readonly listen?: (exchange: Exchange) => void
}

/** After more answers with 429 than this, another client must be using up the limit. */
const TRIES = 5
const ANSWER_MS = 30_000
/** The pause after a 429 without a reset time. */
const PAUSE_MS = 10_000

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Milliseconds until the reset of the rate limit (`X-RateLimit-Reset`, in Unix seconds). */
const pauseAfter = (headers: Headers, now: number): number => {
  const reset = Number(headers.get('x-ratelimit-reset') ?? 0) * 1000 - now
  return reset > 0 && reset <= 60_000 ? reset : PAUSE_MS
}

/** Calls Intercom's REST API. A 429 is retried after the reset; any other answer is returned. */
export const createAsk = ({ origin, token, fetch, wait, now, listen }: Connection): Ask => {
  const once = async (method: string, path: string, { query = {}, body }: Asked): Promise<Exchange> => {
    const search = new URLSearchParams(query).toString()
    const response = await fetch(`${origin}${path}${search === '' ? '' : `?${search}`}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'content-type': 'application/json',
        'intercom-version': INTERCOM_API_VERSION
      },
      // A redirect would send the token to another host.
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await response.text()
    return { method, path, query, body, status: response.status, headers: response.headers, text, reply: asJson(text) }
  }
  return async (method, path, asked = {}) => {
    for (let tried = 1; ; tried += 1) {
      const exchange = await once(method, path, asked)
      if (exchange.status !== 429 || tried === TRIES) {
        listen?.(exchange)
        return exchange
      }
      await wait(pauseAfter(exchange.headers, now()))
    }
  }
}

type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A nested field of an answer; undefined if it does not exist. */
export const below = (value: unknown, ...keys: string[]): unknown =>
  keys.reduce((found, key) => (isFields(found) && Object.hasOwn(found, key) ? found[key] : undefined), value)

export const listBelow = (value: unknown, ...keys: string[]): unknown[] => {
  const found = below(value, ...keys)
  return Array.isArray(found) ? found : []
}

export const textBelow = (value: unknown, ...keys: string[]): string | undefined => {
  const found = below(value, ...keys)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined
}

export const isOk = ({ status }: Exchange): boolean => status >= 200 && status < 300
