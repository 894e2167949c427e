/** The HTTP statuses that decide something, by the names of RFC 9110 and RFC 6585. */
export const HTTP_STATUS = {
  ok: 200,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  requestTimeout: 408,
  locked: 423,
  tooManyRequests: 429,
  serverError: 500
} as const

/** 2xx */
export const isSuccess = (status: number): boolean => status >= 200 && status < 300
/** 4xx and 5xx */
export const isError = (status: number): boolean => status >= 400
/** 5xx */
export const isServerError = (status: number): boolean => status >= 500
