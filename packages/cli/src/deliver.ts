import type { SegmentEvent } from '@segment/actions-core'
import { systemClock, type Clock } from './clock'
import { DiskError } from './disk-error'
import { openEmbeddedIntercom } from './embedded-intercom'
import { NOT_COPIED, toEventLine, toUnreadableText } from './event-line'
import { isSwitchedOn } from './integrations'
import { Lanes } from './lanes'
import type { Ledger } from './ledger'
import { toOperation } from './operation'
import { toOrderKeys } from './order-keys'
import { Outage } from './outage'
import { Pace } from './pace'
import { Patience } from './patience'
import { readLines, type Line } from './read-lines'
import type { PreparedEvent } from './prepare-event'
import { sendEvent, withLosses, type Sender } from './send-event'
import { SourceError } from './source-error'
import { toSubscriptions, type Subscription } from './subscriptions'
import type { Summary } from './summary'
import { Tally, type Delivery } from './tally'
import type { Target } from './target'
import type { EmulatedWorkspace } from './workspace-file'

const MILLISECONDS_PER_SECOND = 1000
const TOO_MANY_REQUESTS = 429
/** Enough to hide Intercom's answering times, few enough for its 167 requests in ten seconds of a small workspace. */
export const DEFAULT_CONCURRENCY = 10

export interface Progress {
  readonly bytesRead: number
  /** Those done in this run. */
  readonly lines: number
  readonly delivered: number
  /** Rejected events and unreadable lines. */
  readonly failed: number
}

type Response = Target['destination']['responses'][number]

export interface DeliverOptions {
  /** The bytes of the file: one JSON object a line. */
  readonly source: AsyncIterable<Uint8Array>
  /** Which events go to which action, and how; the presets when left out. */
  readonly subscriptions?: readonly Subscription[]
  /** The workspace that the embedded emulator plays. Without it there are no custom attributes, as in a new one. */
  readonly workspace?: EmulatedWorkspace
  /** Stops before the next event; those in flight are finished. A `source` that waits has to watch it as well. */
  readonly signal?: AbortSignal
  /** Ends after so many events. */
  readonly limit?: number
  /** How many events are under way at once; those of one person and of one group never are. */
  readonly concurrency?: number
  readonly onProgress?: (progress: Progress) => void
  /** Hears of each answer, with the number of the line. Only with a `concurrency` of 1 are the numbers exact. */
  readonly onResponse?: (response: Response, line: number) => void
  readonly clock?: Clock
  /** Knows which lines earlier runs were done with, and is told of every line this one is done with. */
  readonly ledger?: Pick<Ledger, 'isDone' | 'delivered' | 'nothingToDeliver' | 'failed'>
  /** Where to; the embedded emulator when left out. Closed at the end. */
  readonly openTarget?: (workspace?: EmulatedWorkspace) => Promise<Target>
}

/**
 * Delivers Segment events through the cloud destination, each person's in the order of the file, and tells what became
 * of them. A line that cannot be used is counted and never stops the rest; a source that cannot be read rejects.
 */
export async function deliver(options: DeliverOptions): Promise<Summary> {
  const { openTarget = openEmbeddedIntercom, workspace } = options
  const target = await openTarget(workspace)
  try {
    return await deliverTo(target, options)
  } finally {
    await target.close()
  }
}

