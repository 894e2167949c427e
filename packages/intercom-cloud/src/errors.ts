import {
  getErrorCodeFromHttpStatus,
  IntegrationError,
  InvalidAuthenticationError,
  PayloadValidationError,
  RetryableError,
  ErrorCodes
} from '@segment/actions-core'
import { RECONNECT, toErrorRow, toPermissionText, toTokenText } from './client/error-table'
import { BAD_REQUEST, SERVER_ERROR, TOO_MANY_REQUESTS, UNAUTHORIZED, UNAVAILABLE } from './client/http-status'
import { IntercomApiError, NO_CODE, UNREADABLE } from './client/intercom-api-error'

/*
 * The only file that names Segment's error classes. It turns every failure into one of them: reconnect, reject or retry.
 */

const MILLISECONDS_PER_SECOND = 1000

/** The rate limit is reached. `retryAfterMs` is how long to wait before the event is sent again. */
export class RateLimitError extends RetryableError {
  constructor(
    message: string,
    readonly retryAfterMs: number
  ) {
    super(`${message} Wait ${Math.ceil(retryAfterMs / MILLISECONDS_PER_SECOND)} s.`, TOO_MANY_REQUESTS)
    // Segment's logs recognise a retry by this name.
    Object.defineProperty(this, 'name', { value: 'RetryableError' })
  }
}

/** Events that are rejected without, or after, Intercom's answer. */
const REJECTIONS = {
  'user-without-identity':
    'The event has neither a user id nor an e-mail address, and Intercom knows its users by one of them. Map External ID or Email Address.',
  'lead-without-email': 'A lead needs an e-mail address, because Intercom gives leads ids of its own. Map one.',
  'no-company-id': 'A company needs an id. Map Company ID.',
  'event-without-name': 'An event needs a name. Map Event Name.',
  'event-without-time': 'An event needs a time that can be read: ISO 8601 or Unix seconds. Map Event Time.',
  'event-without-person':
    'The event has neither a user id nor an e-mail address nor Intercom’s contact ID, so it does not name a person. Map one of them.',
  'several-users':
    'Several users in Intercom have this e-mail address. Send the external ID as well, or merge them in Intercom.',
  'email-of-another-user':
    'The e-mail address belongs to a user with another external ID in Intercom. Correct one of the two, or archive the old user in Intercom.',
  'contact-deleted':
    'This contact was deleted in Intercom for good and cannot be restored. Intercom keeps its external ID locked for about a week; afterwards a new contact can be created.',
  'contact-unknown':
    'Intercom does not know the person of this event. Identify people before their events, or let the mapping create unknown contacts (unknown_contact: create).',
  'unresolved-conflict':
    'Intercom keeps naming other contacts with the same details. Merge or correct them in Intercom.'
} as const

/** The event can never be delivered and is not retried. */
export function permanentError(reason: keyof typeof REJECTIONS): Error {
  return new PayloadValidationError(REJECTIONS[reason])
}

/** The mapping rejects events with unknown attributes. The name is a key of the mapping, not personal data. */
export function unknownAttributeError(name: string): Error {
  return new PayloadValidationError(
    `The workspace has no custom attribute “${name}”, and the mapping refuses unknown attributes. Create it in Intercom, or choose to leave such attributes out.`
  )
}

/** Intercom does not know the contact yet. A host may deliver other events of the person first, such as the identify. */
export class ContactNotFoundYetError extends RetryableError {
  readonly waitsForContact = true

  constructor() {
    super(
      'Intercom does not know this person yet. The event is recent and will be retried until the person is there.',
      UNAVAILABLE
    )
    // Segment's logs recognise a retry by this name.
    Object.defineProperty(this, 'name', { value: 'RetryableError' })
  }
}

/** The identify of a person can arrive after their event or group call. */
export function contactNotFoundYet(): Error {
  return new ContactNotFoundYetError()
}

