import {
  DOUBT_REASONS,
  isDoubtful,
  LOSS_REASONS,
  toLossText,
  toReasonText,
  type Loss
} from '@intercom-destinations/shared-mapping'
import type { Logger, StatsContext } from '@segment/actions-core'

/** The result of one delivered event. `perform` returns it as the `data` of the result `Action Executed`. */
export interface DeliveryReport {
  /** Intercom's id of the person. */
  contactId?: string
  /** Intercom's id of the company. */
  companyId?: string
  /** What Intercom did not get, and why. */
  losses: Loss[]
  /** What was sent although Intercom may ignore or change it; absent if there is none. Filled by `toHostReport`. */
  doubtful?: Loss[]
  /** The mapping sends nothing for this event. */
  skipped?: true
}

/** Where losses are reported. */
export interface Listeners {
  logger?: Logger
  statsContext?: StatsContext
}

// Paths contain keys of the customer, and a log line or a tag must stay one line.
const CONTROL_CHARACTERS = /\p{Cc}+/gu

/** The report for the host, with losses and doubtful values in separate lists. */
export function toHostReport({ losses, ...rest }: DeliveryReport): DeliveryReport {
  const doubtful = losses.filter(isDoubtful)
  const certain = losses.filter((loss) => !isDoubtful(loss))
  return { ...rest, losses: certain, ...(doubtful.length === 0 ? {} : { doubtful }) }
}

/** One line for a log: what was lost, or may be, with the reasons and without values. */
export function toLossLine(losses: readonly Loss[]): string {
  return `Intercom: ${losses.map((loss) => toLine(toLossText(loss))).join('; ')}`
}

/**
 * Writes one log line without values, and one count for each loss and each doubtful value. It never throws, because the
 * event is delivered already: the host's logger may be missing, without methods (as in Segment's `createTestIntegration`)
 * or failing.
 */
export function reportLosses(losses: readonly Loss[], listeners: Listeners): void {
  if (losses.length === 0) return
  ignoringErrors(() => listeners.logger?.warn(toLossLine(losses)))
  for (const loss of losses)
    ignoringErrors(() => {
      const { statsContext } = listeners
      const statsClient: StatsContext['statsClient'] | undefined = statsContext?.statsClient
      const tags = [...(statsContext?.tags ?? []), `reason:${loss.reason}`, `path:${toLine(loss.path)}`]
      return statsClient?.incr(isDoubtful(loss) ? 'intercom.doubtful' : 'intercom.loss', 1, tags)
    })
}

function toLine(text: string): string {
  return text.replace(CONTROL_CHARACTERS, ' ')
}

/** Calls the host's code. A promise that it returns may reject later, which would end the process. */
function ignoringErrors(call: () => unknown): void {
  try {
    Promise.resolve(call()).catch(() => undefined)
  } catch {
    // The logger failed, so there is no place to report it.
  }
}

export { DOUBT_REASONS, isDoubtful, LOSS_REASONS, toLossText, toReasonText, type Loss }
