import {
  isAllowedByIntegrations,
  openSender,
  systemClock,
  type Clock,
  type ObservedRequest,
  type Scope,
  type Sender,
  type Subscription
} from '@intercom-destinations/delivery'
import type { SegmentEvent } from '@segment/actions-core'
import { setImmediate } from 'node:timers/promises'
import { DEFAULT_CONCURRENCY } from '../command/defaults'
import { DiskError } from './disk-error'
import { openEmbeddedIntercom } from '../target/embedded-intercom'
import { NOT_COPIED, toEventLine, toUnreadableText } from '../input/event-line'
import type { Checkpoint } from './checkpoint'
import { toOperation } from '../trace/operation'
import type { PreparedEvent } from '../input/prepare-event'
import { readLines, type Line } from '../input/read-lines'
import { toSent } from './sent'
import { SourceError } from '../input/source-error'
import { PRESETS, toSubscriptionName } from './subscription-names'
import type { Summary } from './summary'
import { DeliveryStats, type Delivery } from './delivery-stats'
import type { Target } from '../target/target'
import { WorkUnderWay } from './work-under-way'
import type { EmulatedWorkspace } from '../input/workspace-file'

const MILLISECONDS_PER_SECOND = 1000
/** So many events in a row that failed for now, without a living answer of Intercom, are an outage. */
const FAILED_EVENTS_OF_AN_OUTAGE = 20
const OUT = `Intercom does not answer any more: ${FAILED_EVENTS_OF_AN_OUTAGE} deliveries in a row came to nothing.`

export interface Progress {
  readonly bytesRead: number
  /** Those done in this run. */
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
  /** Stops before the next event; those in flight are finished. A `source` that waits has to watch it as well. */
  readonly signal?: AbortSignal
  /** Ends after so many events. */
  readonly limit?: number
  /** How many calls are under way at most, and how many events share them; those of one person keep their order. */
  readonly concurrency?: number
  readonly onProgress?: (progress: Progress) => void
  /** Hears of each request that was answered, with the number of the line it belongs to, or of the first of several. */
  readonly onRequest?: (request: ObservedRequest, line: number) => void
  readonly clock?: Clock
  /** Knows which lines earlier runs were done with, and is told of every line this one is done with. */
  readonly ledger?: Pick<Checkpoint, 'isDone' | 'delivered' | 'nothingToDeliver' | 'failed'>
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
    return await new FileDelivery(target, options).run()
  } finally {
    await target.close()
  }
}

/** One file on its way, from lines to the summary. */
class FileDelivery {
  readonly #options: DeliverOptions
  readonly #target: Target
  readonly #subscriptions: readonly Subscription[]
  readonly #clock: Clock
  readonly #sender: Sender
  readonly #scope: Scope
  readonly #tally: DeliveryStats
  readonly #underWay = new WorkUnderWay()
  readonly #lineOf = new WeakMap<SegmentEvent, number>()
  /** Failures that may turn out to be an outage: those events are then left to the next run. */
  readonly #inDoubt: (() => void)[] = []
  /** Ends the run from inside, when going on would be senseless, as well as from outside. */
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  #brokeOff: Summary['brokeOff'] = null
  #isOut = false
  #bytesRead = 0

