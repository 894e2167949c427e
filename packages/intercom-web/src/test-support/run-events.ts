import { Analytics, Context, type Plugin } from '@segment/analytics-next'
import type { Loss } from '@intercom-destinations/shared-mapping'
import intercomWeb, { LOSS_EVENT, type IntercomWebSettings, type LossReport } from '..'

/** An event as a test writes it: any value anywhere, for that is what pages send. */
export interface TestEvent {
  type: 'identify' | 'track' | 'page' | 'group' | 'alias' | 'screen'
  [field: string]: unknown
}

export interface Recorded {
  /** What `window.Intercom` was called with, the boot first. */
  calls: unknown[][]
  /** What the events on `window` told. */
  reports: LossReport[]
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

export async function loadPlugins(settings: Partial<IntercomWebSettings> = {}): Promise<Plugin[]> {
  const plugins = await intercomWeb({ appId: 'abc123', ...settings })
  const analytics = new Analytics({ writeKey: 'test' })
  for (const plugin of plugins) await plugin.load(Context.system(), analytics)
  return plugins
}

/** Gives the events to the real plugins one after another, as Analytics.js would. */
export async function runEvents(
  events: readonly TestEvent[],
  settings: Partial<IntercomWebSettings> = {}
): Promise<Recorded> {
  const recorded: Recorded = { calls: recordIntercom(), reports: [], logs: [] }
  const listen = (event: Event) => {
    if (isLossEvent(event)) recorded.reports.push(event.detail)
  }
  window.addEventListener(LOSS_EVENT, listen)
  try {
    const plugins = await loadPlugins(settings)
    for (const event of events) {
      const context = new Context(toSegmentEvent(event))
      for (const plugin of plugins) if (event.type !== 'screen') await plugin[event.type]?.(context)
      recorded.logs.push(...context.logs().map(({ message }) => message))
    }
  } finally {
    window.removeEventListener(LOSS_EVENT, listen)
    delete window.Intercom
  }
  return recorded
}

/** What the page told Intercom about one event, without the boot, and what it lost. */
export async function runEvent(
  event: TestEvent,
  settings: Partial<IntercomWebSettings> = {}
): Promise<{ calls: unknown[][]; losses: Loss[]; logs: string[] }> {
  const { calls, reports, logs } = await runEvents([event], settings)
  return { calls: calls.slice(1), losses: reports.flatMap(({ losses }) => losses), logs }
}

function toSegmentEvent(event: unknown): Context['event'] {
  if (isSegmentEvent(event)) return event
  throw new Error('A test event has a type')
}

/** Analytics.js does not look closer either. */
function isSegmentEvent(event: unknown): event is Context['event'] {
  return typeof event === 'object' && event !== null && 'type' in event
}

function isLossEvent(event: Event): event is CustomEvent<LossReport> {
  return event instanceof CustomEvent
}
