import { DOUBT_REASONS, isDoubtful, LOSS_REASONS, type Loss } from '@intercom-destinations/shared-mapping'
import type { Context } from '@segment/analytics-next'
import type { Settings } from './generated-types'

/** The name of the event on `window`; its `detail` is a `LossReport`. */
export const LOSS_EVENT = 'intercom-destination:loss'

/** Reasons that only a page has, beside those of the shared mapping. */
const PAGE_REASONS = {
  'not-a-command': 'the Messenger has no such command',
  'queue-full': 'Intercom’s script has not come, and this was the oldest event that waited for it',
  'person-left': 'it belongs to a person who has logged out since',
  'messenger-off': 'after a logout the Messenger stays off until somebody is identified (the setting bootAfterReset)',
  'messenger-failed': 'window.Intercom threw when it was told',
  'messenger-missing': 'there is no window.Intercom on the page any more',
  'plugin-unloaded': 'the plugin was taken off the page',
  'not-https': 'the Messenger takes pictures from https:// addresses only'
} as const

export interface PageLoss {
  path: string
  reason: Loss['reason'] | keyof typeof PAGE_REASONS
}

export interface LossReport {
  action: string
  /** What was left out; `text` is the reason in words. */
  losses: readonly PageLossInWords[]
  /** What was sent although Intercom may ignore or change it. */
  doubtful: readonly PageLossInWords[]
}

export type PageLossInWords = PageLoss & { text: string }

/**
 * Says what was left out, at each place where somebody may look: the event's own log (seen only where the plugin is
 * registered directly, Analytics.js hands a copy to remote plugins), an event on `window`, and the console in debug mode.
 */
export function reportLosses(
  action: string,
  losses: readonly PageLoss[],
  context: Pick<Context, 'log'> | undefined,
  { debug }: Settings
): void {
  if (losses.length === 0) return
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

/** A page may replace its console, its events or the event's log. Telling a loss must not fail the event. */
function quietly(call: () => unknown): void {
  try {
    call()
  } catch {
    // There is no other place to say it.
  }
}
