import { complain, type LoadFailure } from './load-failure'
import { DEFAULT_LOAD_TIMEOUT_MS } from './setting-defaults'

export const WIDGET_URL = 'https://widget.intercom.io/widget/'

/** Where Intercom's scripts come from: its widget loads the Messenger itself from the second. */
const SCRIPT_HOSTS = /^https:\/\/(widget\.intercom\.io|js\.intercomcdn\.com)\b/
/** And where the Messenger then calls. */
const API_HOSTS = /^https:\/\/api-iam\.([a-z]+\.)?intercom\.io\b/
/** A longer timer of a browser ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

interface Options {
  appId: string
  timeout: number | undefined
  /** Whether the time-out finds the Messenger missing: the stub is still there, or our calls wait in a queue. */
  isMissing: () => boolean
  /** Asks for the script; `failed` is told when that fails, with the reason if it is known. */
  start: (failed: (reason?: LoadFailure['reason']) => void) => void
}

/** Says once what became of a script that did not come, or that did not start. Gives what ends the watch. */
export function watchLoad({ appId, timeout, isMissing, start }: Options): () => void {
  let isRefused = false
  let isPartlyBlocked = false
  const stop = () => {
    clearTimeout(timer)
    document.removeEventListener('securitypolicyviolation', noteViolation)
    window.removeEventListener('error', noteError, true)
    isOver = true
  }
  let isOver = false
  const fail = (reason: LoadFailure['reason']) => {
    if (isOver) return
    stop()
    complain(appId, reason)
  }
  const noteViolation = ({ blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    if (disposition !== 'enforce') return
    if (SCRIPT_HOSTS.test(blockedURI) || API_HOSTS.test(blockedURI)) isRefused = true
  }
  // The widget's own script has a listener of its own, which knows at once; this one hears of what it loads.
  const noteError = ({ target }: Event) => {
    if (target instanceof HTMLScriptElement && SCRIPT_HOSTS.test(target.src)) isPartlyBlocked = true
  }
  document.addEventListener('securitypolicyviolation', noteViolation)
  window.addEventListener('error', noteError, true)
  const timer = setTimeout(
    () => {
      if (isPartlyBlocked || isRefused || isMissing()) fail(toReason(isPartlyBlocked ? 'blocked' : 'no-answer'))
      else stop()
    },
    Math.min(typeof timeout === 'number' && timeout >= 0 ? timeout : DEFAULT_LOAD_TIMEOUT_MS, LONGEST_TIMER_MS)
  )
  const toReason = (otherwise: LoadFailure['reason']): LoadFailure['reason'] => {
    if (isRefused) return 'refused-by-policy'
    return navigator.onLine ? otherwise : 'offline'
  }
  // The violation is reported around the time of the error, before or after it.
  start((reason) => setTimeout(() => fail(reason ?? toReason('blocked'))))
  return stop
}
