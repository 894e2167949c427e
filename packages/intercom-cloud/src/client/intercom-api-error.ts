import { withoutUndefined } from '@intercom-destinations/shared-mapping'
import { toEnvelope, type Answer } from './answer'

/** What became of a call that did not succeed. `text` is Intercom's own sentence: it may hold personal data. */
export interface ApiErrorDetails {
  /** The operation as Intercom's reference writes it, so that no id stands in it: `PUT /contacts/{id}`. */
  operation: string
  /** Absent when no answer came. */
  status?: number
  /** Whether it came with Intercom's own error envelope. Where not, nothing may be concluded from the status. */
  hasEnvelope?: true
  /** Intercom's, or one of ours below. */
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
export class IntercomApiError extends Error {
  readonly details: ApiErrorDetails

  constructor(details: ApiErrorDetails) {
    super(`${details.operation} failed: ${details.status ?? 'no answer'} ${details.code}`)
    this.name = 'IntercomApiError'
    this.details = details
  }

  /** The status that Intercom itself answered with. A proxy's page has none: it lacks Intercom's error envelope. */
  get status(): number | undefined {
    return this.details.hasEnvelope === true ? this.details.status : undefined
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

/** Intercom's code for two calls that create one company at the same moment. */
export const UNIQUE_COMPANY = 'unique_company_constraint'
/** The same without a code, as a 400 (intercom-node, issue 461). */
const ALREADY_A_COMPANY = /^company already exists\b/i

/** The request itself is too large, now and later, for Intercom or for a proxy on the way. */
const TOO_LARGE_STATUSES: readonly number[] = [413, 414, 431]

/** A status that means the same from Intercom and from a proxy in front of it: come back later. */
function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

/**
 * An answer that is no success. Only Intercom's own error envelope says something about a contact, a token or a value:
 * a redirect, or a proxy's page, is no answer whatever its status is.
 */
export function toApiError(operation: string, answer: Answer): IntercomApiError {
  const { status, headers } = answer
  const envelope = status < 400 ? undefined : toEnvelope(answer)
  if (!envelope) {
    const code = isPassing(status) || TOO_LARGE_STATUSES.includes(status) ? NO_CODE : UNREADABLE
    return new IntercomApiError({ operation, status, code, text: '' })
  }
  const { message = '', field, requestId } = envelope
  const code = envelope.code ?? (ALREADY_A_COMPANY.test(message) ? UNIQUE_COMPANY : NO_CODE)
  const canonicalId = toCanonicalId(headers.get('link'))
  return new IntercomApiError({
    operation,
    status,
    hasEnvelope: true,
    code,
    text: message,
    ...withoutUndefined({ field, requestId, canonicalId })
  })
}

/** A success that has not the shape which the operation promises. */
export function unreadable(operation: string, status?: number): IntercomApiError {
  return new IntercomApiError({ operation, code: UNREADABLE, text: '', ...withoutUndefined({ status }) })
}

/** No answer at all: the request ran out of time, or never got through. */
export function toNoAnswer(operation: string, thrown: unknown): IntercomApiError {
  const { name, code, status } = propertiesOf(thrown)
  const inTime = name !== 'TimeoutError' && code !== 'ETIMEDOUT' && status !== 408
  // What was thrown is not kept: a text about an illegal header holds the header, which is the access token.
  return new IntercomApiError({ operation, code: inTime ? UNREACHABLE : TIMED_OUT, text: '' })
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
  return thrown instanceof IntercomApiError && thrown.status === 404 && thrown.details.code !== 'company_not_found'
}

/** Whether Intercom may have done what was asked although its answer did not arrive, or was no answer. */
export function mayHaveSucceeded(thrown: unknown): boolean {
  if (!(thrown instanceof IntercomApiError)) return false
  const { code, status } = thrown.details
  if ([TIMED_OUT, UNREACHABLE, UNREADABLE].includes(code)) return true
  // "Temporarily unavailable" is said before anything is done.
  return status !== undefined && (status === 408 || status >= 500) && code !== 'service_unavailable'
}
