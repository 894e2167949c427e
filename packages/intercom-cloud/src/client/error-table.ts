import { MAX_COMPANIES_PER_CONTACT } from '@intercom-destinations/shared-mapping'
import { FORBIDDEN as FORBIDDEN_STATUS, REQUEST_TIMEOUT, SERVER_ERROR, TOO_MANY_REQUESTS } from './http-status'
import { NOT_A_PATH, TIMED_OUT, UNREACHABLE, UNREADABLE, type ApiErrorDetails } from './intercom-api-error'

/** What a failure means for Segment: reconnect the workspace, reject the event for good, or retry it. */
export type Outcome = 'reconnect' | 'rejected' | 'retry'

export interface ErrorRow {
  readonly outcome: Outcome
  readonly text: string
}

export const RECONNECT = row(
  'reconnect',
  'Intercom no longer accepts the access token: it was revoked, or the app was uninstalled. Connect the workspace again in the destination’s settings. If they name a region, check that it is the workspace’s own.'
)
const FORBIDDEN = row(
  'rejected',
  'The connection lacks a permission for this. Grant the app the scopes to read and write users, companies, events, tags and data attributes in Intercom’s Developer Hub, then connect the workspace again.'
)
const BAD_INPUT = row('rejected', 'Intercom refuses a value of this event. Correct it in the mapping or at the source.')
const BAD_REQUEST = row(
  'rejected',
  'Intercom does not allow this request. Correct the mapping, or tell the maintainers of this destination.'
)
const TOO_LARGE = row(
  'rejected',
  'The request is too large for Intercom, or for a proxy on the way. Send shorter values; an id is part of the web address.'
)
const MISSING = row(
  'rejected',
  'Intercom does not have what this event refers to. Create it in Intercom, or correct the id in the mapping.'
)
const CONFLICT = row(
  'rejected',
  'The details of this contact belong to another contact in Intercom. Merge or correct the two in Intercom.'
)
const CONCURRENT = row('retry', 'Intercom was changing the same object at that moment. The event is sent again.')
const THROTTLED = row('retry', 'Intercom’s rate limit is reached. The event is sent again later.')
const UNAVAILABLE = row('retry', 'Intercom is unavailable for the moment. The event is sent again later.')
const OURS = row('rejected', 'Intercom and this destination disagree about the API. Update the destination.')

/**
 * Intercom's error codes (docs/intercom.md, Errors: the error page of 2.17, the older list, intercom-ruby's map and
 * OpenAPI 2.16), and what each means here. The statuses 408, 429 and 5xx take precedence, see `toErrorRow`.
 */
export const ROWS_BY_CODE: ReadonlyMap<string, ErrorRow> = new Map([
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
      'rejected',
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
  // A company is always stored before it is used, so a missing one is not visible yet.
  ['company_not_found', CONCURRENT],
  [
    'not_restorable',
    row(
      'rejected',
      'This contact is blocked in Intercom and cannot be written to. Unblock the contact in Intercom first.'
    )
  ],
  [
    'contact_merged',
    row('rejected', 'This contact was merged into another one. Put the id of the remaining contact into the mapping.')
  ],
  [
    'contact_company_limit_exceeded',
    row(
      'rejected',
      `The contact is in ${MAX_COMPANIES_PER_CONTACT.value} companies, which is all Intercom allows. Detach some of them in Intercom.`
    )
  ],
  [
    'custom_data_limit_reached',
    row('rejected', 'The workspace has as many custom attributes as Intercom allows. Archive some in Intercom.')
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
  [TIMED_OUT, row('retry', 'Intercom did not answer in time. The event is sent again later.')],
  [UNREACHABLE, row('retry', 'Intercom could not be reached. The event is sent again later.')],
  [
    UNREADABLE,
    row(
      'retry',
      'What came back cannot be read as an answer of Intercom’s: a proxy or a login page may have answered in its place. The event is sent again later.'
    )
  ],
  [
    NOT_A_PATH,
    row('rejected', 'An id in this event is empty or not usable in a web address. Correct it in the mapping.')
  ]
])

/** For unknown codes, and for errors without a code. */
export const ROWS_BY_STATUS: ReadonlyMap<number, ErrorRow> = new Map([
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

/** The row of a failure. A temporary status decides before the code; a code decides before any other status. */
export function toErrorRow({ status, code }: Pick<ApiErrorDetails, 'status' | 'code'>): ErrorRow {
  const byCode = ROWS_BY_CODE.get(code)
  const byStatus = status === undefined ? undefined : ROWS_BY_STATUS.get(status)
  if (code === UNREADABLE) return byCode ?? UNAVAILABLE
  if (status === REQUEST_TIMEOUT || status === TOO_MANY_REQUESTS) return byStatus ?? UNAVAILABLE
  if (status !== undefined && status >= SERVER_ERROR) return UNAVAILABLE
  return byCode ?? byStatus ?? BAD_REQUEST
}

/** Why the access token does not work, for the connect screen. */
export function toTokenText(code: string): string {
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

/** Why an accepted token cannot read its workspace, for the connect screen. */
export function toPermissionText(code: string, status: number | undefined): string {
  if (code === 'api_plan_restricted')
    return 'the token is accepted, but the workspace’s plan does not include the API. Activate a subscription in Intercom.'
  if (status === FORBIDDEN_STATUS)
    return 'the token is accepted, but a scope is missing. Grant the app the scopes that the README lists in Intercom’s Developer Hub, then connect the workspace again.'
  return `Intercom refused to identify the workspace (${status ?? 'no answer'} ${code}). Update the destination, or connect the workspace again.`
}

function row(outcome: Outcome, text: string): ErrorRow {
  return { outcome, text }
}
