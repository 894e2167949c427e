import { parameterInvalid } from './errors'

/** A parsed request, as routes receive it. */
export interface Call {
  readonly method: string
  readonly path: string
  /** `https://api.intercom.io`, as the caller wrote it; links to further pages start with it. */
  readonly origin: string
  readonly query: URLSearchParams
  readonly headers: Headers
  /** Parsed JSON, the fields of a form, or undefined if nothing was sent. */
  readonly body: unknown
  /** The `{names}` of the route's path, decoded. */
  readonly params: ReadonlyMap<string, string>
  /** The Intercom-Version in force. */
  readonly version: string
  /** The bearer token; `''` if the operation needs none. */
  readonly token: string
}

/** The answer of a route. Without a body, the response is empty (202). */
export interface Answer {
  readonly status: number
  /** Text is sent as HTML, anything else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Body = Readonly<Record<string, unknown>>

export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The body of a call as an object; `{}` if nothing was sent. Throws 400 for any other value. */
export const bodyOf = (call: Call): Body => {
  if (call.body === undefined || call.body === null) return {}
  if (!isBody(call.body)) throw parameterInvalid('The request body must be a JSON object')
  return call.body
}

/** The value of a `{name}` in the route's path. */
export const param = (call: Call, name: string): string => {
  const value = call.params.get(name)
  if (value === undefined) throw new Error(`The route has no {${name}} in its path`)
  return value
}