/** An earlier event of the person is retried first, to keep their order. */
export function earlierEventPending(): Error {
  return new RetryableError('An earlier event of this person has to be sent again first.', UNAVAILABLE)
}

/** Another process that shares the state holds the person or the company. */
export function lockedElsewhere(): Error {
  return new RetryableError(
    'Another process is delivering an event of this person or company. The event is sent again when that one is done.',
    UNAVAILABLE
  )
}

/** Intercom was so slow that the turn of this event ended. */
export function lockLost(): Error {
  return new RetryableError(
    'Intercom took so long that another process may be delivering an event of this person or company by now. The event is sent again.',
    UNAVAILABLE
  )
}

/** Intercom reports a conflict with another contact without naming it. */
export function conflictUnreadable(): Error {
  return new RetryableError(
    'Another contact in Intercom has these details, and the answer does not name it. The event is recent, so it is sent again.',
    UNAVAILABLE
  )
}

/** The response to the creation was lost, and the search index may not contain the lead yet. */
export function leadCreationUncertain(): Error {
  return new RetryableError(
    'Intercom may have created this lead a moment ago: its answer was lost. The event is sent again when the search can tell, so that there are not two.',
    UNAVAILABLE
  )
}

/** A 401: Intercom's tokens neither expire nor refresh (docs/intercom.md, OAuth and tokens), so a person must reconnect. */
export function reconnectError(): Error {
  return new InvalidAuthenticationError(
    `${RECONNECT.text} Intercom’s tokens do not expire and cannot be refreshed.`,
    ErrorCodes.OAUTH_REFRESH_FAILED
  )
}

/** A failed call as one of Segment's errors. Anything else is returned unchanged: one of the above, or a bug. */
export function toSegmentError(thrown: unknown): unknown {
  if (!(thrown instanceof IntercomApiError)) return thrown
  const { outcome, text } = toErrorRow(thrown.details)
  // The status of an unreadable response is a proxy's, not Intercom's.
  const status = thrown.details.code === UNREADABLE ? UNAVAILABLE : (thrown.details.status ?? UNAVAILABLE)
  const message = `${text} (${detailsOf(thrown)})`
  switch (outcome) {
    case 'reconnect':
      return new InvalidAuthenticationError(message)
    case 'retry': {
      const { retryAfterMs } = thrown.details
      return retryAfterMs === undefined
        ? new RetryableError(message, toRetryableStatus(status))
        : new RateLimitError(message, retryAfterMs)
    }
    case 'rejected':
      return new IntegrationError(
        message,
        getErrorCodeFromHttpStatus(toRejectedStatus(status)),
        toRejectedStatus(status)
      )
  }
}

/** Runs a call and turns its failure into one of Segment's errors. */
export async function withSegmentErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (thrown) {
    throw toSegmentError(thrown)
  }
}

/** Whether the event is rejected for good: not retried, no revoked token, and not a bug. */
export function isPermanent(thrown: unknown): boolean {
  const error = toSegmentError(thrown)
  if (error instanceof InvalidAuthenticationError || error instanceof RetryableError) return false
  return error instanceof IntegrationError || error instanceof PayloadValidationError
}

/** The failed result of one event in a batch. */
export interface MultiStatusError {
  status: number
  errortype: keyof typeof ErrorCodes
  errormessage: string
  body?: { retryAfterMs: number } | { waitsForContact: true } | { waitsForEarlierEvent: true }
}

