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
import { toEventSource, type EventSource } from '../input/open-source'
import { NOT_COPIED, toEventLine, toUnreadableText } from '../input/event-line'
import { toOperation } from '../text/operation'
import type { PreparedEvent } from '../input/prepare-event'
import type { FileRecord } from '@intercom-destinations/event-file'
import { isCountedTwice } from '../report/counted-twice'
import { toSent } from './sent'
import { SourceError } from '../input/source-error'
import { PRESETS, toSubscriptionName } from './subscription-names'
import type { DeliverOptions } from './deliver-options'
import type { Summary } from './summary'
import { DeliveryStats, type Delivery } from './delivery-stats'
import type { Target } from '../target/target'
import { WorkUnderWay } from './work-under-way'

const MILLISECONDS_PER_SECOND = 1000
/** How many events in a row that fail for now, without a usable answer of Intercom, are an outage. */
const FAILED_EVENTS_OF_AN_OUTAGE = 20
const OUTAGE = `Intercom does not answer any more: ${FAILED_EVENTS_OF_AN_OUTAGE} deliveries in a row failed.`

/**
 * Delivers Segment events through the cloud destination, those of a person in the order of the file, and resolves to a
 * summary. A line that cannot be used is counted and never stops the rest; a source that cannot be read rejects.
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

/** The delivery of one file, from its lines to the summary. */
class FileDelivery {
  readonly #options: DeliverOptions
  readonly #source: EventSource
  readonly #target: Target
  readonly #subscriptions: readonly Subscription[]
  readonly #clock: Clock
  readonly #sender: Sender
  readonly #scope: Scope
  readonly #stats: DeliveryStats
  readonly #underWay = new WorkUnderWay()
  readonly #lineOf = new WeakMap<SegmentEvent, number>()
  /** Failures that may be the start of an outage. In an outage these events are left to the next run. */
  readonly #inDoubt: (() => void)[] = []
  /** Ends the run from inside, in an outage or when the disk is full. */
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  #brokeOff: Summary['brokeOff'] = null
  #isOut = false
  #bytesRead = 0
  #recordsRead = 0

