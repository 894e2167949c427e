import type { Emulator } from '@intercom-destinations/emulator'
import type { ModifiedResponse, RequestClient, RequestOptions } from '@segment/actions-core'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** The time-out of actions-core. */
const DEFAULT_TIMEOUT_MS = 10_000

/** No answer came in time. It has the code of a connection that times out. */
class TimeoutError extends Error {
  readonly code = 'ETIMEDOUT'
}

/**
 * The request client of the cloud destination for the emulator of this process. With HTTP, both ends of every
 * connection were here, which took a fifth of the time of an event. A real workspace is reached by the client of actions-core.
 */
export function createDirectClient(answer: Emulator['fetch'], defaults: RequestOptions): RequestClient {
  // The destination checks every answer itself, so the type of `data` is a promise to the compiler alone.
  async function request<T>(url: string, options?: RequestOptions): Promise<ModifiedResponse<T>>
  async function request(url: string, options: RequestOptions = {}): Promise<object> {
    const { method = 'GET', json, timeout } = { ...defaults, ...options }
    const headers = { ...defaults.headers, ...options.headers }
    // As with a connection, the page's requests have their turn in between. Intercom's time starts after them.
    await nextTurn()
    return withinTime(typeof timeout === 'number' ? timeout : DEFAULT_TIMEOUT_MS, async (signal) => {
      const response = await answer(url, {
        method: method.toUpperCase(),
        headers: json === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        signal
      })
      const content = await response.text()
      const { status, ok, redirected } = response
      return { status, ok, redirected, headers: response.headers, content, data: toData(content) }
    })
  }
  return request
}

/** The answer as JSON, or as the text that it is. */
function toData(content: string): unknown {
  try {
    const data: unknown = JSON.parse(content)
    return data
  } catch {
    return content
  }
}

/** The signal ends the wait for a slow answer. */
async function withinTime<T>(milliseconds: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeoutError(`No answer came within ${Math.ceil(milliseconds)} ms.`))
      controller.abort()
    }, milliseconds)
  })
  try {
    return await Promise.race([call(controller.signal), timeout])
  } finally {
    clearTimeout(timer)
  }
}
