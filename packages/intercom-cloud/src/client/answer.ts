import { toRecord, toText } from '@intercom-destinations/shared-mapping'
import { BAD_INPUT_STATUSES } from './http-status'

/** An HTTP response whose content is not checked yet. */
export interface Answer {
  readonly status: number
  /** The HTTP client followed a redirect although the request forbids it. */
  readonly redirected?: boolean
  /** The body as text. */
  readonly content?: unknown
  /** The body as the HTTP client parsed it, by the content type, which proxies change. */
  readonly data: unknown
  readonly headers: { get(name: string): string | null }
}

export type Body = { kind: 'blank' } | { kind: 'json'; value: unknown } | { kind: 'unreadable' }

/**
 * Parses the body regardless of its content type: Rails sends the empty `head :accepted` as `text/html`, and the login
 * page of a proxy may be sent as JSON.
 */
export function toBody({ content, data }: Pick<Answer, 'content' | 'data'>): Body {
  if (typeof data === 'object' && data !== null) return { kind: 'json', value: data }
  const text = typeof content === 'string' ? content : typeof data === 'string' ? data : ''
  if (text.trim() === '') return { kind: 'blank' }
  try {
    const value: unknown = JSON.parse(text)
    return { kind: 'json', value }
  } catch {
    return { kind: 'unreadable' }
  }
}

/** One error of Intercom's error list: the one that names a conflicting contact, else the first. */
export interface Envelope {
  /** Intercom does not always send one. */
  code: string | undefined
  message: string | undefined
  field: string | undefined
  requestId: string | undefined
}

/**
 * Intercom's error envelope (OpenAPI 2.16, schema `error`): `{ type: 'error.list', errors: [{ code, message, field }] }`.
 * `undefined` if the response has none: it came from a proxy, a gateway or a login page.
 */
export function toEnvelope(answer: Pick<Answer, 'status' | 'content' | 'data'>): Envelope | undefined {
  const body = toBody(answer)
  const envelope = body.kind === 'json' ? toRecord(body.value) : undefined
  if (!envelope) return undefined
  const list: unknown[] = Array.isArray(envelope.errors) ? envelope.errors : []
  const errors = list.flatMap((item): Record<string, unknown>[] => [toRecord(item) ?? {}])
  // Of several errors, the one that names a conflicting contact is the one to act on.
  const error = errors.find(({ code }) => code === 'conflict') ?? errors[0]
  if (!error) return undefined
  const code = toText(error.code)
  const message = toText(error.message)
  // Other APIs send error lists, too. Without a code it is Intercom's only by its type, or if it refuses a value.
  const isFromIntercom =
    code !== undefined ||
    envelope.type === 'error.list' ||
    (message !== undefined && BAD_INPUT_STATUSES.includes(answer.status))
  if (!isFromIntercom) return undefined
  return { code, message, field: toText(error.field), requestId: toText(envelope.request_id) }
}

/** Whether the body is a success without content: empty, or an object that is not an error. */
export function isEmptySuccess(body: Body): boolean {
  if (body.kind !== 'json') return body.kind === 'blank'
  const record = toRecord(body.value)
  return record !== undefined && record.type !== 'error.list' && !Array.isArray(record.errors)
}

/** The HTTP client's own time-out ends with the headers, so a body that never ends would be awaited for ever. */
const RESPONSE_TIMEOUT_MS = 15_000

/** The response with its whole body; rejects with a `TimeoutError` after 15 seconds. */
export async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DOMException('The answer did not end in time', 'TimeoutError'))
    }, RESPONSE_TIMEOUT_MS)
  })
  try {
    return await Promise.race([answer, timeout])
  } finally {
    clearTimeout(timer)
  }
}
