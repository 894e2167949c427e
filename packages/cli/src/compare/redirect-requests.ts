import { isObject } from './is-object'

type Fields = Readonly<Record<string, unknown>>

/** The definition with a request client that calls the emulator at `address` in the place of every host. */
export function redirectRequests(definition: Fields, address: string): Fields {
  const actions = isObject(definition.actions) ? Object.entries(definition.actions) : []
  return {
    ...definition,
    actions: Object.fromEntries(
      actions.map(([slug, action]) => [slug, isObject(action) ? redirectAction(action, address) : action])
    )
  }
}

function redirectAction(action: Fields, address: string): Fields {
  const { perform, performBatch } = action
  return {
    ...action,
    perform: redirect(perform, action, address),
    ...(performBatch === undefined ? {} : { performBatch: redirect(performBatch, action, address) })
  }
}

/** The request client is the first argument of an action's functions. */
function redirect(run: unknown, action: Fields, address: string): unknown {
  if (typeof run !== 'function') return run
  return (request: unknown, ...data: unknown[]): unknown => {
    const redirected = (url: unknown, ...options: unknown[]): unknown =>
      typeof request === 'function'
        ? Reflect.apply(request, undefined, [toEmulatorUrl(url, address), ...options])
        : undefined
    return Reflect.apply(run, action, [redirected, ...data])
  }
}

/** The same path and query at the emulator. What is no URL stays as it is, and the request client refuses it. */
function toEmulatorUrl(url: unknown, address: string): unknown {
  const text = url instanceof URL ? url.href : url
  if (typeof text !== 'string' || !URL.canParse(text)) return url
  const { pathname, search } = new URL(text)
  return new URL(pathname + search, address).href
}
