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

// A customer's keys stand in the paths, and a log line or a tag must stay one line.
const CONTROL_CHARACTERS = /\p{Cc}+/gu

/** The report as a host gets it: losses and doubtful values apart. */
export function toApart({ losses, ...rest }: DeliveryReport): DeliveryReport {
  const doubtful = losses.filter(isDoubtful)
  const lost = losses.filter((loss) => !isDoubtful(loss))
  return { ...rest, losses: lost, ...(doubtful.length === 0 ? {} : { doubtful }) }
}

/**
 * One log line without values, and one count for each loss and each doubtful value. The event is delivered by now, so this
 * never throws: a host may pass a logger without methods (Segment's `createTestIntegration` does), none, or one that fails.
 */
export function reportLosses(losses: readonly Loss[], listeners: Listeners): void {
  if (losses.length === 0) return
  quietly(() => {
    const lines = losses.map((loss) => toLine(toLossText(loss)))
    return listeners.logger?.warn(`Intercom: ${lines.join('; ')}`)
  })
  for (const loss of losses)
    quietly(() => {
      const { statsContext } = listeners
      const statsClient: StatsContext['statsClient'] | undefined = statsContext?.statsClient
      const tags = [...(statsContext?.tags ?? []), `reason:${loss.reason}`, `path:${toLine(loss.path)}`]
      return statsClient?.incr(isDoubtful(loss) ? 'intercom.doubtful' : 'intercom.loss', 1, tags)
    })
}

function toLine(text: string): string {
  return text.replace(CONTROL_CHARACTERS, ' ')
}

/** Calls what belongs to the host. A promise that it returns may fail later, which would end the process. */
function quietly(call: () => unknown): void {
  try {
    Promise.resolve(call()).catch(() => undefined)
  } catch {
    // There is no other place to say it: the logger is what failed.
  }
}

export { DOUBT_REASONS, isDoubtful, LOSS_REASONS, toLossText, toReasonText, type Loss }