/** The failure of one event as its result in a batch. */
export function toMultiStatusError(thrown: unknown): MultiStatusError {
  const error = toSegmentError(thrown)
  if (error instanceof InvalidAuthenticationError) return verdict(error.status, 'INVALID_AUTHENTICATION', error)
  if (error instanceof RateLimitError)
    return { ...verdict(error.status, 'RETRYABLE_ERROR', error), body: { retryAfterMs: error.retryAfterMs } }
  if (error instanceof ContactNotFoundYetError)
    return { ...verdict(error.status, 'RETRYABLE_ERROR', error), body: { waitsForContact: true } }
  if (error instanceof RetryableError) return verdict(error.status, 'RETRYABLE_ERROR', error)
  if (error instanceof PayloadValidationError) return verdict(BAD_REQUEST, 'PAYLOAD_VALIDATION_FAILED', error)
  if (error instanceof IntegrationError) {
    const status = error.status ?? BAD_REQUEST
    return verdict(status, getErrorCodeFromHttpStatus(status), error)
  }
  // A bug: its message was not written for customers and may contain anything.
  return {
    status: SERVER_ERROR,
    errortype: 'UNKNOWN_ERROR',
    errormessage: 'The destination itself failed on this event. Tell its maintainers when it happens again.'
  }
}

/** The error for the connect screen. Segment prefixes its message with `Credentials are invalid: `. */
export function credentialsError(thrown: unknown): unknown {
  if (!(thrown instanceof IntercomApiError)) return thrown
  const { code, status } = thrown.details
  const { outcome } = toErrorRow(thrown.details)
  if (outcome === 'reconnect') return new InvalidAuthenticationError(toTokenText(code))
  if (code === UNREADABLE) {
    return new RetryableError(
      `they could not be checked, because something other than Intercom answered (${status ?? 'no status'}): a proxy or a login page, perhaps. Nothing is known to be wrong with them; look at the network on the way, and try again.`
    )
  }
  if (outcome === 'retry') {
    return new RetryableError(
      `they could not be checked, because Intercom is unavailable at the moment (${status ?? 'no answer'}). Nothing is known to be wrong with them; try again in a few minutes.`
    )
  }
  const rejected = toRejectedStatus(status ?? BAD_REQUEST)
  return new IntegrationError(toPermissionText(code, status), getErrorCodeFromHttpStatus(rejected), rejected)
}

/** The workspace is hosted in another region than the one in the settings. */
export function otherRegionError(chosen: string, actual: string): Error {
  return new IntegrationError(
    `the workspace is hosted in ${actual}, but the Region setting says ${chosen}. Choose ${actual} or Automatic.`,
    'BAD_REQUEST',
    BAD_REQUEST
  )
}

/** The authorization code could not be exchanged for a token. */
export function exchangeError(thrown: unknown): unknown {
  if (!(thrown instanceof IntercomApiError) || toErrorRow(thrown.details).outcome !== 'reconnect')
    return toSegmentError(thrown)
  return new InvalidAuthenticationError(
    'Intercom does not accept the authorization code, the client ID or the client secret. A code works once and may end in “=”, which belongs to it. Start the connection again.'
  )
}

/** For support. It contains no value of the event, and no message of Intercom's, which may quote one. */
function detailsOf({ details: { operation, status, code, field, requestId } }: IntercomApiError): string {
  return [
    `Intercom: ${[operation, status, code === NO_CODE ? undefined : code].filter((part) => part !== undefined).join(' ')}`,
    ...(field === undefined ? [] : [`field ${field}`]),
    ...(requestId === undefined ? [] : [`request ${requestId}`])
  ].join(', ')
}

type RetryableStatus = NonNullable<ConstructorParameters<typeof RetryableError>[1]>
const RETRYABLE_STATUSES: readonly RetryableStatus[] = [408, 423, 429, 500, 502, 503, 504]

function toRetryableStatus(status: number): RetryableStatus {
  return RETRYABLE_STATUSES.find((known) => known === status) ?? SERVER_ERROR
}

/** A rejection must not have a status that Segment retries, nor a 401, which reports a revoked token. */
function toRejectedStatus(status: number): number {
  return status >= BAD_REQUEST && status < SERVER_ERROR && status !== UNAUTHORIZED ? status : BAD_REQUEST
}

function verdict(status: number, errortype: MultiStatusError['errortype'], { message }: Error): MultiStatusError {
  return { status, errortype, errormessage: message }
}
