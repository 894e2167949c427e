/*
 * Globals of Node that the documentation of the runtime does not list. esbuild puts these in their places.
 */

/** Enough of an `AbortSignal` for our own timers. Calls to Intercom take genuine signals only. */
class Signal {
  aborted = false
  readonly #listeners: (() => void)[] = []

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.push(listener)
  }

  abort(): void {
    if (this.aborted) return
    this.aborted = true
    for (const listener of this.#listeners) listener()
  }
}

class Controller {
  readonly signal = new Signal()

  abort(): void {
    this.signal.abort()
  }
}

const later = (call: () => void) => setTimeout(call, 0)

const ImmediateOrTimeout = typeof globalThis.setImmediate === 'function' ? globalThis.setImmediate : later
const ControllerOrOurs = typeof globalThis.AbortController === 'function' ? globalThis.AbortController : Controller
const ExceptionOrError = typeof globalThis.DOMException === 'function' ? globalThis.DOMException : Error

export { ControllerOrOurs as AbortController, ExceptionOrError as DOMException, ImmediateOrTimeout as setImmediate }
