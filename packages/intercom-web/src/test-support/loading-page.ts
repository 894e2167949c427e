import { Analytics } from '@segment/analytics-next'
import { LOAD_FAILURE_EVENT, type LoadFailure } from '../load-failure'
import { LOSS_EVENT, type PageLoss } from '../losses'
import { joinPageSession } from '../page-session'
import { isLossEvent, renewPage, toLosses } from './run-events'

export const BOOT = { app_id: 'abc123', api_base: 'https://api-iam.intercom.io', installation_type: 's' }

function isFailureEvent(event: Event): event is CustomEvent<LoadFailure> {
  return event instanceof CustomEvent
}

/**
 * A fresh page with fake timers for every test of the file that calls this, and what the page reports: load failures,
 * losses and console warnings.
 */
export function setUpLoadingPage() {
  const failures: LoadFailure[] = []
  const losses: PageLoss[] = []
  const warn = jest.fn<undefined, unknown[]>()
  const onFailure = (event: Event) => {
    if (isFailureEvent(event)) failures.push(event.detail)
  }
  const onLoss = (event: Event) => {
    if (isLossEvent(event)) losses.push(...toLosses(event.detail))
  }

  beforeEach(() => {
    jest.useFakeTimers()
    renewPage()
    failures.length = 0
    losses.length = 0
    warn.mockReset()
    jest.spyOn(console, 'warn').mockImplementation(warn)
    window.addEventListener(LOAD_FAILURE_EVENT, onFailure)
    window.addEventListener(LOSS_EVENT, onLoss)
  })

  afterEach(() => {
    window.removeEventListener(LOAD_FAILURE_EVENT, onFailure)
    window.removeEventListener(LOSS_EVENT, onLoss)
    jest.useRealTimers()
    renewPage()
  })

  return { failures, losses, warn }
}

/** Joins the page's session with a new Analytics instance. */
export const join = (settings: object = {}) =>
  joinPageSession({ appId: 'abc123', ...settings }, new Analytics({ writeKey: 'key' }))

/** The calls that wait for Intercom's script, read as that script reads them. */
export function queuedCalls(): unknown[][] {
  const queue: unknown = Reflect.get(Object(window.Intercom), 'q')
  return Array.isArray(queue) ? queue.map((call: ArrayLike<unknown>) => Array.from(call)) : []
}
