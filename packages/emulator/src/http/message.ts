/** A request as it arrived, with its body read. */
export interface Incoming {
  method: string
  url: URL
  headers: Headers
  text: string
}

/** What is sent back, before it becomes a Response. */
export interface Outgoing {
  status: number
  headers: Record<string, string>
  body: unknown
}

/** In every response: a new id means that everything written before is gone. */
export const RUN_HEADER = 'X-Emulator-Run'

const BEARER = /^Bearer +(\S+) *$/i

/** Reads a request and its body; rejects with the reason of its signal if the caller gave up. */
export const readRequest = async (request: Request): Promise<Incoming> => {
  const text = await request.text()
  request.signal.throwIfAborted()
  return { method: request.method.toUpperCase(), url: new URL(request.url), headers: request.headers, text }
}

/** The bearer token; `''` if there is none. */
export const bearerToken = (headers: Headers): string => BEARER.exec(headers.get('authorization') ?? '')?.[1] ?? ''

/** DEV: send `Accept: application/json`; any value that rules it out is a 406. */
export const acceptsJson = (headers: Headers): boolean => {
  const accept = headers.get('accept')
  return accept === null || /\*\/\*|application\/(\*|json)/.test(accept)
}

const isForm = (headers: Headers) =>
  headers.get('content-type')?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false

type ParsedBody = { ok: true; body: unknown } | { ok: false; body: string; reason: string }

/** The body as JSON or as the fields of a form. `reason` is the message of the JSON parser. */
export const parseBody = ({ text, headers }: Incoming): ParsedBody => {
  if (text === '') return { ok: true, body: undefined }
  if (isForm(headers)) return { ok: true, body: Object.fromEntries(new URLSearchParams(text)) }
  try {
    const body: unknown = JSON.parse(text)
    return { ok: true, body }
  } catch (error) {
    return { ok: false, body: text, reason: error instanceof Error ? error.message : 'unexpected token' }
  }
}

/** Text is sent as HTML, undefined as an empty body, anything else as JSON. */
export const toResponse = ({ status, headers, body }: Outgoing, requestId: string, runId: string): Response => {
  const isText = typeof body === 'string'
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8'
  return new Response(body === undefined ? null : isText ? body : JSON.stringify(body), {
    status,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': type }),
      'X-Request-Id': requestId,
      [RUN_HEADER]: runId,
      ...headers
    }
  })
}
