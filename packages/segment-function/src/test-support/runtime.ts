import crypto from 'node:crypto'
import { readFileSync } from 'node:fs'
import https from 'node:https'
import path from 'node:path'
import vm from 'node:vm'

export const FUNCTION_FILE = path.join(__dirname, '..', '..', 'dist', 'intercom-function.js')

class EventNotSupported extends Error {}
class InvalidEventPayload extends Error {}
class ValidationError extends Error {}
class RetryError extends Error {}

/** What the documentation of the runtime lists beside the language itself. What is not here is absent. */
export const DOCUMENTED_GLOBALS = {
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  crypto,
  https,
  Buffer,
  URL,
  URLSearchParams,
  atob,
  btoa,
  FormData,
  _: {},
  moment: {},
  cache: {},
  EventNotSupported,
  InvalidEventPayload,
  ValidationError,
  RetryError
}

export interface RuntimeOptions {
  fetch: (url: string, options: RequestInit) => Promise<unknown>
  /** Replaces timers and time. */
  globals?: Readonly<Record<string, unknown>>
  now?: () => number
}

export type Runtime = ReturnType<typeof openRuntime>

/** The runtime of Segment's Functions with the built file in it. */
export function openRuntime({ fetch, globals = {}, now = Date.now }: RuntimeOptions) {
  const lines: string[] = []
  const console = { log: (line: string) => lines.push(line) }
  const context = vm.createContext({ ...DOCUMENTED_GLOBALS, fetch, console, ...globals })
  const setNow: unknown = vm.runInContext('(now) => { Date.now = now }', context)
  apply(setNow, [now])
  const parse: unknown = vm.runInContext('JSON.parse', context)
  vm.runInContext(readFileSync(FUNCTION_FILE, 'utf8'), context)
  /** Calls a handler with values of another realm, as a host may. */
  const callForeign = (name: string, value: unknown, settings: unknown): Promise<unknown> =>
    Promise.resolve(apply(Reflect.get(context, name), [value, settings]))
  return {
    /** What the function wrote to its log. */
    lines,
    callForeign,
    /** Calls a handler with values of the function's own realm. */
    call: (name: string, value: unknown, settings: unknown) => {
      const toOwn = (one: unknown) => apply(parse, [JSON.stringify(one)])
      return callForeign(name, toOwn(value), toOwn(settings))
    }
  }
}

function apply(callable: unknown, values: readonly unknown[]): unknown {
  if (typeof callable !== 'function') throw new TypeError('It is no function.')
  return Reflect.apply(callable, undefined, values)
}

/** `RetryError: Intercom is unavailable.`, or the result. */
export const toText = (call: Promise<unknown>): Promise<string> =>
  call.then(
    (result) => String(JSON.stringify(result)),
    (thrown: unknown) => (thrown instanceof Error ? `${thrown.constructor.name}: ${thrown.message}` : String(thrown))
  )
