import {
  DOUBT_REASONS,
  isDoubtful,
  LOSS_REASONS,
  toLossText,
  toReasonText,
  type Loss
} from '@intercom-destinations/shared-mapping'
import type { Logger, StatsContext } from '@segment/actions-core'

/** What became of one event; `perform` returns it, so it is the `data` of the result `Action Executed`. */
export interface DeliveryReport {
  /** Intercom's id of the person. */
  contactId?: string
  /** Intercom's id of the company. */
  companyId?: string
  /** What Intercom did not get, and why. */
  losses: Loss[]
  /** What was sent although Intercom may ignore or change it; absent when there is none. Filled by `toApart`. */
  doubtful?: Loss[]
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

/** The report as a host gets it: losses and doubtful values apart. */
export function toApart({ losses, ...rest }: DeliveryReport): DeliveryReport {
  const doubtful = losses.filter(isDoubtful)
  const lost = losses.filter((loss) => !isDoubtful(loss))
  return { ...rest, losses: lost, ...(doubtful.length === 0 ? {} : { doubtful }) }
}

/** One log line without values, and one count for each loss and each doubtful value. */
export function reportLosses(losses: readonly Loss[], { logger, statsContext }: Listeners): void {
  if (losses.length === 0) return
  const lines = losses.map((loss) => toLossText(loss).replace(CONTROL_CHARACTERS, ' '))
  logger?.warn(`Intercom: ${lines.join('; ')}`)
  const statsClient: StatsContext['statsClient'] | undefined = statsContext?.statsClient
  for (const loss of losses)
    statsClient?.incr(isDoubtful(loss) ? 'intercom.doubtful' : 'intercom.loss', 1, [
      ...(statsContext?.tags ?? []),
      `reason:${loss.reason}`,
      `path:${loss.path}`
    ])
}

export { DOUBT_REASONS, isDoubtful, LOSS_REASONS, toLossText, toReasonText, type Loss }
