import { DOUBT_REASONS, isDoubtful, LOSS_REASONS, type Loss } from '@intercom-destinations/shared-mapping'
import type { Context } from '@segment/analytics-next'
import type { Settings } from './generated-types'
import { SAMPLE } from './rehearsal'

/** The name of the event on `window`; its `detail` is a `LossReport`. */
export const LOSS_EVENT = 'intercom-destination:loss'

/** The reasons that exist only on a page, in addition to those of the shared mapping. */
const PAGE_REASONS = {
  'not-a-command': 'the Messenger has no such command',
  'queue-full': 'Intercom’s script has not loaded, and the queue is full',
  'person-left': 'the person has logged out since',
  'messenger-off': 'the Messenger is off until a user is identified (setting bootAfterReset)',
  'messenger-failed': 'window.Intercom threw an error',
  'messenger-missing': 'window.Intercom is gone from the page',
  'plugin-unloaded': 'the plugin was unloaded',
  'not-https': 'the Messenger accepts pictures from https:// addresses only'
} as const

export interface PageLoss {
  path: string
  reason: Loss['reason'] | keyof typeof PAGE_REASONS
}

export interface LossReport {
  action: string
  /** What was left out. `text` is the reason in words. */
  losses: readonly PageLossInWords[]
  /** What was sent, but Intercom may ignore or change it. */
  doubtful: readonly PageLossInWords[]
}

export type PageLossInWords = PageLoss & { text: string }

/**
 * Reports what was left out in three places: the log of the event's context (Analytics.js shows it only for plugins that
 * are registered directly), an event on `window`, and the console in debug mode.
 */
export function reportLosses(
  action: string,
  losses: readonly PageLoss[],
  context: (Pick<Context, 'log'> & Partial<Pick<Context, 'event'>>) | undefined,
  { debug }: Settings
): void {
  if (losses.length === 0 || context?.event === SAMPLE) return
  const reasons = { ...LOSS_REASONS, ...DOUBT_REASONS, ...PAGE_REASONS }
  const kinds: Record<'losses' | 'doubtful', PageLossInWords[]> = { losses: [], doubtful: [] }
  for (const loss of losses) {
    const text = reasons[loss.reason]
    const isSent = isDoubtful(loss)
    kinds[isSent ? 'doubtful' : 'losses'].push({ ...loss, text })
    const line = `Intercom ${action}: ${loss.path} was ${isSent ? 'sent, but' : 'left out'}: ${text}`
    quietly(() => context?.log('warn', line))
    // eslint-disable-next-line no-console -- the customer asked for it with the debug setting
    if (debug) quietly(() => console.debug(line))
  }
  const detail: LossReport = { action, ...kinds }
  quietly(() => window.dispatchEvent(new CustomEvent(LOSS_EVENT, { detail })))
}

/** A page may replace its console, its events or the event's log. A failing report must not fail the event. */
function quietly(call: () => unknown): void {
  try {
    call()
  } catch {
    // There is no other place to report it.
  }
}
