import { Analytics } from '@segment/analytics-next'
import intercomWeb, { LOSS_EVENT, type IntercomWebSettings } from '..'
import type { PageLoss } from '../losses'
import { isLossEvent, recordIntercom, renewPage, toLosses } from './run-events'

export interface OpenPage {
  analytics: Analytics
  /** The calls of `window.Intercom`. */
  calls: unknown[][]
  losses: PageLoss[]
  /** Moves the clock of the page forward. */
  pass: (milliseconds: number) => Promise<void>
  /** Another Analytics instance on the same page. */
  addAnalytics: (settings?: Partial<IntercomWebSettings>) => Promise<Analytics>
}

/**
 * A page with a running Messenger and the real event queue of Analytics.js, which has just started. Call
 * `jest.useFakeTimers()` first: time passes only by `pass`. `visitor`: what the Messenger answers to `getVisitorId`.
 */
export async function openPage(
  settings: Partial<IntercomWebSettings> = {},
  { visitor, pageSettings }: { visitor?: () => unknown; pageSettings?: object } = {}
): Promise<OpenPage> {
  renewPage()
  if (pageSettings) Object.assign(window, { intercomSettings: pageSettings })
  const calls = recordIntercom(visitor)
  const losses: OpenPage['losses'] = []
  window.addEventListener(LOSS_EVENT, (event) => {
    if (isLossEvent(event)) losses.push(...toLosses(event.detail))
  })
  const addAnalytics = async (more: Partial<IntercomWebSettings> = {}) => {
    const analytics = new Analytics({ writeKey: 'key' }, { disableClientPersistence: true })
    await analytics.register(...(await intercomWeb({ appId: 'abc123', ...settings, ...more })))
    analytics.initialized = true
    analytics.emit('initialize')
    return analytics
  }
  return {
    analytics: await addAnalytics(),
    calls,
    losses,
    pass: (milliseconds) => jest.advanceTimersByTimeAsync(milliseconds),
    addAnalytics
  }
}
