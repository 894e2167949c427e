import { isBody } from './call'
import { parseBody, type Incoming, type Outgoing } from './message'

/** A request the emulator answered, for tests to read. It never holds credentials. */
export interface RecordedRequest {
  /** Method and real path: `POST /contacts/search`, `PUT /contacts/65000000c000000000000001`. */
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names, without `authorization` and `cookie`. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON or form; the raw text if it is neither; undefined if nothing was sent. */
  readonly body: unknown
  /** 0 if the connection broke before an answer, or the caller gave up. */
  readonly status: number
  /** The body of the answer: parsed JSON, text, or undefined if it was empty. */
  readonly response: unknown
  /** True without an Intercom-Version header: the real API would use the app's own version, perhaps 1.0. */
  readonly missingVersion: boolean
}

const CREDENTIAL_HEADERS = ['authorization', 'cookie']

const SECRET_FIELDS = ['client_secret', 'code', 'token', 'access_token']

const MASK = '[masked]'

/** The status of a recorded request that got no answer. */
const UNANSWERED = 0

const withoutCredentials = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !CREDENTIAL_HEADERS.includes(name)))

/** Masks the secrets in the body of an OAuth exchange; returns any other body unchanged. */
const withoutSecrets = (path: string, body: unknown): unknown => {
  if (!path.startsWith('/auth/') || !isBody(body)) return body
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, SECRET_FIELDS.includes(name) ? MASK : value])
  )
}

/** The latest requests, oldest first. */
export class RequestLog {
  readonly requests: RecordedRequest[] = []
  readonly #kept: number

  /** Keeps the latest `kept` requests; Infinity keeps all. */
  constructor(kept: number) {
    this.#kept = kept
  }

  /** Records a request; `outgoing` is undefined if there was no answer. */
  add(incoming: Incoming, outgoing: Outgoing | undefined): void {
    const path = incoming.url.pathname
    this.requests.push({
      operation: `${incoming.method} ${path}`,
      method: incoming.method,
      path,
      query: Object.fromEntries(incoming.url.searchParams),
      headers: withoutCredentials(incoming.headers),
      body: withoutSecrets(path, parseBody(incoming).body),
      status: outgoing?.status ?? UNANSWERED,
      response: withoutSecrets(path, outgoing?.body),
      missingVersion: !incoming.headers.has('intercom-version')
    })
    if (this.requests.length > this.#kept) this.requests.shift()
  }

  clear(): void {
    this.requests.length = 0
  }
}
