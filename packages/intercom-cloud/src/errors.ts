import {
  getErrorCodeFromHttpStatus,
  IntegrationError,
  InvalidAuthenticationError,
  PayloadValidationError,
  RetryableError,
  ErrorCodes
} from '@segment/actions-core'
import { MAX_COMPANIES_PER_CONTACT } from '@intercom-destinations/shared-mapping'
import { IntercomApiError, NO_CODE, NOT_A_PATH, TIMED_OUT, UNREACHABLE, UNREADABLE } from './client/intercom-api-error'

/** What a failure means for Segment: a dead connection, an event that will never succeed, or one to try again. */
type Outcome = 'reconnect' | 'refused' | 'retried'

interface Row {
  readonly outcome: Outcome
  readonly says: string
}

const RECONNECT = row(
  'reconnect',
  'Intercom no longer accepts the access token: it was revoked, or the app was uninstalled. Connect the workspace again in the destination’s settings. If they name a region, check that it is the workspace’s own.'
)
const FORBIDDEN = row(
  'refused',
  'The connection lacks a permission for this. Grant the app the scopes to read and write users, companies, events, tags and data attributes in Intercom’s Developer Hub, then connect the workspace again.'
)
const BAD_INPUT = row('refused', 'Intercom refuses a value of this event. Correct it in the mapping or at the source.')
const BAD_REQUEST = row(
  'refused',
  'Intercom does not allow this request. Correct the mapping, or tell the maintainers of this destination.'
)
const TOO_LARGE = row(
  'refused',
  'The request is too large for Intercom, or for a proxy on the way. Send shorter values; an id is part of the web address.'
)
const MISSING = row(
  'refused',
  'Intercom does not have what this event refers to. Create it in Intercom, or correct the id in the mapping.'
)
const CONFLICT = row(
  'refused',
  'The details of this contact belong to another contact in Intercom. Merge or correct the two in Intercom.'
)
const CONCURRENT = row('retried', 'Intercom was changing the same object at that moment. The event is sent again.')
const THROTTLED = row('retried', 'Intercom’s rate limit is reached. The event is sent again later.')
const UNAVAILABLE = row('retried', 'Intercom is unavailable for the moment. The event is sent again later.')
const OURS = row('refused', 'Intercom and this destination disagree about the API. Update the destination.')

/**
 * Intercom's error codes (facts A8: the 2.17 error page, the older list, intercom-ruby's map and OpenAPI 2.16), and
 * what each means here. The status speaks first where it is 401, 408, 429 or 5xx.
 */