  constructor(target: Target, options: DeliverOptions) {
    const { subscriptions = PRESETS, concurrency = DEFAULT_CONCURRENCY, clock = systemClock } = options
    const { signal, source, state } = options
    this.#options = options
    this.#source = 'records' in source ? source : toEventSource(source, 'the input')
    this.#target = target
    this.#subscriptions = subscriptions
    this.#clock = clock
    this.#signal = AbortSignal.any([this.#stop.signal, ...(signal ? [signal] : [])])
    this.#stats = new DeliveryStats(subscriptions.map(toSubscriptionName), this.#source.places, options.earlier)
    this.#sender = openSender({
      ...target.connection,
      ...(state ? { state } : { isOnlyProcess: true }),
      subscriptions,
      concurrency,
      clock,
      // A killed run sends again what it left open, so a window holds no more events than calls are under way.
      windowEvents: concurrency,
      // A failed line goes to the failed lines, and the person's later lines do not wait for it.
      holdAfterRetry: false,
      // An outage is recognised by failed events, because calls in a row also fail in a short disturbance.
      failuresToOpen: Number.POSITIVE_INFINITY,
      onAttempt: ({ event, run }) => {
        options.report?.attempt(this.#lineOf.get(event) ?? 0, event, run)
      },
      onRequest: (request) => {
        this.#recordRequest(request)
      },
      onPause: (until) => options.onWait?.(until)
    })
    this.#scope = this.#sender.openScope({ signal: this.#signal })
  }

  async run(): Promise<Summary> {
    const startedAt = this.#clock.now()
    let isAtEnd = false
    try {
      isAtEnd = await this.#readLines()
    } catch (error) {
      if (error instanceof SourceError) this.#brokeOff = { by: 'input', reason: error.message }
      // The signal ends a source that waits, which is no failure.
      else if (!this.#signal.aborted) throw error
    } finally {
      await this.#underWay.end().finally(() => this.#sender.close())
    }
    if (!this.#isOut) this.#settleDoubts()
    return this.#stats.summary({
      workspace: this.#target.workspace,
      playedBy: this.#target.playedBy ?? null,
      stoppedEarly: this.#options.signal?.aborted ?? false,
      brokeOff: this.#brokeOff,
      complete: isAtEnd && !this.#signal.aborted && this.#brokeOff === null,
      seconds: (this.#clock.now() - startedAt) / MILLISECONDS_PER_SECOND,
      intercomHolds: this.#target.workspaceCounts()
    })
  }

  /** Whether the end of the file was reached. */
  async #readLines(): Promise<boolean> {
    const { limit = Infinity, checkpoint } = this.#options
    let events = 0
    for await (const line of this.#source.records) {
      if (this.#signal.aborted) break
      this.#bytesRead = line.bytesRead
      this.#recordsRead = line.number
      if (checkpoint?.isDone(line.number)) this.#stats.earlier()
      else if ((await this.#readLine(line)) === 'event') events += 1
      if (events >= limit) break
    }
    return events < limit
  }

  async #readLine(line: FileRecord): Promise<'event' | 'other'> {
    const { checkpoint } = this.#options
    const { number, content, bytes } = line
    const read = toEventLine(content, this.#clock.now)
    if (read.kind === 'unreadable') {
      const { reason, suggestion } = read
      const isKept = this.#isWritten(() =>
        checkpoint?.failed(number, bytes, [{ reason: toUnreadableText(read) + (bytes ? '' : NOT_COPIED) }])
      )
      if (isKept) {
        this.#stats.unreadable(number, { reason, suggestion })
        this.#options.report?.unreadable(number, toUnreadableText(read))
      }
      this.#reportProgress()
      return 'other'
    }
    if (read.kind === 'blank') this.#stats.blank()
    else {
      const { event, timeAdded } = read
      const isAllowed = isAllowedByIntegrations(event.integrations)
      if (isAllowed && this.#subscriptions.some(({ takes }) => takes(event))) {
        this.#underWay.add(bytes?.length ?? 0, this.#deliver(line, read))
        await this.#room()
        return 'event'
      }
      this.#stats.event(timeAdded)
      if (isAllowed) this.#stats.deliveries(number, event, [])
      else this.#stats.keptAway(number)
      this.#options.report?.notSent(number, event, isAllowed)
    }
    this.#isWritten(() => checkpoint?.nothingToDeliver(number))
    this.#reportProgress()
    return read.kind === 'event' ? 'event' : 'other'
  }

  /** Resolves when the next line may be read. */
  async #room(): Promise<void> {
    // The first event is under way before a later line can end the run.
    if (this.#underWay.size === 1) await setImmediate()
    await this.#sender.room()
    await this.#underWay.room()
    await this.#options.report?.room()
  }

  async #deliver({ number, bytes }: FileRecord, { event, losses, timeAdded }: PreparedEvent): Promise<void> {
    this.#lineOf.set(event, number)
    const settled = await this.#sender.deliver(event, this.#scope)
    const { verdict, runs } = settled
    const deliveries = this.#subscriptions.flatMap((subscription): Delivery[] => {
      const run = runs.find((one) => one.subscription === subscription)
      return run ? [{ action: toSubscriptionName(subscription), sent: toSent(run, event, losses) }] : []
    })
    const failures = deliveries.flatMap(({ action, sent }) =>
      sent.kind === 'rejected' ? [{ action, ...sent.failure }] : []
    )
    if (this.#sender.outage !== undefined) this.#breakOff(this.#sender.outage)
    // An event without a result is left to the next run, and so is a failure in an outage.
    if (verdict.status === 'retry' && this.#signal.aborted) return
    if (this.#isOut && failures.length > 0) return
    const settle = () => {
      const { checkpoint } = this.#options
      const isKept = this.#isWritten(() => {
        if (failures.length > 0) checkpoint?.failed(number, bytes, failures)
        else checkpoint?.delivered(number)
      })
      // A delivered event counts, even when it could not be recorded.
      if (!isKept && failures.length > 0) return
      this.#stats.event(timeAdded)
      this.#stats.deliveries(number, event, deliveries)
      if (isCountedTwice(event, runs)) this.#stats.countedTwice()
      this.#options.report?.settled(number, event, settled, losses)
      this.#reportProgress()
    }
    if (!this.#sender.isDoubtful) this.#settleDoubts()
    if (this.#sender.isDoubtful && verdict.status === 'retry') this.#holdInDoubt(settle)
    else settle()
  }

  #holdInDoubt(settle: () => void): void {
    this.#inDoubt.push(settle)
    if (this.#inDoubt.length >= FAILED_EVENTS_OF_AN_OUTAGE) this.#breakOff(OUTAGE)
  }

  #settleDoubts(): void {
    for (const settle of this.#inDoubt.splice(0)) settle()
  }

  /** Stops in an outage or when the token is refused, which would fail every line of the rest of the file. */
  #breakOff(reason: string): void {
    this.#isOut = true
    this.#brokeOff ??= { by: 'intercom', reason }
    this.#inDoubt.splice(0)
    this.#stop.abort()
  }

  /** Whether the result of a line was recorded. A disk error ends the run, and leaves the line to the next one. */
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

  #recordRequest(request: ObservedRequest): void {
    const { method, url, status, events } = request
    if (status === undefined) return
    this.#stats.request(toOperation(method, url), status)
    this.#options.report?.request(toOperation(method, url), status)
    const [event] = events
    this.#options.onRequest?.(request, (event && this.#lineOf.get(event)) ?? 0)
  }

  #reportProgress(): void {
    const { handled: lines, delivered, failed } = this.#stats
    // The one that is reported counts as under way until the end of this turn.
    const readAhead = Math.max(0, this.#underWay.size - 1) / Math.max(1, this.#recordsRead)
    const bytesDone = Math.round(this.#bytesRead * (1 - readAhead))
    this.#options.onProgress?.({ bytesDone, lines, delivered, failed })
  }
}
