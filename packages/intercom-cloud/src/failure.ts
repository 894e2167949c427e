import { toRecord, toText } from '@intercom-destinations/shared-mapping'

/** What became of a call that did not succeed. `text` is Intercom's own sentence: it may hold personal data. */
export interface FailureFacts {
  /** The operation as Intercom's reference writes it, so that no id stands in it: `PUT /contacts/{id}`. */
  operation: string
  /** Absent when no answer came. */
  status?: number
  code: string
  text: string
  /** The parameter that Intercom names, where it does. */
  field?: string
  requestId?: string
  /** The contact that a merged one became part of. */
  canonicalId?: string
  /** How long Intercom wants to be left alone. */
  retryAfterMs?: number
}

/** A call to Intercom that failed. It never leaves the package: `errors.ts` says it in Segment's words. */
export class IntercomFailure extends Error {
  readonly facts: FailureFacts

  constructor(facts: FailureFacts) {
    super(`${facts.operation} failed: ${facts.status ?? 'no answer'} ${facts.code}`)
    this.name = 'IntercomFailure'
    this.facts = facts
  }

  /** Whether Intercom answered with this status. */
  has(status: number): boolean {
    return this.facts.status === status
  }
}

/** Codes of ours for what Intercom has no code for. */
export const NO_CODE = 'no_code'
export const TIMED_OUT = 'timed_out'
export const UNREACHABLE = 'unreachable'
export const UNREADABLE = 'unreadable_answer'
export const NOT_A_PATH = 'not_a_path'
/** Nothing was sent, because Intercom was bound to refuse it. */
export const RATE_LIMIT_AHEAD = 'rate_limit_ahead'

interface Answer {
  readonly status: number
  readonly data: unknown
  readonly headers: { get(name: string): string | null }
}

/** Reads Intercom's error envelope; a proxy's HTML page has a status and nothing else. */
export function toFailure(operation: string, { status, data, headers }: Answer): IntercomFailure {
  const envelope = toRecord(data) ?? {}
  const errors: unknown[] = Array.isArray(envelope.errors) ? envelope.errors : []
  const records = errors.flatMap((item): Record<string, unknown>[] => [toRecord(item) ?? {}])
  // A list may hold several errors; the one that names a conflicting contact is the one to act on.
  const error = records.find(({ code }) => code === 'conflict') ?? records[0]
  const canonicalId = toCanonicalId(headers.get('link'))
  const field = toText(error?.field)
  const requestId = toText(envelope.request_id)
  return new IntercomFailure({
    operation,
    status,
    code: toText(error?.code) ?? NO_CODE,
    text: toText(error?.message) ?? '',
    ...(field === undefined ? {} : { field }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(canonicalId === undefined ? {} : { canonicalId })
  })
}

/** No answer at all: the request ran out of time, or never got through. */
export function toNoAnswer(operation: string, thrown: unknown): IntercomFailure {
  const { name, code, status } = propertiesOf(thrown)
  const inTime = name !== 'TimeoutError' && code !== 'ETIMEDOUT' && status !== 408
  // What was thrown is not kept: a text about an illegal header holds the header, which is the access token.
  return new IntercomFailure({ operation, code: inTime ? UNREACHABLE : TIMED_OUT, text: '' })
}

function propertiesOf(thrown: unknown): { name?: unknown; code?: unknown; status?: unknown } {
  return typeof thrown === 'object' && thrown !== null ? thrown : {}
}

/** `Link: </contacts/63a0…>; rel="canonical"` (OpenAPI 2.16, 410 contact_merged). */
function toCanonicalId(link: string | null): string | undefined {
  return /<[^>]*\/contacts\/([^/>?#]+)>\s*;\s*rel="?canonical"?/i.exec(link ?? '')?.[1]
}

/** A contact that is not there, or no longer; Intercom names a company that is missing by a code of its own. */
export function isPersonMissing(thrown: unknown): boolean {
  return thrown instanceof IntercomFailure && thrown.has(404) && thrown.facts.code !== 'company_not_found'
}