export const ROWS_BY_CODE: ReadonlyMap<string, Row> = new Map([
  ['unauthorized', RECONNECT],
  ['token_unauthorized', RECONNECT],
  ['token_not_found', RECONNECT],
  ['token_revoked', RECONNECT],
  ['token_blocked', RECONNECT],
  ['token_expired', RECONNECT],
  ['token_suspended', RECONNECT],
  ['missing_authorization', RECONNECT],
  ['forbidden', FORBIDDEN],
  ['action_forbidden', FORBIDDEN],
  [
    'api_plan_restricted',
    row(
      'refused',
      'The plan of this Intercom workspace does not include this. Activate a subscription in Intercom that does.'
    )
  ],
  ['bad_request', BAD_REQUEST],
  ['client_error', BAD_REQUEST],
  ['unsupported', BAD_REQUEST],
  ['parameter_invalid', BAD_INPUT],
  ['parameter_missing', BAD_INPUT],
  ['missing_parameter', BAD_INPUT],
  ['parameter_not_found', BAD_INPUT],
  ['type_mismatch', BAD_INPUT],
  ['data_invalid', BAD_INPUT],
  ['invalid_document', BAD_INPUT],
  ['unprocessable_entity', BAD_INPUT],
  ['invalid_sort_order', OURS],
  ['invalid_merge', BAD_REQUEST],
  ['not_found', MISSING],
  ['admin_not_found', MISSING],
  ['team_not_found', MISSING],
  ['field_not_found', MISSING],
  ['job_not_found', MISSING],
  ['conversation_attribute_not_found', MISSING],
  ['conflict', CONFLICT],
  ['resource_conflict', CONCURRENT],
  ['unique_user_constraint', CONCURRENT],
  ['unique_company_constraint', CONCURRENT],
  // Companies are stored before anything else is done with them, so one that is missing then is on its way.
  ['company_not_found', CONCURRENT],
  [
    'not_restorable',
    row(
      'refused',
      'This contact is blocked in Intercom and cannot be written to. Unblock the contact in Intercom first.'
    )
  ],
  [
    'contact_merged',
    row('refused', 'This contact was merged into another one. Put the id of the remaining contact into the mapping.')
  ],
  [
    'contact_company_limit_exceeded',
    row(
      'refused',
      `The contact is in ${MAX_COMPANIES_PER_CONTACT.value} companies, which is all Intercom allows. Detach some of them in Intercom.`
    )
  ],
  [
    'custom_data_limit_reached',
    row('refused', 'The workspace has as many custom attributes as Intercom allows. Archive some in Intercom.')
  ],
  ['rate_limit_exceeded', THROTTLED],
  ['too_many_requests', THROTTLED],
  ['retry_after', THROTTLED],
  ['request_timeout', UNAVAILABLE],
  ['server_error', UNAVAILABLE],
  ['service_unavailable', UNAVAILABLE],
  ['team_unavailable', UNAVAILABLE],
  ['server_timeout', UNAVAILABLE],
  ['intercom_version_invalid', OURS],
  ['media_type_not_acceptable', OURS],
  ['scroll_exists', BAD_REQUEST],
  ['tag_has_dependent_objects', BAD_REQUEST],
  ['job_closed', BAD_REQUEST],
  [TIMED_OUT, row('retried', 'Intercom did not answer in time. The event is sent again later.')],
  [UNREACHABLE, row('retried', 'Intercom could not be reached. The event is sent again later.')],
  [
    UNREADABLE,
    row(
      'retried',
      'What came back cannot be read as an answer of Intercom’s: a proxy or a login page may have answered in its place. The event is sent again later.'
    )
  ],
  [
    NOT_A_PATH,
    row('refused', 'An id in this event is empty or not usable in a web address. Correct it in the mapping.')
  ]
])

/** For codes that are not in the list, and for answers of Intercom's without one. */
export const ROWS_BY_STATUS: ReadonlyMap<number, Row> = new Map([
  [400, BAD_INPUT],
  [401, RECONNECT],
  [403, FORBIDDEN],
  [404, MISSING],
  [405, OURS],
  [406, OURS],
  [408, UNAVAILABLE],
  [409, CONFLICT],
  [410, MISSING],
  [413, TOO_LARGE],
  [414, TOO_LARGE],
  [422, BAD_INPUT],
  [429, THROTTLED],
  [431, TOO_LARGE],
  [500, UNAVAILABLE],
  [502, UNAVAILABLE],
  [503, UNAVAILABLE],
  [504, UNAVAILABLE]
])

const MILLISECONDS_PER_SECOND = 1000

/** The rate limit is reached; who sends the event again should wait so long. */
export class RateLimitError extends RetryableError {
  constructor(
    message: string,
    readonly retryAfterMs: number
  ) {
    super(`${message} Wait ${Math.ceil(retryAfterMs / MILLISECONDS_PER_SECOND)} s.`, 429)
    // The name by which Segment's logs know what is tried again.
    Object.defineProperty(this, 'name', { value: 'RetryableError' })
  }
}

/** What we refuse or put off ourselves. */
const REFUSALS = {
  'user-without-identity':
    'The event has neither a user id nor an e-mail address, and Intercom knows its users by one of them. Map External ID or Email Address.',
  'lead-without-email': 'A lead needs an e-mail address, because Intercom gives leads ids of its own. Map one.',
  'no-company-id': 'A company needs an id. Map Company ID.',
  'event-without-name': 'An event needs a name. Map Event Name.',
  'event-without-time': 'An event needs a time that can be read: ISO 8601 or Unix seconds. Map Event Time.',
  'event-without-person':
    'The event has neither a user id nor an e-mail address nor Intercom’s contact ID, so it belongs to nobody. Map one of them.',
  'several-users':
    'Several users in Intercom have this e-mail address. Send the external ID as well, or merge them in Intercom.',
  'email-of-another-user':
    'The e-mail address belongs to a user with another external ID in Intercom. Correct one of the two, or archive the old user in Intercom.',
  'contact-deleted':
    'This contact was deleted in Intercom for good and cannot be restored. Intercom keeps its external ID locked for about a week; afterwards a new contact can be created.',
  'contact-unknown':
    'Intercom does not know the person of this event. Identify people before their events, or let the mapping create unknown contacts.',
  'unresolved-conflict':
    'Intercom keeps naming other contacts with the same details. Merge or correct them in Intercom.'
} as const

