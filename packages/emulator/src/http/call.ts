import { parameterInvalid } from './errors'

/** A request, read once, as routes see it. */
export interface Call {
  readonly method: string
  readonly path: string
  /** `https://api.intercom.io`, as the caller wrote it: a link to a next page leads back here. */
  readonly origin: string
  readonly query: URLSearchParams
  readonly headers: Headers
  /** Parsed JSON, a form's fields, or undefined when nothing was sent. */
  readonly body: unknown
  /** The `{names}` of the route's path, decoded. */
  readonly params: ReadonlyMap<string, string>
  /** The Intercom-Version in force. */
  readonly version: string
  /** The bearer token; empty on an operation that needs none. */
  readonly token: string
}

/** What a route answers. No body at all is an empty one (202). */
export interface Answer {
  readonly status: number
  /** Text is a page of HTML, anything else is JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Body = Readonly<Record<string, unknown>>

export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The JSON object of a call that needs one; nothing sent counts as an empty one. */
export const bodyOf = (call: Call): Body => {
  if (call.body === undefined || call.body === null) return {}
  if (!isBody(call.body)) throw parameterInvalid('The request body must be a JSON object')
  return call.body
}

/** A `{name}` of the route's own path. */
export const param = (call: Call, name: string): string => {
  const value = call.params.get(name)
  if (value === undefined) throw new Error(`The route has no {${name}} in its path`)
  return value
}
