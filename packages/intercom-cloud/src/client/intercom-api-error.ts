import { withoutUndefined } from '@intercom-destinations/shared-mapping'
import { toEnvelope, type Answer } from './answer'
import { BAD_REQUEST, isServerFailure, isTemporary, NOT_FOUND, REQUEST_TIMEOUT } from './http-status'

/** Why a call failed. `text` is Intercom's own message, which may contain personal data. */
export interface ApiErrorDetails {
  /** As Intercom's reference writes it, so that it contains no id: `PUT /contacts/{id}`. */
  operation: string
  /** Absent if there was no response. */
  status?: number
  /** The response has Intercom's error envelope. Without it, the status allows no conclusions. */
  hasEnvelope?: true
  /** Intercom's code, or one of those below. */
  code: string
  text: string
  /** The parameter that Intercom names. */
  field?: string
  requestId?: string
  /** The id of the contact into which a merged one was merged. */
  canonicalId?: string
  /** How long to wait before the next call. */
  retryAfterMs?: number
}

/** A call to Intercom that failed. It never leaves the package: `errors.ts` turns it into one of Segment's errors. */
export class IntercomApiError extends Error {
  readonly details: ApiErrorDetails

  constructor(details: ApiErrorDetails) {
    super(`${details.operation} failed: ${details.status ?? 'no answer'} ${details.code}`)
    this.name = 'IntercomApiError'
    this.details = details
  }

  /** Intercom's own status. `undefined` for a proxy's page, which lacks Intercom's error envelope. */
  get status(): number | undefined {
    return this.details.hasEnvelope === true ? this.details.status : undefined
  }
}

/** Whether Intercom itself answered with one of these statuses. */
export function hasStatus(thrown: unknown, ...statuses: number[]): thrown is IntercomApiError {
  return thrown instanceof IntercomApiError && thrown.status !== undefined && statuses.includes(thrown.status)
}

/** Codes for failures to which Intercom gives none. */
export const NO_CODE = 'no_code'
export const TIMED_OUT = 'timed_out'
export const UNREACHABLE = 'unreachable'
export const UNREADABLE = 'unreadable_answer'
export const NOT_A_PATH = 'not_a_path'
/** Not sent, because no call is left in the current rate limit window. */
export const RATE_LIMIT_AHEAD = 'rate_limit_ahead'

/** Intercom's code when two calls create the same company at the same moment. */
export const UNIQUE_COMPANY = 'unique_company_constraint'
/** The same without a code, as a 400 (intercom-node, issue 461). */
const ALREADY_A_COMPANY = /^company already exists\b/i

/** The request is too large for Intercom or for a proxy, and stays so. */
const TOO_LARGE_STATUSES: readonly number[] = [413, 414, 431]

/**
 * The error for a response that is not a success. Only Intercom's error envelope allows conclusions about a contact, a
 * token or a value. A redirect or a proxy's page is `UNREADABLE`, regardless of its status.
 */
export function toApiError(operation: string, answer: Answer): IntercomApiError {
  const { status, headers } = answer
  const envelope = status < BAD_REQUEST ? undefined : toEnvelope(answer)
  if (!envelope) {
    const code = isTemporary(status) || TOO_LARGE_STATUSES.includes(status) ? NO_CODE : UNREADABLE
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

/** The error for a success that does not have the documented shape. */
export function unreadable(operation: string, status?: number): IntercomApiError {
  return new IntercomApiError({ operation, code: UNREADABLE, text: '', ...withoutUndefined({ status }) })
}

/** The error for a request without a response: it timed out or could not be sent. */
export function toNoAnswer(operation: string, thrown: unknown): IntercomApiError {
  const { name, code, status } = propertiesOf(thrown)
  const isTimeout = name === 'TimeoutError' || code === 'ETIMEDOUT' || status === REQUEST_TIMEOUT
  // The original message is dropped: a message about an illegal header quotes the access token.
  return new IntercomApiError({ operation, code: isTimeout ? TIMED_OUT : UNREACHABLE, text: '' })
}

function propertiesOf(thrown: unknown): { name?: unknown; code?: unknown; status?: unknown } {
  return typeof thrown === 'object' && thrown !== null ? thrown : {}
}

/** `Link: </contacts/63a0…>; rel="canonical"` (OpenAPI 2.16, 410 contact_merged). */
function toCanonicalId(link: string | null): string | undefined {
  return /<[^>]*\/contacts\/([^/>?#]+)>\s*;\s*rel="?canonical"?/i.exec(link ?? '')?.[1]
}

/** Whether the contact does not exist. A missing company has a code of its own. */
export function isContactMissing(thrown: unknown): boolean {
  return hasStatus(thrown, NOT_FOUND) && thrown.details.code !== 'company_not_found'
}

/** Whether no response arrived, so that Intercom may still carry out the call later. */
export function hasNoAnswer(thrown: unknown): boolean {
  return thrown instanceof IntercomApiError && [TIMED_OUT, UNREACHABLE].includes(thrown.details.code)
}

/** Whether Intercom may have carried out the call although its response did not arrive or is unreadable. */
export function mayHaveSucceeded(thrown: unknown): boolean {
  if (!(thrown instanceof IntercomApiError)) return false
  const { code, status } = thrown.details
  if ([TIMED_OUT, UNREACHABLE, UNREADABLE].includes(code)) return true
  // Intercom answers "temporarily unavailable" before it does anything.
  return status !== undefined && isServerFailure(status) && code !== 'service_unavailable'
}