/** A clear no that is not tried again. */
export function permanentError(reason: keyof typeof REFUSALS): Error {
  return new PayloadValidationError(REFUSALS[reason])
}

/** The mapping asks for a refusal where the workspace lacks an attribute. The name is a key, not a person's value. */
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
      503
    )
    // The name by which Segment's logs know what is tried again.
    Object.defineProperty(this, 'name', { value: 'RetryableError' })
  }
}

/** A person who may still be on the way: their identify can arrive after the event or the group call. */
export function contactNotFoundYet(): Error {
  return new ContactNotFoundYetError()
}

/** An earlier event of the person has failed for now: this one keeps its place behind it. */
export function earlierEventPending(): Error {
  return new RetryableError('An earlier event of this person has to be sent again first.', 503)
}

/** Intercom says that another contact has these details, and what it says does not show which. */
export function conflictUnreadable(): Error {
  return new RetryableError(
    'Another contact in Intercom has these details, and the answer does not say which. The event is young, so it is sent again.',
    503
  )
}

/** Intercom's answer to the creation was lost, and its search does not know the newest contacts. */
export function leadCreationUncertain(): Error {
  return new RetryableError(
    'Intercom may have created this lead a moment ago: its answer was lost. The event is sent again when the search can tell, so that there are not two.',
    503
  )
}

/** What becomes of a 401: Intercom's tokens neither expire nor refresh (facts A2), so only a person can help. */
export function reconnectError(): Error {
  return new InvalidAuthenticationError(
    `${RECONNECT.says} Intercom’s tokens do not expire and cannot be refreshed.`,
    ErrorCodes.OAUTH_REFRESH_FAILED
  )
}

/** The failure in Segment's words; anything else unchanged, because it is one of the above or a mistake of ours. */
export function toSegmentError(thrown: unknown): unknown {
  if (!(thrown instanceof IntercomApiError)) return thrown
  const { outcome, says } = rowOf(thrown)
  // The status of an answer that is none must not be taken for Intercom's.
  const status = thrown.details.code === UNREADABLE ? 503 : (thrown.details.status ?? 503)
  const message = `${says} (${detailsOf(thrown)})`
  switch (outcome) {
    case 'reconnect':
      return new InvalidAuthenticationError(message)
    case 'retried': {
      const { retryAfterMs } = thrown.details
      return retryAfterMs === undefined
        ? new RetryableError(message, toRetryableStatus(status))
        : new RateLimitError(message, retryAfterMs)
    }
    case 'refused':
      return new IntegrationError(message, getErrorCodeFromHttpStatus(toRefusedStatus(status)), toRefusedStatus(status))
  }
}

/** Runs a call and says its failure in Segment's words. */
export async function withSegmentErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (thrown) {
    throw toSegmentError(thrown)
  }
}

/** Whether it is a no that stays a no: neither a passing failure, nor a dead connection, nor a mistake of ours. */
export function isPermanent(thrown: unknown): boolean {
  const error = toSegmentError(thrown)
  if (error instanceof InvalidAuthenticationError || error instanceof RetryableError) return false
  return error instanceof IntegrationError || error instanceof PayloadValidationError
}

/** One event's verdict inside a batch. */
export interface MultiStatusError {
  status: number
  errortype: keyof typeof ErrorCodes
  errormessage: string
  body?: { retryAfterMs: number } | { waitsForContact: true } | { waitsForEarlierEvent: true }
}

/** The same error as one line of a batch's answer. */
export function toMultiStatusError(thrown: unknown): MultiStatusError {
  const error = toSegmentError(thrown)
  if (error instanceof InvalidAuthenticationError) return verdict(error.status, 'INVALID_AUTHENTICATION', error)
  if (error instanceof RateLimitError)
    return { ...verdict(error.status, 'RETRYABLE_ERROR', error), body: { retryAfterMs: error.retryAfterMs } }
  if (error instanceof ContactNotFoundYetError)
    return { ...verdict(error.status, 'RETRYABLE_ERROR', error), body: { waitsForContact: true } }
  if (error instanceof RetryableError) return verdict(error.status, 'RETRYABLE_ERROR', error)
  if (error instanceof PayloadValidationError) return verdict(400, 'PAYLOAD_VALIDATION_FAILED', error)
  if (error instanceof IntegrationError) {
    const status = error.status ?? 400
    return verdict(status, getErrorCodeFromHttpStatus(status), error)
  }
  // A mistake of ours: its text was not written for customers and might hold anything.
  return {
    status: 500,
    errortype: 'UNKNOWN_ERROR',
    errormessage: 'The destination itself failed on this event. Tell its maintainers when it happens again.'
  }
}

