import type { ModifiedResponse, RequestClient, RequestOptions } from '@segment/actions-core'

/** A response did not come, or did not end, in time. */
class RequestTimeoutError extends Error {
  readonly code = 'ETIMEDOUT'
}

/** How many milliseconds a request may take for which no time-out is set. */
const DEFAULT_TIMEOUT_MS = 4000

/**
 * The request client of the actions, on the runtime's `fetch`. It has what the destination needs: a body as JSON, the
 * answer as text, a time-out that includes the answer's body, and no error for a status.
 */
export function createRequestClient(defaults: RequestOptions): RequestClient {
  // The destination checks every answer itself, so the type of `data` is a promise to the compiler alone.
  async function request<T>(url: string, options?: RequestOptions): Promise<ModifiedResponse<T>>
  async function request(url: string, options: RequestOptions = {}): Promise<object> {
    const { method = 'GET', json, redirect = 'follow', timeout } = { ...defaults, ...options }
    const headers = { ...defaults.headers, ...options.headers }
    return withinTime(typeof timeout === 'number' ? timeout : DEFAULT_TIMEOUT_MS, async (signal) => {
      const response = await fetch(url, {
        method: method.toUpperCase(),
        redirect,
        headers: json === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(signal === undefined ? {} : { signal })
      })
      const content = await response.text()
      const { status, ok, redirected } = response
      return { status, ok, redirected, headers: response.headers, content, data: undefined }
    })
  }
  return request
}

/** Aborts the call after its time where the runtime can abort; leaves it to itself where it cannot. */
async function withinTime<T>(milliseconds: number, call: (signal: AbortSignal | undefined) => Promise<T>): Promise<T> {
  // A stand-in for a missing AbortController is no use here: node-fetch takes genuine signals only.
  const controller = typeof globalThis.AbortController === 'function' ? new globalThis.AbortController() : undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new RequestTimeoutError(`No answer came within ${Math.ceil(milliseconds)} ms.`))
      controller?.abort()
    }, milliseconds)
  })
  try {
    return await Promise.race([call(controller?.signal), timeout])
  } finally {
    clearTimeout(timer)
  }
}
