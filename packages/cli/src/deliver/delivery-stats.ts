import { isError } from '@intercom-destinations/delivery'
import type { SegmentEvent } from '@segment/actions-core'
import type { Unreadable } from '../input/event-line'
import { TopCounts, type TopCount } from './top-counts'
import type { Sent } from './sent'
import type { ActionLoss, EarlierCounts, Rejection, Summary } from './summary'
import type { Places } from '../input/places'
import type { WorkspaceCounts } from '../target/workspace-counts'
import { KEPT_AWAY } from '../text/kept-away'

/** One run of an action, and its result. */
export interface Delivery {
  /** The name of the subscription, or the title of the action. */
  readonly action: string
  readonly sent: Sent
}

export interface Ending {
  readonly workspace: string
  readonly playedBy: string | null
  readonly stoppedEarly: boolean
  readonly brokeOff: Summary['brokeOff']
  readonly complete: boolean
  readonly seconds: number
  readonly intercomHolds: WorkspaceCounts | undefined
}

const OTHERS = 'others'
const NOTHING_EARLIER: EarlierCounts = { delivered: 0, failed: 0, nothingToDeliver: 0 }

const toSharedLoss = ({ action, reason }: ActionLoss): ActionLoss => ({ action, path: OTHERS, reason })

/** The counts of a delivery. Their size does not grow with the file. */
export class DeliveryStats {
  readonly #places: Pick<Places, 'toText'> | undefined
  readonly #earlierCounts: EarlierCounts
  #read = 0
  #blank = 0
  #earlier = 0
  #timesAdded = 0
  #countedTwice = 0
  #retries = 0
  readonly #lines = { unreadable: 0, events: 0 }
  readonly #events = { delivered: 0, rejected: 0, notForIntercom: 0 }
  readonly #actions = new Map<string, { delivered: number; rejected: number }>()
  readonly #operations = new Map<string, { count: number; refused: number }>()
  readonly #unreadable = new TopCounts<Unreadable>((row) => row)
  readonly #notForIntercom = new TopCounts<{ reason: string }>(() => ({ reason: OTHERS }))
  readonly #rejections = new TopCounts<Rejection>(({ action, retryable }) => ({ action, reason: OTHERS, retryable }))
  readonly #losses = new TopCounts(toSharedLoss)
  readonly #doubtful = new TopCounts(toSharedLoss)

  /** `actions` in the order in which they are listed, because the order in which they end varies. */
  constructor(actions: readonly string[], places?: Pick<Places, 'toText'>, earlier = NOTHING_EARLIER) {
    this.#places = places
    this.#earlierCounts = earlier
    for (const action of actions) this.#actions.set(action, { delivered: 0, rejected: 0 })
  }

  get delivered(): number {
    return this.#events.delivered
  }

  get failed(): number {
    return this.#events.rejected + this.#lines.unreadable
  }

  /** How many lines this run has settled, of any kind. */
  get handled(): number {
    return this.#read
  }

  blank(): void {
    this.#read += 1
    this.#blank += 1
  }

  /** Counts a line that an earlier run has settled. */
  earlier(): void {
    this.#earlier += 1
  }

  unreadable(line: number, why: Unreadable): void {
    this.#read += 1
    this.#lines.unreadable += 1
    this.#unreadable.add(why, line)
  }

  /** Counts an event line; its result is counted separately. */
  event(timeAdded: boolean): void {
    this.#read += 1
    this.#lines.events += 1
    if (timeAdded) this.#timesAdded += 1
  }

  keptAway(line: number): void {
    this.#addNotForIntercom(line, KEPT_AWAY)
  }

  /** Counts an event with its deliveries: none when no subscription takes it. It is rejected when one of them failed. */
  deliveries(line: number, event: SegmentEvent, deliveries: readonly Delivery[]): void {
    if (deliveries.length === 0) {
      this.#addNotForIntercom(line, `no subscription takes ${event.type} calls`)
      return
    }
    for (const { action, sent } of deliveries) {
      this.#retries += sent.retries
      const counts = this.#actions.get(action) ?? { delivered: 0, rejected: 0 }
      this.#actions.set(action, counts)
      counts[sent.kind] += 1
      if (sent.kind === 'rejected') {
        this.#rejections.add({ action, ...sent.failure }, line)
        continue
      }
      for (const { path, reason } of sent.losses) this.#losses.add({ action, path, reason }, line)
      for (const { path, reason } of sent.doubtful) this.#doubtful.add({ action, path, reason }, line)
    }
    const whole = deliveries.every(({ sent }) => sent.kind === 'delivered')
    this.#events[whole ? 'delivered' : 'rejected'] += 1
  }

  /** Counts an event that the web destination of its page has sent as well. */
  countedTwice(): void {
    this.#countedTwice += 1
  }

  request(operation: string, status: number): void {
    const counts = this.#operations.get(operation) ?? { count: 0, refused: 0 }
    this.#operations.set(operation, counts)
    counts.count += 1
    if (isError(status)) counts.refused += 1
  }

  summary({ intercomHolds, ...ending }: Ending): Summary {
    const operations = [...this.#operations]
      .map(([operation, counts]) => ({ operation, ...counts }))
      .sort((a, b) => b.count - a.count || a.operation.localeCompare(b.operation, 'en'))
    const { delivered, failed, nothingToDeliver } = this.#earlierCounts
    const total = operations.reduce((sum, { count }) => sum + count, 0)
    return {
      ...ending,
      lines: { read: this.#read, earlier: this.#earlier, blank: this.#blank, ...this.#lines },
      whole: {
        delivered: delivered + this.#events.delivered,
        failed: failed + this.failed,
        nothingToDeliver: nothingToDeliver + this.#events.notForIntercom + this.#blank
      },
      events: { ...this.#events },
      actions: [...this.#actions]
        .map(([action, counts]) => ({ action, ...counts }))
        .filter(({ delivered, rejected }) => delivered + rejected > 0),
      rejections: this.#withPlaces(this.#rejections.list()),
      unreadable: this.#withPlaces(this.#unreadable.list()),
      notForIntercom: this.#withPlaces(this.#notForIntercom.list()),
      losses: this.#withPlaces(this.#losses.list()),
      doubtful: this.#withPlaces(this.#doubtful.list()),
      timesAdded: this.#timesAdded,
      countedTwice: this.#countedTwice,
      retries: this.#retries,
      requests: {
        total,
        perDeliveredEvent: this.delivered === 0 ? null : total / this.delivered,
        operations
      },
      intercomHolds: intercomHolds ?? null
    }
  }

  /** Adds the places of the first ones, where the numbers of the run are not those of a file. */
  #withPlaces<T extends TopCount>(rows: readonly T[]): (T & TopCount)[] {
    return rows.map((row) => {
      const places = row.lines.flatMap((line) => this.#places?.toText(line) ?? [])
      return places.length === 0 ? row : { ...row, places }
    })
  }

  #addNotForIntercom(line: number, reason: string): void {
    this.#events.notForIntercom += 1
    this.#notForIntercom.add({ reason }, line)
  }
}
