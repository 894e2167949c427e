export const OK = 200
export const BAD_REQUEST = 400
export const UNAUTHORIZED = 401
export const FORBIDDEN = 403
export const NOT_FOUND = 404
export const REQUEST_TIMEOUT = 408
export const CONFLICT = 409
export const GONE = 410
export const TOO_LARGE = 413
export const UNPROCESSABLE = 422
export const TOO_MANY_REQUESTS = 429
export const SERVER_ERROR = 500
export const UNAVAILABLE = 503

/** The statuses with which Intercom refuses a value of the request. */
export const BAD_INPUT_STATUSES: readonly number[] = [BAD_REQUEST, UNPROCESSABLE]

/** The server failed or ran out of time, so the request may have been carried out nevertheless. */
export function isServerFailure(status: number): boolean {
  return status === REQUEST_TIMEOUT || status >= SERVER_ERROR
}

/** The request may succeed later, unchanged. Intercom and a proxy in front of it mean the same by these. */
export function isTemporary(status: number): boolean {
  return status === TOO_MANY_REQUESTS || isServerFailure(status)
}
