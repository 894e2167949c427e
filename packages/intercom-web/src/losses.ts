import { toLossText, type Loss } from '@intercom-destinations/shared-mapping'
import type { Context } from '@segment/analytics-next'
import type { Settings } from './generated-types'

/** The name of the event on `window`; its `detail` is a `LossReport`. */
export const LOSS_EVENT = 'intercom-destination:loss'

export interface LossReport {
  action: string
  losses: readonly Loss[]
}

/**
 * Says what was left out, at each place where somebody may look: the event's own log (seen only where the plugin is
 * registered directly, Analytics.js hands a copy to remote plugins), an event on `window`, and the console in debug mode.
 */
export function reportLosses(action: string, losses: readonly Loss[], context: Context, { debug }: Settings): void {
  if (losses.length === 0) return
  for (const loss of losses) {
    const text = `Intercom ${action}: ${toLossText(loss)}`
    context.log('warn', text)
    // eslint-disable-next-line no-console -- the customer asked for it with the debug setting
    if (debug) console.debug(text)
  }
  const detail: LossReport = { action, losses }
  window.dispatchEvent(new CustomEvent(LOSS_EVENT, { detail }))
}
