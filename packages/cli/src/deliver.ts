import type { SegmentEvent } from '@segment/actions-core'
import { systemClock, type Clock } from './clock'
import { openEmbeddedIntercom } from './embedded-intercom'
import { toEventLine } from './event-line'
import { isSwitchedOn } from './integrations'
import { toOperation } from './operation'
import { Patience } from './patience'
import { readLines } from './read-lines'
import { sendEvent, type Sender } from './send-event'
import { toSubscriptions, type Subscription } from './subscriptions'
import type { Summary } from './summary'
import { Tally, type Delivery } from './tally'
import type { Target } from './target'
import type { EmulatedWorkspace } from './workspace-file'

const MILLISECONDS_PER_SECOND = 1000

export interface Progress {
  readonly bytesRead: number
  readonly lines: number
  readonly delivered: number
  /** Rejected events and unreadable lines. */
  readonly failed: number
}

export interface DeliverOptions {
  /** The bytes of the file: one JSON object a line. */
  readonly source: AsyncIterable<Uint8Array>
  /** Which events go to which action, and how; the presets when left out. */
  readonly subscriptions?: readonly Subscription[]
  /** The workspace that the embedded emulator plays. Without it there are no custom attributes, as in a new one. */
  readonly workspace?: EmulatedWorkspace
  /** Stops before the next event; the one in flight is finished. A `source` that waits has to watch it as well. */
  readonly signal?: AbortSignal
  /** Ends after so many events. */
  readonly limit?: number
  readonly onProgress?: (progress: Progress) => void
  readonly clock?: Clock
  /** Where to; the embedded emulator when left out. Closed at the end. */
  readonly openTarget?: (workspace?: EmulatedWorkspace) => Promise<Target>
}

/**
 * Delivers Segment events through the cloud destination, strictly in the order of the file, and tells what became of
 * them. A line that cannot be used is counted and never stops the rest; a source that cannot be read rejects.
 */
export async function deliver(options: DeliverOptions): Promise<Summary> {
  const { source, workspace, signal, limit = Infinity, onProgress, clock = systemClock } = options
  const { openTarget = openEmbeddedIntercom } = options
  const target = await openTarget(workspace)
  try {
    const startedAt = clock.now()
    const tally = new Tally()
    const route = routeOf(target, options.subscriptions, { clock, signal, patience: new Patience() })
    let events = 0
    try {
      for await (const { number, bytesRead, content } of readLines(source)) {
        if (signal?.aborted) break
        tally.line(number)
        const line = toEventLine(content, clock.now)
        if (line.kind === 'blank') tally.blank()
        else if (line.kind === 'unreadable') tally.unreadable(number, line.reason)
        else {
          events += 1
          tally.event(line.timeAdded)
          if (isSwitchedOn(line.event.integrations)) {
            tally.deliveries(number, line.event, await route(line.event))
          } else tally.switchedOff(number)
          countRequests(target, tally)
        }
        onProgress?.({ bytesRead, lines: number, delivered: tally.delivered, failed: tally.failed })
        if (events >= limit) break
      }
    } catch (error) {
      // A source that was waiting is torn down by the signal; that is an end, not a failure.
      if (!signal?.aborted) throw error
    }
    return tally.summary({
      workspace: target.workspace,
      stoppedEarly: signal?.aborted ?? false,
      seconds: (clock.now() - startedAt) / MILLISECONDS_PER_SECOND,
      intercomHolds: target.holdings()
    })
  } finally {
    await target.close()
  }
}

/** One call of the destination for each subscription that takes the event, so that no failure hides another. */
function routeOf(
  { definition, destination, settings }: Target,
  subscriptions: readonly Subscription[] = toSubscriptions(definition.presets ?? []),
  how: Pick<Sender, 'clock' | 'signal' | 'patience'>
) {
  const nameOf = ({ name, action }: Subscription) => name ?? definition.actions[action]?.title ?? action
  return async (event: SegmentEvent): Promise<Delivery[]> => {
    const deliveries: Delivery[] = []
    for (const subscription of subscriptions.filter(({ takes }) => takes(event))) {
      const sent = await sendEvent(event, subscription, { destination, settings, ...how })
      deliveries.push({ action: nameOf(subscription), sent })
    }
    return deliveries
  }
}

/** `Destination` keeps every response for ever; here they are counted and let go. */
function countRequests({ destination }: Target, tally: Tally): void {
  for (const { request, status } of destination.responses.splice(0)) {
    tally.request(toOperation(request.method, request.url), status)
  }
}
