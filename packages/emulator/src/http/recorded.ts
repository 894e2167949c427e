import { isBody } from './call'

/** A request the emulator answered, for tests to read. Credentials never get into it. */
export interface RecordedRequest {
  /** Method and real path: `POST /contacts/search`, `PUT /contacts/65000000c000000000000001`. */
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names; `authorization` and `cookie` are left out. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON or form; the text where it was neither; undefined where nothing was sent. */
  readonly body: unknown
  /** 0 where the connection broke before an answer, or the caller gave up. */
  readonly status: number
  /** The body answered: parsed JSON, text, or undefined where it was empty. */
  readonly response: unknown
  /** No Intercom-Version header: the real API would fall back to the app's own version, perhaps to 1.0. */
  readonly missingVersion: boolean
}

const CREDENTIALS = ['authorization', 'cookie']

const SECRET_FIELDS = ['client_secret', 'code', 'token', 'access_token']

const MASK = '[masked]'

export const recordedHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !CREDENTIALS.includes(name)))

/** The body of an OAuth exchange, without what opens doors; any other as it is. */
export const withoutSecrets = (path: string, body: unknown): unknown => {
  if (!path.startsWith('/auth/') || !isBody(body)) return body
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, SECRET_FIELDS.includes(name) ? MASK : value])
  )
}