  constructor(target: Target, options: DeliverOptions) {
    const { subscriptions = PRESETS, concurrency = DEFAULT_CONCURRENCY, clock = systemClock, signal } = options
    this.#options = options
    this.#target = target
    this.#subscriptions = subscriptions
    this.#clock = clock
    this.#signal = AbortSignal.any([this.#stop.signal, ...(signal ? [signal] : [])])
    this.#tally = new DeliveryStats(subscriptions.map(toSubscriptionName))
    this.#sender = openSender({
      ...target.connection,
      subscriptions,
      concurrency,
      clock,
      // What a run that is killed leaves open is sent again, so it is no more than what is under way.
      windowEvents: concurrency,
      // A line that failed goes to the failed lines, and the person's later lines are not held up by it.
      holdAfterRetry: false,
      // An outage is told by events that came to nothing; calls in a row fail at every short hiccup, too.
      failuresToOpen: Number.POSITIVE_INFINITY,
      onRequest: (request) => {
        this.#noteRequest(request)
      }
    })
    this.#scope = this.#sender.openScope({ signal: this.#signal })
  }

  async run(): Promise<Summary> {
    const startedAt = this.#clock.now()
    let isAtEnd = false
    try {
      isAtEnd = await this.#takeLines()
    } catch (error) {
      if (error instanceof SourceError) this.#brokeOff = { by: 'input', reason: error.message }
      // A source that was waiting is torn down by the signal; that is an end, not a failure.
      else if (!this.#signal.aborted) throw error
    } finally {
      await this.#underWay.end().finally(() => this.#sender.close())
    }
    if (!this.#isOut) this.#settleDoubts()
    return this.#tally.summary({
      workspace: this.#target.workspace,
      playedBy: this.#target.playedBy ?? null,
      stoppedEarly: this.#options.signal?.aborted ?? false,
      brokeOff: this.#brokeOff,
      complete: isAtEnd && !this.#signal.aborted && this.#brokeOff === null,
      seconds: (this.#clock.now() - startedAt) / MILLISECONDS_PER_SECOND,
      intercomHolds: this.#target.holdings()
    })
  }

  /** Whether it came to the end of the file. */
  async #takeLines(): Promise<boolean> {
    const { source, limit = Infinity, ledger: checkpoint } = this.#options
    let events = 0
    for await (const line of readLines(source)) {
      if (this.#signal.aborted) break
      this.#bytesRead = line.bytesRead
      if (checkpoint?.isDone(line.number)) this.#tally.earlier()
      else if ((await this.#takeLine(line)) === 'event') events += 1
      if (events >= limit) break
    }
    return events < limit
  }

  async #takeLine(line: Line): Promise<'event' | 'other'> {
    const { ledger: checkpoint } = this.#options
    const { number, content, bytes } = line
    const read = toEventLine(content, this.#clock.now)
    if (read.kind === 'unreadable') {
      const { reason, suggestion } = read
      const isKept = this.#isWritten(() =>
        checkpoint?.failed(number, bytes, [{ reason: toUnreadableText(read) + (bytes ? '' : NOT_COPIED) }])
      )
      if (isKept) this.#tally.unreadable(number, { reason, suggestion })
      this.#tellProgress()
      return 'other'
    }
    if (read.kind === 'blank') this.#tally.blank()
    else {
      const { event, timeAdded } = read
      const isAllowed = isAllowedByIntegrations(event.integrations)
      if (isAllowed && this.#subscriptions.some(({ takes }) => takes(event))) {
        this.#underWay.add(bytes?.length ?? 0, this.#deliver(line, read))
        await this.#room()
        return 'event'
      }
      this.#tally.event(timeAdded)
      if (isAllowed) this.#tally.deliveries(number, event, [])
      else this.#tally.switchedOff(number)
    }
    this.#isWritten(() => checkpoint?.nothingToDeliver(number))
    this.#tellProgress()
    return read.kind === 'event' ? 'event' : 'other'
  }

  /** Resolves when the next line may be read. */
  async #room(): Promise<void> {
    // An event that could be sent at once is under way before a later line can end the run.
    if (this.#underWay.size === 1) await setImmediate()
    await this.#sender.room()
    await this.#underWay.room()
  }

  async #deliver({ number, bytes }: Line, { event, losses, timeAdded }: PreparedEvent): Promise<void> {
    this.#lineOf.set(event, number)
    const { verdict, runs } = await this.#sender.deliver(event, this.#scope)
    const deliveries = this.#subscriptions.flatMap((subscription): Delivery[] => {
      const run = runs.find((one) => one.subscription === subscription)
      return run ? [{ action: toSubscriptionName(subscription), sent: toSent(run, event, losses) }] : []
    })
    const failures = deliveries.flatMap(({ action, sent }) =>
      sent.kind === 'rejected' ? [{ action, ...sent.failure }] : []
    )
    if (this.#sender.outage !== undefined) this.#breakOff(this.#sender.outage)
    // An event whose end is not known is left to the next run, and so is a failure that says more about Intercom.
    if (verdict.status === 'retry' && this.#signal.aborted) return
    if (this.#isOut && failures.length > 0) return
    const settle = () => {
      const { ledger: checkpoint } = this.#options
      const isKept = this.#isWritten(() => {
        if (failures.length > 0) checkpoint?.failed(number, bytes, failures)
        else checkpoint?.delivered(number)
      })
      // What was delivered is so, written down or not.
      if (!isKept && failures.length > 0) return
      this.#tally.event(timeAdded)
      this.#tally.deliveries(number, event, deliveries)
      this.#tellProgress()
    }
    if (!this.#sender.isDoubtful) this.#settleDoubts()
    if (this.#sender.isDoubtful && verdict.status === 'retry') this.#holdInDoubt(settle)
    else settle()
  }

  #holdInDoubt(settle: () => void): void {
    this.#inDoubt.push(settle)
    if (this.#inDoubt.length >= FAILED_EVENTS_OF_AN_OUTAGE) this.#breakOff(OUT)
  }

  #settleDoubts(): void {
    for (const settle of this.#inDoubt.splice(0)) settle()
  }

  /** Intercom is out or refuses the token: going on would only turn the rest of the file into rejections. */
  #breakOff(reason: string): void {
    this.#isOut = true
    this.#brokeOff ??= { by: 'intercom', reason }
    this.#inDoubt.splice(0)
    this.#stop.abort()
  }

  /** Where the disk takes no record of a line the run ends, and the line is left to the next one. */
  #isWritten(write: () => void): boolean {
    try {
      write()
      return true
    } catch (error) {
      this.#stop.abort()
      if (!(error instanceof DiskError)) throw error
      this.#brokeOff ??= { by: 'disk', reason: error.message }
      return false
    }
  }

  #noteRequest(request: ObservedRequest): void {
    const { method, url, status, events } = request
    if (status === undefined) return
    this.#tally.request(toOperation(method, url), status)
    const [event] = events
    this.#options.onRequest?.(request, (event && this.#lineOf.get(event)) ?? 0)
  }

  #tellProgress(): void {
    const { handled: lines, delivered, failed } = this.#tally
    this.#options.onProgress?.({ bytesRead: this.#bytesRead, lines, delivered, failed })
  }
}
