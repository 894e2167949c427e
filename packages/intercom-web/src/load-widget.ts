import { toRecord, toText } from '@intercom-destinations/shared-mapping'
import { createCallQueue, createStub, type ActivityCall } from './call-queue'
import { DESTINATION_NAME } from './destination-name'
import { callIntercom, queueOf, readForeign, readIntercom, type CallFailure } from './intercom-call'
import { complain } from './load-failure'
import { WIDGET_URL, watchLoad } from './load-watch'
import type { Messenger, MessengerCall } from './messenger'
import { whenActivated } from './prerendering'

export interface Widget {
  /** Whether the page itself booted it for our workspace. */
  isBooted: boolean
  /** Calls the Messenger. Never throws; returns why the call failed. */
  send: (call: MessengerCall, isPing?: boolean) => CallFailure | undefined
  /** The user id with which the page itself booted it. */
  bootedAs: string | undefined
  /** Removes our calls from the queue of a Messenger that is not loaded yet, and returns them. */
  dropQueued: () => MessengerCall[]
  /** Loads the script and reports it if it does not come. Returns a function that ends the watch. */
  watch: () => () => void
}

interface Options {
  appId: string
  cspNonce?: string
  loadTimeoutMs?: number
  /** Called with an event or a command that a full queue drops. */
  onDropped: (call: ActivityCall) => void
}

/** The console messages for failed calls, once for each kind of failure. */
const COMPLAINTS = {
  'messenger-missing': 'window.Intercom is gone from the page, so Intercom gets nothing. Did the page remove it?',
  'messenger-failed': 'window.Intercom throws, so Intercom gets nothing. Likely cause: an ad blocker.'
}

/**
 * The Messenger of the page: the present one, or one whose script is loaded. Returns at once; undefined if the page's
 * Messenger belongs to another workspace.
 */
export function loadWidget({ appId, cspNonce, loadTimeoutMs, onDropped }: Options): Widget | undefined {
  const settings = toRecord(readForeign(window, 'intercomSettings'))
  const element = document.querySelector<HTMLScriptElement>(`script[src^="${WIDGET_URL}"]`)
  const owner = settings?.app_id ?? element?.src.slice(WIDGET_URL.length).split(/[?#]/)[0]
  if (owner !== undefined && owner !== appId) {
    complain(appId, 'other-workspace')
    return undefined
  }
  const present = readIntercom()
  const stub = present ? queueOf(present) && present : installStub()
  const queue = createCallQueue(onDropped)
  const reported = new Set<CallFailure>()
  let isRequested = false

  const requestScript = (failed: Parameters<typeof addScript>[2]) => {
    if (element) element.addEventListener('error', () => failed())
    else if (!isRequested) whenSnippetHasRun(present !== undefined, () => addScript(appId, cspNonce, failed))
    isRequested = true
  }

  return {
    bootedAs: settings?.app_id === appId ? toText(settings.user_id) : undefined,
    isBooted: settings?.app_id === appId || readForeign(present, 'booted') === true,
    send: (call, isPing) => {
      const intercom = readIntercom()
      const failure = callIntercom(intercom, call)
      const waiting = queueOf(intercom)
      if (!failure) {
        if (waiting) queue.track(waiting, call, isPing)
      } else if (!reported.has(failure)) {
        reported.add(failure)
        // eslint-disable-next-line no-console -- once for each page, for a developer who misses calls in Intercom
        console.warn(`${DESTINATION_NAME}: ${COMPLAINTS[failure]}`)
      }
      return failure
    },
    dropQueued: () => queue.dropOurs(queueOf(readIntercom())),
    watch: () => {
      let stop: (() => void) | undefined
      let isOver = false
      if (stub)
        whenActivated(() => {
          if (isOver) return
          const isMissing = () => {
            const intercom = readIntercom()
            return intercom === stub || queue.isWaiting(queueOf(intercom))
          }
          stop = watchLoad({ appId, timeout: loadTimeoutMs, isMissing, start: requestScript })
        })
      return () => {
        isOver = true
        stop?.()
      }
    }
  }
}

function installStub(): Messenger {
  const stub = createStub()
  try {
    window.Intercom = stub
  } catch {
    // Some ad blockers leave a property that cannot be written. Each call is then reported as lost.
  }
  return stub
}

/** Intercom's snippet loads its script after the page has loaded; loading it here too would start two Messengers. */
function whenSnippetHasRun(hasSnippet: boolean, add: () => void): void {
  if (!hasSnippet || document.readyState === 'complete') return add()
  window.addEventListener('load', () => {
    if (!document.querySelector(`script[src^="${WIDGET_URL}"]`)) add()
  })
}

function addScript(appId: string, nonce: string | undefined, failed: (reason?: 'refused-by-policy') => void): void {
  try {
    const script = document.createElement('script')
    script.async = true
    script.src = WIDGET_URL + encodeURIComponent(appId)
    if (nonce) script.setAttribute('nonce', nonce)
    script.addEventListener('error', () => failed())
    const parent = document.querySelector('head') ?? document.documentElement
    parent.append(script)
  } catch {
    // Only a trusted types policy throws here.
    failed('refused-by-policy')
  }
}