/** Words for the connect screen, behind Segment's `Credentials are invalid: `. */
export function credentialsError(thrown: unknown): unknown {
  if (!(thrown instanceof IntercomApiError)) return thrown
  const { code, status } = thrown.details
  const { outcome } = rowOf(thrown)
  if (outcome === 'reconnect') return new InvalidAuthenticationError(toTokenWords(code))
  if (code === UNREADABLE) {
    return new RetryableError(
      `they could not be checked, because something other than Intercom answered (${status ?? 'no status'}): a proxy or a login page, perhaps. Nothing is known to be wrong with them; look at the network on the way, and try again.`
    )
  }
  if (outcome === 'retried') {
    return new RetryableError(
      `they could not be checked, because Intercom is unavailable at the moment (${status ?? 'no answer'}). Nothing is known to be wrong with them; try again in a few minutes.`
    )
  }
  const refused = toRefusedStatus(status ?? 400)
  return new IntegrationError(toPermissionWords(code, status), getErrorCodeFromHttpStatus(refused), refused)
}

/** The workspace answers, but from elsewhere than the setting says. */
export function otherRegionError(chosen: string, actual: string): Error {
  return new IntegrationError(
    `the workspace is hosted in ${actual}, but the Region setting says ${chosen}. Choose ${actual} or Automatic.`,
    'BAD_REQUEST',
    400
  )
}

/** The code of the authorization could not be exchanged for a token. */
export function exchangeError(thrown: unknown): unknown {
  if (!(thrown instanceof IntercomApiError) || rowOf(thrown).outcome !== 'reconnect') return toSegmentError(thrown)
  return new InvalidAuthenticationError(
    'Intercom does not accept the authorization code, the client ID or the client secret. A code works once and may end in “=”, which belongs to it. Start the connection again.'
  )
}

function toTokenWords(code: string): string {
  switch (code) {
    case 'token_revoked':
      return 'the access token was revoked in Intercom. Connect the workspace again.'
    case 'token_blocked':
    case 'token_suspended':
      return 'Intercom has blocked the access token. Ask Intercom’s support why, then connect the workspace again.'
    case 'missing_authorization':
      return 'no access token was sent. Connect the workspace first.'
    default:
      return 'Intercom does not accept the access token: it was revoked, or the app was uninstalled. Connect the workspace again; if a region is set, check that it is the workspace’s own.'
  }
}

function toPermissionWords(code: string, status: number | undefined): string {
  if (code === 'api_plan_restricted')
    return 'the token is accepted, but the workspace’s plan does not include the API. Activate a subscription in Intercom.'
  if (status === 403)
    return 'the token is accepted, but a scope is missing. Grant the app the scopes that the README lists in Intercom’s Developer Hub, then connect the workspace again.'
  return `Intercom refused to say whose they are (${status ?? 'no answer'} ${code}). Update the destination, or connect the workspace again.`
}

function rowOf({ details: { status, code } }: IntercomApiError): Row {
  const byCode = ROWS_BY_CODE.get(code)
  const byStatus = status === undefined ? undefined : ROWS_BY_STATUS.get(status)
  if (code === UNREADABLE) return byCode ?? UNAVAILABLE
  if (status === 408 || status === 429) return byStatus ?? UNAVAILABLE
  if (status !== undefined && status >= 500) return UNAVAILABLE
  return byCode ?? byStatus ?? BAD_REQUEST
}

/** For Intercom's support and for ours: no value of the event, and none of Intercom's sentences, which may quote one. */
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
  return RETRYABLE_STATUSES.find((known) => known === status) ?? 500
}

/** A refusal must look neither like something that Segment tries again nor, by a 401, like a dead connection. */
function toRefusedStatus(status: number): number {
  return status >= 400 && status < 500 && status !== 401 ? status : 400
}

function verdict(status: number, errortype: MultiStatusError['errortype'], { message }: Error): MultiStatusError {
  return { status, errortype, errormessage: message }
}

function row(outcome: Outcome, says: string): Row {
  return { outcome, says }
}
