import { Analytics, Context, type Plugin } from '@segment/analytics-next'
import intercomWeb, { LOSS_EVENT, type IntercomWebSettings, type LossReport } from '..'
import type { PageLoss } from '../losses'

/** An event as a test writes it: any value anywhere, for that is what pages send. */
export interface TestEvent {
  type: 'identify' | 'track' | 'page' | 'group' | 'alias' | 'screen'
  [field: string]: unknown
}

export interface Recorded {
  /** What `window.Intercom` was called with, the boot first. */
  calls: unknown[][]
  /** What the events on `window` told. */
  reports: { action: string; losses: PageLoss[]; doubtful?: PageLoss[] }[]
  /** What the events' own logs told. */
  logs: string[]
}

/** Puts a `window.Intercom` on the page that only writes down what it is told. */
export function recordIntercom(): unknown[][] {
  const calls: unknown[][] = []
  window.Intercom = (...call: unknown[]) => {
    calls.push(call)
  }
  return calls
}

/** Makes the page a new one, as far as we have left anything on it. */
export function renewPage(): void {
  delete window.Intercom
  Reflect.deleteProperty(window, Symbol.for('intercom-destination.page-session'))
  Reflect.deleteProperty(window, 'intercomSettings')
  document.head.replaceChildren()
  document.body.replaceChildren()
}

export interface LoadedPlugins {
  plugins: Plugin[]
  analytics: Analytics
}

export async function loadPlugins(settings: Partial<IntercomWebSettings> = {}): Promise<LoadedPlugins> {
  const plugins = await intercomWeb({ appId: 'abc123', ...settings })
  const analytics = new Analytics({ writeKey: 'test' })
  for (const plugin of plugins) await plugin.load(Context.system(), analytics)
  return { plugins, analytics }
}

/** Gives one event to the plugins, as Analytics.js would. */
export async function perform(plugins: readonly Plugin[], event: TestEvent): Promise<string[]> {
  const context = new Context(toSegmentEvent(event))
  for (const plugin of plugins) if (event.type !== 'screen') await plugin[event.type]?.(context)
  return context.logs().map(({ message }) => message)
}

/** Longer than the wait for the first event and than the time in which updates are merged. */
const A_WHILE_MS = 1000

/**
 * Gives the events to the real plugins one after another, to a Messenger that has booted for a visitor before, and with
 * enough time between them that each speaks for itself.
 */
export async function runEvents(
  events: readonly TestEvent[],
  settings: Partial<IntercomWebSettings> = {}
): Promise<Recorded> {
  renewPage()
  const isClockOurs = !('clock' in setTimeout)
  if (isClockOurs) jest.useFakeTimers()
  const recorded: Recorded = { calls: recordIntercom(), reports: [], logs: [] }
  const listen = (event: Event) => {
    if (isLossEvent(event)) recorded.reports.push(toPlainReport(event.detail))
  }
  window.addEventListener(LOSS_EVENT, listen)
  try {
    const { plugins, analytics } = await loadPlugins(settings)
    analytics.emit('initialize')
    jest.advanceTimersByTime(A_WHILE_MS)
    for (const event of events) {
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

/** What the page told Intercom about one event, without the boot, and what it lost. */
export async function runEvent(
  event: TestEvent,
  settings: Partial<IntercomWebSettings> = {}
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

/** Analytics.js does not look closer either. */
function isSegmentEvent(event: unknown): event is Context['event'] {
  return typeof event === 'object' && event !== null && 'type' in event
}

/** Without the words, which follow from the reason. */
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
