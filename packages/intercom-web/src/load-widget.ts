import { toRecord, toText } from '@intercom-destinations/shared-mapping'
import { createCallQueue, createStub, type HeldCall } from './call-queue'
import { DESTINATION_NAME } from './destination-name'
import { callIntercom, queueOf, readForeign, readIntercom, type CallOutcome } from './intercom-call'
import { complain } from './load-failure'
import { WIDGET_URL, watchLoad } from './load-watch'
import type { Messenger, MessengerCall } from './messenger'
import { whenActivated } from './page-life'

export { LOAD_FAILURE_EVENT, type LoadFailure } from './load-failure'

export interface Widget {
  /** Whether the page itself has booted it, for our workspace. */
  isBooted: boolean
  /** Says something to the Messenger, and whether it was taken. Never throws. */
  send: (call: MessengerCall, isPing?: boolean) => CallOutcome
  /** The user id with which the page itself has booted it. */
  bootedAs: string | undefined
  /** Takes back what we have asked of a Messenger that has not come yet. */
  dropQueued: () => MessengerCall[]
  /** Looks for a script that does not come, and says so; what it gives ends that. */
  watch: () => () => void
}

interface Options {
  appId: string
  cspNonce?: string
  loadTimeoutMs?: number
  /** Called with what the full queue has no place for. */
  onDropped: (call: HeldCall) => void
}

/** What the console says of calls that Intercom did not take, once for each outcome. */
const COMPLAINTS = {
  missing: 'window.Intercom is gone from the page, so Intercom hears nothing. Was it removed by the page itself?',
  threw: 'window.Intercom throws, so Intercom hears nothing. Likely causes: an ad blocker, a fault of its own.'
}

/**
 * The Messenger of the page: the one that is there, or one whose script is asked for now. Waits for nothing. Gives
 * nothing where the page's Messenger belongs to another workspace.
 */
export function loadWidget({ appId, cspNonce, loadTimeoutMs, onDropped }: Options): Widget | undefined {
  const settings = toRecord(readForeign(window, 'intercomSettings'))
  const found = document.querySelector<HTMLScriptElement>(`script[src^="${WIDGET_URL}"]`)
  const owner = settings?.app_id ?? found?.src.slice(WIDGET_URL.length).split(/[?#]/)[0]
  if (owner !== undefined && owner !== appId) {
    complain(appId, 'other-workspace')
    return undefined
  }
  const present = readIntercom()
  const stub = present ? queueOf(present) && present : install()
  const queue = createCallQueue(onDropped)
  const said = new Set<CallOutcome>()
  let isAsked = false

  const askForScript = (failed: Parameters<typeof addScript>[2]) => {
    if (found) found.addEventListener('error', () => failed())
    else if (!isAsked) whenSnippetHasRun(present !== undefined, () => addScript(appId, cspNonce, failed))
    isAsked = true
  }

  return {
    bootedAs: settings?.app_id === appId ? toText(settings.user_id) : undefined,
    isBooted: settings?.app_id === appId || readForeign(present, 'booted') === true,
    send: (call, isPing) => {
      const intercom = readIntercom()
      const outcome = callIntercom(intercom, call)
      const waiting = queueOf(intercom)
      if (waiting && outcome === 'said') queue.note(waiting, call, isPing)
      if (outcome !== 'said' && !said.has(outcome)) {
        said.add(outcome)
        // eslint-disable-next-line no-console -- said once for each page, to those who look for what Intercom did not get
        console.warn(`${DESTINATION_NAME}: ${COMPLAINTS[outcome]}`)
      }
      return outcome
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
          stop = watchLoad({ appId, timeout: loadTimeoutMs, isMissing, start: askForScript })
        })
      return () => {
        isOver = true
        stop?.()
      }
    }
  }
}

/** Puts our stub on the page; where the page does not let it, the calls have nowhere to go. */
function install(): Messenger {
  const stub = createStub()
  try {
    window.Intercom = stub
  } catch {
    // A property that cannot be written, as some ad blockers leave it; each call is told to be lost.
  }
  return stub
}

/** Intercom's snippet asks for its script when the page has loaded; asking too would start two Messengers. */
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
    const place = document.querySelector('head') ?? document.documentElement
    place.append(script)
  } catch {
    // Nothing else throws here but a policy of trusted types.
    failed('refused-by-policy')
  }
}
