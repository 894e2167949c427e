/** A call of `window.Intercom`, as the corner shows it. */
export interface SeenCall {
  /** Counts up from 1, also when old calls are dropped. */
  readonly number: number
  readonly name: string
  readonly body: string
  readonly isRefused: boolean
}

export interface MessengerWatch {
  /** Newest last. */
  readonly calls: readonly SeenCall[]
  /** Shows or hides the Messenger as its visitor does, without a call of the page. */
  readonly press: (command: 'show' | 'hide') => void
}

interface Options {
  /** Whether the workspace requires a proof. */
  readonly isSecured: () => boolean
  readonly onCall: () => void
}

type Intercom = (...call: unknown[]) => unknown

const MOST_CALLS = 200

/**
 * Wraps `window.Intercom` and records every call to the Messenger, with those that waited for its script. In a secured
 * workspace it holds back the calls that Intercom would refuse. Call it before the Messenger is used.
 */
export function watchMessenger(page: object, { isSecured, onCall }: Options): MessengerWatch {
  const calls: SeenCall[] = []
  let count = 0
  let real: Intercom | undefined
  let current: unknown = Reflect.get(page, 'Intercom')

  const pass: Intercom = (...call) => {
    const isRefused = isSecured() && lacksProof(call)
    const answer = isRefused || !real ? undefined : real(...call)
    calls.push({ number: (count += 1), name: String(call[0]), body: call.slice(1).map(toText).join(', '), isRefused })
    if (calls.length > MOST_CALLS) calls.shift()
    onCall()
    return answer
  }

  Object.defineProperty(page, 'Intercom', {
    configurable: true,
    get: () => current,
    set: (next: unknown) => {
      const waiting = toQueue(current)
      if (!isFunction(next) || toQueue(next)) current = next
      else if (next !== pass) {
        // Calls in the stub's queue would bypass the watch if the script took them from there.
        const early = waiting?.splice(0) ?? []
        real = next
        current = pass
        for (const call of early) if (isArrayLike(call)) pass(...Array.from(call))
      }
    }
  })

  return { calls, press: (command) => void real?.(command) }
}

/** Intercom requires a proof for the user id, or for the e-mail address if there is no user id. */
function lacksProof([command, body]: readonly unknown[]): boolean {
  if (command !== 'boot' && command !== 'update') return false
  if (typeof body !== 'object' || body === null) return false
  const isSaid = (key: string) => Reflect.get(body, key) !== undefined
  return (isSaid('user_id') || isSaid('email')) && !isSaid('user_hash') && !isSaid('intercom_user_jwt')
}

const isFunction = (value: unknown): value is Intercom => typeof value === 'function'

const isArrayLike = (value: unknown): value is ArrayLike<unknown> =>
  typeof value === 'object' && value !== null && 'length' in value

/** The queue of Intercom's snippet until the script has loaded. */
function toQueue(value: unknown): unknown[] | undefined {
  return isFunction(value) && 'q' in value && Array.isArray(value.q) ? value.q : undefined
}

function toText(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  try {
    return JSON.stringify(value, null, 2) || String(value)
  } catch {
    return 'something that is no JSON'
  }
}
