import { toRecord, toText } from '@intercom-destinations/shared-mapping'

/** What came back over the wire, before anything of it is believed. */
export interface Answer {
  readonly status: number
  /** Whether the HTTP client followed a redirect on the way, although it was told not to. */
  readonly redirected?: boolean
  /** The body as text. */
  readonly content?: unknown
  /** The body as the HTTP client parsed it: by its content type, which proxies change. */
  readonly data: unknown
  readonly headers: { get(name: string): string | null }
}

export type Body = { kind: 'blank' } | { kind: 'json'; value: unknown } | { kind: 'unreadable' }

/**
 * The body decides, not the content type: Rails answers `head :accepted` as `text/html` with nothing in it, and a login
 * page of a proxy may call itself JSON.
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

/** The first error of Intercom's error envelope, or the one that names a conflicting contact. */
export interface Envelope {
  /** Absent where Intercom gives none. */
  code: string | undefined
  message: string | undefined
  field: string | undefined
  requestId: string | undefined
}

/** The statuses by which Intercom refuses a value, and from which nothing else is concluded. */
const BAD_INPUT_STATUSES: readonly number[] = [400, 422]

/**
 * Intercom's error envelope (OpenAPI 2.16, schema `error`): `{ type: 'error.list', errors: [{ code, message, field }] }`.
 * `undefined` where the answer has none: then it was a proxy, a gateway or a login page that spoke.
 */
export function toEnvelope(answer: Pick<Answer, 'status' | 'content' | 'data'>): Envelope | undefined {
  const body = toBody(answer)
  const envelope = body.kind === 'json' ? toRecord(body.value) : undefined
  if (!envelope) return undefined
  const list: unknown[] = Array.isArray(envelope.errors) ? envelope.errors : []
  const errors = list.flatMap((item): Record<string, unknown>[] => [toRecord(item) ?? {}])
  // A list may hold several errors; the one that names a conflicting contact is the one to act on.
  const error = errors.find(({ code }) => code === 'conflict') ?? errors[0]
  if (!error) return undefined
  const code = toText(error.code)
  const message = toText(error.message)
  // Other APIs have lists of errors too. Without a code it is Intercom's only where it says so or refuses a value.
  const isIntercoms =
    code !== undefined ||
    envelope.type === 'error.list' ||
    (message !== undefined && BAD_INPUT_STATUSES.includes(answer.status))
  if (!isIntercoms) return undefined
  return { code, message, field: toText(error.field), requestId: toText(envelope.request_id) }
}

/** Whether a body is what Intercom answers where it has nothing to tell: nothing, or an object that is no error. */
export function isTaken(body: Body): boolean {
  if (body.kind !== 'json') return body.kind === 'blank'
  const record = toRecord(body.value)
  return record !== undefined && record.type !== 'error.list' && !Array.isArray(record.errors)
}

/** The HTTP client waits for the head of an answer only; of one whose body never ends it would wait for ever. */
const WHOLE_ANSWER_MS = 15_000

/** The answer with its whole body, or a time-out. */
export async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DOMException('The answer did not end in time', 'TimeoutError'))
    }, WHOLE_ANSWER_MS)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