async function deliverTo(target: Target, options: DeliverOptions): Promise<Summary> {
  const { source, limit = Infinity, concurrency = DEFAULT_CONCURRENCY, clock = systemClock, ledger } = options
  const startedAt = clock.now()
  const outage = new Outage()
  const pace = new Pace(clock)
  // Ends the run from inside, when going on would be senseless, as well as from outside.
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])])
  const { names, takersOf, route } = routeOf(target, options.subscriptions, {
    clock,
    signal,
    patience: new Patience(),
    pace
  })
  const tally = new Tally(names)
  const lanes = new Lanes(concurrency)
  let bytesRead = 0
  let brokeOff: Summary['brokeOff'] = null
  const tell = () =>
    options.onProgress?.({ bytesRead, lines: tally.handled, delivered: tally.delivered, failed: tally.failed })

  /** `Destination` keeps every response for ever; here they are looked at and let go. */
  const takeResponses = (line: number) => {
    for (const response of target.destination.responses.splice(0)) {
      const { request, status, headers } = response
      tally.request(toOperation(request.method, request.url), status)
      outage.answered(status)
      if (status === TOO_MANY_REQUESTS) pace.heed(headers)
      options.onResponse?.(response, line)
    }
  }

  /** Whether a failure says more about Intercom than about the event. */
  const isOut = (deliveries: readonly Delivery[]): boolean => {
    for (const { sent } of deliveries) if (sent.kind === 'rejected' && sent.failure.retryable) outage.failed()
    if (outage.reason === undefined) return false
    brokeOff ??= { by: 'intercom', reason: outage.reason }
    stop.abort()
    return deliveries.some(({ sent }) => sent.kind === 'rejected')
  }

  /** Where the disk takes no record of a line the run ends, and the line is left to the next one. */
  const isWritten = (write: () => void): boolean => {
    try {
      write()
      return true
    } catch (error) {
      if (!(error instanceof DiskError)) throw error
      brokeOff ??= { by: 'disk', reason: error.message }
      stop.abort()
      return false
    }
  }

  /** Failures that may turn out to be an outage: those events are then left to the next run. */
  const doubtful: (() => void)[] = []
  const settleDoubtful = () => {
    for (const settle of doubtful.splice(0)) settle()
  }

  const deliverEvent = async ({ number, bytes }: Line, prepared: PreparedEvent) => {
    if (signal.aborted) return
    const { event, timeAdded } = prepared
    const deliveries = await route(prepared, () => {
      takeResponses(number)
    })
    // An event whose end nobody knows is left to the next run.
    if (deliveries === undefined || isOut(deliveries)) return
    const failures = deliveries.flatMap(({ action, sent }) =>
      sent.kind === 'rejected' ? [{ action, ...sent.failure }] : []
    )
    const settle = () => {
      const isKept = isWritten(() => {
        if (failures.length > 0) ledger?.failed(number, bytes, failures)
        else ledger?.delivered(number)
      })
      // What was delivered is so, written down or not.
      if (!isKept && failures.length > 0) return
      tally.event(timeAdded)
      tally.deliveries(number, event, deliveries)
      tell()
    }
    if (!outage.isDoubtful) settleDoubtful()
    if (outage.isDoubtful && failures.some(({ retryable }) => retryable)) doubtful.push(settle)
    else settle()
  }

  const takeLine = async (line: Line): Promise<'event' | 'other'> => {
    const { number, content, bytes } = line
    const read = toEventLine(content, clock.now)
    if (read.kind === 'unreadable') {
      const { reason, suggestion } = read
      const isKept = isWritten(() =>
        ledger?.failed(number, bytes, [{ reason: toUnreadableText(read) + (bytes ? '' : NOT_COPIED) }])
      )
      if (isKept) tally.unreadable(number, { reason, suggestion })
      tell()
      return 'other'
    }
    if (read.kind === 'blank') tally.blank()
    else {
      const { event, timeAdded } = read
      const isOn = isSwitchedOn(event.integrations)
      if (isOn && takersOf(event).length > 0) {
        await lanes.add(toOrderKeys(event), bytes?.length ?? 0, () => deliverEvent(line, read))
        return 'event'
      }
      tally.event(timeAdded)
      if (isOn) tally.deliveries(number, event, [])
      else tally.switchedOff(number)
    }
    isWritten(() => ledger?.nothingToDeliver(number))
    tell()
    return read.kind === 'event' ? 'event' : 'other'
  }

  let events = 0
  let isAtEnd = false
  try {
    for await (const line of readLines(source)) {
      if (signal.aborted) break
      bytesRead = line.bytesRead
      if (ledger?.isDone(line.number)) tally.earlier()
      else if ((await takeLine(line)) === 'event') events += 1
      if (events >= limit) break
    }
    isAtEnd = events < limit
  } catch (error) {
    if (error instanceof SourceError) brokeOff = { by: 'input', reason: error.message }
    // A source that was waiting is torn down by the signal; that is an end, not a failure.
    else if (!signal.aborted) throw error
  } finally {
    await lanes.finish()
  }
  if (outage.reason === undefined) settleDoubtful()
  return tally.summary({
    workspace: target.workspace,
    playedBy: target.playedBy ?? null,
    stoppedEarly: options.signal?.aborted ?? false,
    brokeOff,
    complete: isAtEnd && !signal.aborted && brokeOff === null,
    seconds: (clock.now() - startedAt) / MILLISECONDS_PER_SECOND,
    intercomHolds: target.holdings()
  })
}

/** One call of the destination for each subscription that takes the event, so that no failure hides another. */
function routeOf(
  { definition, destination, settings }: Target,
  subscriptions: readonly Subscription[] = toSubscriptions(definition.presets ?? []),
  how: Pick<Sender, 'clock' | 'signal' | 'patience' | 'pace'>
) {
  const nameOf = ({ name, action }: Subscription) => name ?? definition.actions[action]?.title ?? action
  const takersOf = (event: SegmentEvent) => subscriptions.filter(({ takes }) => takes(event))
  /** `undefined` when it was stopped before all of it was done. */
  const route = async ({ event, losses }: PreparedEvent, afterCall: () => void): Promise<Delivery[] | undefined> => {
    const deliveries: Delivery[] = []
    const listened: Sender['destination'] = {
      onEvent: (...call) => destination.onEvent(...call).finally(afterCall)
    }
    for (const subscription of takersOf(event)) {
      const sent = withLosses(await sendEvent(event, subscription, { destination: listened, settings, ...how }), losses)
      if (sent.kind === 'stopped') return undefined
      deliveries.push({ action: nameOf(subscription), sent })
    }
    return deliveries
  }
  return { names: subscriptions.map(nameOf), takersOf, route }
}
