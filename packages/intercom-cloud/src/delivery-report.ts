import { LOSS_REASONS, toLossText, type Loss } from '@intercom-destinations/shared-mapping'
import type { Logger, StatsContext } from '@segment/actions-core'

/** What became of one event; `perform` returns it, so it is the `data` of the result `Action Executed`. */
export interface DeliveryReport {
  /** Intercom's id of the person. */
  contactId?: string
  /** Intercom's id of the company. */
  companyId?: string
  /** What Intercom did not get, and why. */
  losses: Loss[]
  /** True where the mapping wants nothing to be sent. */
  skipped?: true
}

/** Where losses are made known. */
export interface Listeners {
  logger?: Logger
  statsContext?: StatsContext
}

// A customer's keys stand in the paths, and a log line must stay one line.
const CONTROL_CHARACTERS = /\p{Cc}+/gu

/** One log line without values, and one count for each loss. */
export function reportLosses(losses: readonly Loss[], { logger, statsContext }: Listeners): void {
  if (losses.length === 0) return
  const lines = losses.map((loss) => toLossText(loss).replace(CONTROL_CHARACTERS, ' '))
  logger?.warn(`Intercom: ${lines.join('; ')}`)
  const statsClient: StatsContext['statsClient'] | undefined = statsContext?.statsClient
  for (const { path, reason } of losses)
    statsClient?.incr('intercom.loss', 1, [...(statsContext?.tags ?? []), `reason:${reason}`, `path:${path}`])
}

export { LOSS_REASONS, toLossText, type Loss }
