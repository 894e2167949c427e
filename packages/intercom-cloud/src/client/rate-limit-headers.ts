/** Intercom splits its limit per minute into windows of ten seconds (developers.intercom.com, rate limiting). */
export const WINDOW_MS = 10_000
const MILLISECONDS_PER_SECOND = 1000

export interface ResponseHeaders {
  get(name: string): string | null
}

/** One window of Intercom's rate limit, from the headers of a response. */
export interface RateLimitWindow {
  /** Calls in each window; `undefined` if the response does not report it. */
  limit: number | undefined
  /** Calls left in this window. */
  remaining: number
  /** End of the window, in milliseconds by Intercom's clock. */
  resetAt: number
}

/** `X-RateLimit-Limit`, `-Remaining` and `-Reset` (Unix seconds); `undefined` if one of the last two is unusable. */
export function toRateLimitWindow(headers: ResponseHeaders): RateLimitWindow | undefined {
  const remaining = toCount(headers, 'x-ratelimit-remaining')
  const reset = toCount(headers, 'x-ratelimit-reset')
  if (remaining === undefined || reset === undefined) return undefined
  return { limit: toCount(headers, 'x-ratelimit-limit'), remaining, resetAt: reset * MILLISECONDS_PER_SECOND }
}

/** Milliseconds to wait after a 429: `Retry-After`, else the rest of the window, else a whole window. */
export function toRetryAfterMs(headers: ResponseHeaders, now: number): number {
  const retryAfter = toCount(headers, 'retry-after')
  if (retryAfter !== undefined) return retryAfter * MILLISECONDS_PER_SECOND
  const reset = toCount(headers, 'x-ratelimit-reset')
  const rest = reset === undefined ? 0 : reset * MILLISECONDS_PER_SECOND - now
  return rest > 0 && rest <= WINDOW_MS ? rest : WINDOW_MS
}

function toCount(headers: ResponseHeaders, name: string): number | undefined {
  const text = headers.get(name) ?? ''
  return /^\d+$/.test(text) ? Number(text) : undefined
}
