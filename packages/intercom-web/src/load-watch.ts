import { complain, type LoadFailure } from './load-failure'
import { DEFAULT_LOAD_TIMEOUT_MS } from './setting-defaults'

export const WIDGET_URL = 'https://widget.intercom.io/widget/'

/** The hosts of Intercom's scripts: the widget loads the Messenger from the second one. */
const SCRIPT_HOSTS = /^https:\/\/(widget\.intercom\.io|js\.intercomcdn\.com)\b/
/** The hosts that the Messenger then calls. */
const API_HOSTS = /^https:\/\/api-iam\.([a-z]+\.)?intercom\.io\b/
/** A browser fires a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

interface Options {
  appId: string
  timeout: number | undefined
  /** Whether the Messenger is missing after the timeout: the stub is still there, or our calls wait in a queue. */
  isMissing: () => boolean
  /** Loads the script. `failed` is called if that fails, with the reason if it is known. */
  start: (failed: (reason?: LoadFailure['reason']) => void) => void
}

/** Reports once if the script does not load or does not start. Returns a function that ends the watch. */
export function watchLoad({ appId, timeout, isMissing, start }: Options): () => void {
  let isRefused = false
  let isPartlyBlocked = false
  const stop = () => {
    clearTimeout(timer)
    document.removeEventListener('securitypolicyviolation', onViolation)
    window.removeEventListener('error', onError, true)
    isOver = true
  }
  let isOver = false
  const fail = (reason: LoadFailure['reason']) => {
    if (isOver) return
    stop()
    complain(appId, reason)
  }
  const onViolation = ({ blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    if (disposition !== 'enforce') return
    if (SCRIPT_HOSTS.test(blockedURI) || API_HOSTS.test(blockedURI)) isRefused = true
  }
  // The widget's own script element has a listener of its own; this one is for the scripts that the widget loads.
  const onError = ({ target }: Event) => {
    if (target instanceof HTMLScriptElement && SCRIPT_HOSTS.test(target.src)) isPartlyBlocked = true
  }
  document.addEventListener('securitypolicyviolation', onViolation)
  window.addEventListener('error', onError, true)
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
  // The browser reports the violation shortly before or after the error.
  start((reason) => setTimeout(() => fail(reason ?? toReason('blocked'))))
  return stop
}
