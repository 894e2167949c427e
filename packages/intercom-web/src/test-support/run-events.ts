import { Analytics, Context, type Plugin } from '@segment/analytics-next'
import { intercomWebFromJson, LOSS_EVENT, type IntercomWebSettings, type LossReport } from '..'
import type { PageLoss } from '../losses'

/** An event of a test. Every field may have any value, as on real pages. */
export interface TestEvent {
  type: 'identify' | 'track' | 'page' | 'group' | 'alias' | 'screen'
  [field: string]: unknown
}

export interface Recorded {
  /** The calls of `window.Intercom`, the boot first. */
  calls: unknown[][]
  /** The loss reports on `window`. */
  reports: { action: string; losses: PageLoss[]; doubtful?: PageLoss[] }[]
  /** The messages in the logs of the events. */
  logs: string[]
}

/** Installs a `window.Intercom` that only records its calls. `visitor`: what it answers to `getVisitorId`. */
export function recordIntercom(visitor?: () => unknown): unknown[][] {
  const calls: unknown[][] = []
  window.Intercom = (...call: unknown[]): unknown => {
    calls.push(call)
    return call[0] === 'getVisitorId' ? visitor?.() : undefined
  }
  return calls
}

/** Removes everything that this destination left on the page. */
export function renewPage(): void {
  delete window.Intercom
  Reflect.deleteProperty(window, Symbol.for('intercom-destination.page-session'))
  Reflect.deleteProperty(window, 'intercomSettings')
  document.head.replaceChildren()
  document.body.replaceChildren()
}

/** Settings whose mappings may be as wrong as saved ones. */
export type TestSettings = Omit<Partial<IntercomWebSettings>, 'subscriptions'> & { subscriptions?: readonly object[] }

export interface LoadedPlugins {
  plugins: Plugin[]
  analytics: Analytics
}

export async function loadPlugins(settings: TestSettings = {}): Promise<LoadedPlugins> {
  const plugins = await intercomWebFromJson({ appId: 'abc123', ...settings })
  const analytics = new Analytics({ writeKey: 'test' })
  for (const plugin of plugins) await plugin.load(Context.system(), analytics)
  return { plugins, analytics }
}

/** Passes one event to the plugins, like Analytics.js, and returns the messages in its log. */
export async function perform(plugins: readonly Plugin[], event: TestEvent): Promise<string[]> {
  const context = new Context(toSegmentEvent(event))
  for (const plugin of plugins) if (event.type !== 'screen') await plugin[event.type]?.(context)
  return context.logs().map(({ message }) => message)
}

/** Longer than the wait for the first event and the time for merging updates. */
const A_WHILE_MS = 1000

/**
 * Passes the events to the real plugins one by one, after a boot for a visitor, with enough time between them that they
 * are not merged.
 */
export async function runEvents(
  events: readonly TestEvent[],
  settings: TestSettings = {},
  visitor?: string
): Promise<Recorded> {
  renewPage()
  const isClockOurs = !('clock' in setTimeout)
  if (isClockOurs) jest.useFakeTimers()
  const recorded: Recorded = { calls: recordIntercom(() => visitor), reports: [], logs: [] }
  const listen = (event: Event) => {
    if (isLossEvent(event)) recorded.reports.push(toPlainReport(event.detail))
  }
  window.addEventListener(LOSS_EVENT, listen)
  try {
    const { plugins, analytics } = await loadPlugins(settings)
    analytics.emit('initialize')
    jest.advanceTimersByTime(A_WHILE_MS)
    for (const event of events) {
      if (typeof event.anonymousId === 'string') analytics.setAnonymousId(event.anonymousId)
      recorded.logs.push(...(await perform(plugins, event)))
      jest.advanceTimersByTime(A_WHILE_MS)
    }
  } finally {
    window.removeEventListener(LOSS_EVENT, listen)
    renewPage()
    if (isClockOurs) jest.useRealTimers()
  }
  return recorded
}

/** The calls for one event, without the boot, and its losses. */
export async function runEvent(
  event: TestEvent,
  settings: TestSettings = {}
): Promise<{ calls: unknown[][]; losses: PageLoss[]; doubtful: PageLoss[]; logs: string[] }> {
  const { calls, reports, logs } = await runEvents([event], settings)
  return {
    calls: calls.slice(1),
    losses: reports.flatMap(({ losses }) => losses),
    doubtful: reports.flatMap(({ doubtful = [] }) => doubtful),
    logs
  }
}

function toSegmentEvent(event: unknown): Context['event'] {
  if (isSegmentEvent(event)) return event
  throw new Error('A test event has a type')
}

/** Analytics.js does not check more. */
function isSegmentEvent(event: unknown): event is Context['event'] {
  return typeof event === 'object' && event !== null && 'type' in event
}

/** The losses without their texts. */
export const toLosses = ({ losses }: Pick<LossReport, 'losses'>): PageLoss[] =>
  losses.map(({ path, reason }) => ({ path, reason }))

const toPlainReport = ({ action, losses, doubtful }: LossReport) => ({
  action,
  losses: toLosses({ losses }),
  ...(doubtful.length === 0 ? {} : { doubtful: toLosses({ losses: doubtful }) })
})

export function isLossEvent(event: Event): event is CustomEvent<LossReport> {
  return event instanceof CustomEvent
}
