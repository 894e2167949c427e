import { toRecord, toText } from '@intercom-destinations/shared-mapping'
import { createCallQueue, type HeldCall, type Stub } from './call-queue'
import { DESTINATION_NAME } from './destination-name'
import type { MessengerCall } from './messenger'
import { DEFAULT_LOAD_TIMEOUT_MS } from './setting-defaults'

/** The name of the event on `window`; its `detail` is a `LoadFailure`. */
export const LOAD_FAILURE_EVENT = 'intercom-destination:load-failure'

export interface LoadFailure {
  appId: string
  /** `other-workspace`: the page has the Messenger of another workspace, which is left alone. */
  reason: 'refused-by-policy' | 'offline' | 'blocked' | 'no-answer' | 'other-workspace'
  message: string
}

const MESSAGES: Record<LoadFailure['reason'], string> = {
  'refused-by-policy':
    'the content security policy of the page refuses its script. Allow widget.intercom.io and js.intercomcdn.com, or set the CSP nonce in the settings of the destination.',
  offline: 'the browser is offline.',
  blocked:
    'its script was refused or not found. Likely causes: a wrong App ID; the wrong region; the content security policy of the page; a domain that the workspace does not allow; an ad blocker.',
  'no-answer':
    'its script did not come in time. Likely causes: a slow or filtered network, an ad blocker, a wrong App ID or region. If it still comes, it is used, and what happened meanwhile is delivered.',
  'other-workspace':
    'the page already has the Messenger of another workspace, which is left alone. Remove one of the two, or correct the App ID.'
}

const WIDGET_URL = 'https://widget.intercom.io/widget/'
/** A longer timer of a browser ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
const WIDGET_ORIGIN = new URL(WIDGET_URL).origin

export interface Widget {
  /** Whether the page itself has booted it, for our workspace. */
  isBooted: boolean
  send: (call: MessengerCall, isPing?: boolean) => void
  /** The user id with which the page itself has booted it. */
  bootedAs: string | undefined
  /** Takes back what we have asked of a Messenger that has not come yet, and gives the events and commands among it. */
  dropQueued: () => HeldCall[]
}

interface Options {
  appId: string
  cspNonce?: string
  loadTimeoutMs?: number
  /** Called with what the full queue has no place for. */
  onDropped: (call: HeldCall) => void
}

/**
 * The Messenger of the page: the one that is there, or one whose script is asked for now. Waits for nothing. Gives
 * nothing where the page's Messenger belongs to another workspace.
 */
export function loadWidget({ appId, cspNonce, loadTimeoutMs, onDropped }: Options): Widget | undefined {
  const settings = toRecord(Reflect.get(window, 'intercomSettings'))
  const found = document.querySelector<HTMLScriptElement>(`script[src^="${WIDGET_URL}"]`)
  const owner = settings?.app_id ?? found?.src.slice(WIDGET_URL.length).split(/[?#]/)[0]
  const present = window.Intercom
  if (owner !== undefined && owner !== appId) {
    complain(appId, 'other-workspace')
    return undefined
  }
  const queue = createCallQueue(onDropped)
  const stub = typeof present === 'function' ? toStub(present) : queue.stub
  if (stub) {
    window.Intercom = stub
    watch(appId, stub, loadTimeoutMs, (failed) => {
      if (found) found.addEventListener('error', failed)
      else whenSnippetHasRun(present !== undefined, () => addScript(appId, cspNonce, failed))
    })
  }
  return {
    bootedAs: settings?.app_id === appId ? toText(settings.user_id) : undefined,
    isBooted: settings?.app_id === appId || toRecord({ ...present })?.booted === true,
    send: (call, isPing) => {
      // Asked for on every call, because Intercom's script puts itself in the place of the stub.
      const intercom = window.Intercom
      if (!intercom) return
      Reflect.apply(intercom, undefined, call)
      if (intercom === stub) queue.note(stub, call, isPing)
    },
    dropQueued: () => (stub ? queue.dropOurs(stub) : [])
  }
}

/** A function with a queue is what Intercom's snippet leaves until the script has come. */
function toStub(intercom: object): Stub | undefined {
  return isStub(intercom) ? intercom : undefined
}

function isStub(intercom: object): intercom is Stub {
  return 'q' in intercom && Array.isArray(intercom.q)
}

/** Intercom's snippet asks for its script when the page has loaded; asking too would start two Messengers. */
function whenSnippetHasRun(hasSnippet: boolean, add: () => void): void {
  if (!hasSnippet || document.readyState === 'complete') return add()
  window.addEventListener('load', () => {
    if (!document.querySelector(`script[src^="${WIDGET_URL}"]`)) add()
  })
}

function addScript(appId: string, nonce: string | undefined, failed: () => void): void {
  try {
    const script = document.createElement('script')
    script.async = true
    script.src = WIDGET_URL + encodeURIComponent(appId)
    if (nonce) script.setAttribute('nonce', nonce)
    script.addEventListener('error', failed)
    document.head.append(script)
  } catch {
    // A policy of trusted types throws here, and so does a page without a head.
    failed()
  }
}

/** Says once what became of a script that did not come. */
function watch(appId: string, stub: Stub, timeout: number | undefined, start: (failed: () => void) => void): void {
  let isRefused = false
  const fail = (reason: LoadFailure['reason']) => {
    clearTimeout(timer)
    document.removeEventListener('securitypolicyviolation', refuse)
    if (isSaid) return
    isSaid = true
    complain(appId, reason)
  }
  let isSaid = false
  const refuse = ({ blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    if (disposition === 'enforce' && blockedURI.startsWith(WIDGET_ORIGIN)) isRefused = true
  }
  document.addEventListener('securitypolicyviolation', refuse)
  const timer = setTimeout(
    () => {
      if (window.Intercom === stub) fail('no-answer')
    },
    Math.min(typeof timeout === 'number' && timeout >= 0 ? timeout : DEFAULT_LOAD_TIMEOUT_MS, LONGEST_TIMER_MS)
  )
  // The violation is reported around the time of the error, before or after it.
  start(() => setTimeout(() => fail(isRefused ? 'refused-by-policy' : navigator.onLine ? 'blocked' : 'offline')))
}

export function complain(appId: string, reason: LoadFailure['reason']): void {
  const message = `${DESTINATION_NAME}: Intercom (${appId}) is not used: ${MESSAGES[reason]}`
  // eslint-disable-next-line no-console -- said once for each page, to whoever looks for the missing Messenger
  console.warn(message)
  const detail: LoadFailure = { appId, reason, message }
  window.dispatchEvent(new CustomEvent(LOAD_FAILURE_EVENT, { detail }))
}
