import { Patience, sendEvent, type Clock, type Sent, type Subscription } from '@intercom-destinations/cli'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { Destination, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import { setTimeout as wait } from 'node:timers/promises'
import { messageOf } from '../message-of'
import type { CloudTarget } from './engine-types'
import { Line } from './line'
import { logging, withRequestLog, type RequestLog } from './request-log'

/**
 * How long Intercom may say no to everything before nobody waits for it any longer: two of its windows of ten seconds,
 * and a little. Whoever sits before the page is told sooner than Segment.
 */
const LONGEST_TROUBLE_MS = 25_000

const CLOSED = 'The connection was changed before Intercom took it.'
const NOBODY_KNOWS = 'Intercom has taken nothing for a while.'

/** How often an event is tried again at once that Intercom could take, were its person there. */
const MOST_MISSES = 1

export interface Parcel {
  readonly event: SegmentEvent
  readonly subscription: Subscription
  readonly settings: JSONObject
  readonly log: RequestLog
  /** Told why a try failed, before there is another. */
  readonly onFailedTry: (reason: string) => void
}

/** `tired` is one that Segment would try again, for which nobody here waits any longer. */
export type Delivered = Exclude<Sent, { kind: 'stopped' }> | { kind: 'tired'; reason: string }

/** `told`: Intercom said when to come back. */
type Round = Sent | { kind: 'told' }

type Deliverer = Pick<Destination<{ region?: string }>, 'onEvent'> & {
  readonly responses: { readonly splice: (start: number) => unknown }
}

export interface CourierOptions {
  readonly now: () => number
  /** Whether what it delivers to still is what is connected; asked before every request. */
  readonly isWanted?: () => boolean
  readonly clock?: Clock
  readonly destination?: Deliverer
}

/** The cloud destination for one target, with all that it remembers of the workspace. */
export class Courier {
  readonly #destination: Deliverer
  readonly #clock: Clock
  readonly #isWanted: () => boolean
  readonly #line: Line
  #waits = new AbortController()
  #wakes = 0
  /** Since when nothing has gone well, and what was heard last. */
  #trouble: { readonly since: number; readonly reason: string } | undefined
  #isClosed = false

  constructor({ restHost }: CloudTarget, { now, isWanted = () => true, clock, destination }: CourierOptions) {
    this.#isWanted = isWanted
    this.#clock = clock ?? { now, sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }) }
    this.#line = new Line(this.#clock)
    this.#destination =
      destination ??
      new Destination(withRequestLog(intercomCloud(restHost === undefined ? {} : { restHost }), () => this.isOpen))
  }

  get isOpen(): boolean {
    return !this.#isClosed && this.#isWanted()
  }

  /**
   * Runs an event through one subscription, again for a while where Segment would try again, and as long as it takes
   * where Intercom says when to come back. Never throws.
   */
  deliver(parcel: Parcel): Promise<Delivered> {
    const place = this.#line.join()
    let heard: string | undefined
    const onFailedTry = (reason: string) => {
      heard = reason
      parcel.onFailedTry(reason)
    }
    return logging(parcel.log, async () => {
      for (;;) {
        const wakes = this.#wakes
        const sent = await this.#tryFor({ ...parcel, onFailedTry }, place)
        if (sent.kind === 'delivered' || (sent.kind === 'rejected' && !sent.failure.retryable)) return sent
        if (!this.isOpen) return { kind: 'tired', reason: CLOSED }
        // Whoever was woken meanwhile may have failed of what is over now.
        if (sent.kind === 'told' || wakes !== this.#wakes) continue
        if (sent.kind === 'rejected') return sent
        return { kind: 'tired', reason: heard ?? this.#trouble?.reason ?? NOBODY_KNOWS }
      }
    })
  }

  /** Ends every wait: what waits is tried at once, as if nothing had gone wrong before. */
  wake(): void {
    this.#line.open()
    this.#trouble = undefined
    this.#wakes += 1
    this.#waits.abort()
    this.#waits = new AbortController()
  }

  /** Ends every wait: what waits is not tried any more, and what is under way asks nothing more. */
  close(): void {
    this.#isClosed = true
    this.#waits.abort()
  }

  /** Tries until it is taken or refused, Intercom says when to come back, or the waiting comes to its end. */
  async #tryFor({ event, subscription, settings, log, onFailedTry }: Parcel, place: number): Promise<Round> {
    const [told, tired, over] = [new AbortController(), new AbortController(), new AbortController()]
    const signal = AbortSignal.any([this.#waits.signal, told.signal, tired.signal])
    let misses = 0
    const onEvent: Destination['onEvent'] = async (...call) => {
      log.beginTry()
      try {
        const results = await this.#destination.onEvent(...call)
        this.#trouble = undefined
        return results
      } catch (thrown) {
        if (!this.isOpen) tired.abort()
        else {
          const comeBackAfter = toComeBackAfter(thrown)
          if (comeBackAfter !== undefined) {
            this.#trouble = undefined
            this.#line.holdFor(comeBackAfter)
            told.abort()
          } else if (log.metTrouble) this.#noteTrouble(messageOf(thrown))
          else {
            // Somebody is not there yet, and will not be for all the waiting: the place is for others meanwhile.
            misses += 1
            if (misses > MOST_MISSES) tired.abort()
          }
          onFailedTry(messageOf(thrown))
        }
        throw thrown
      } finally {
        // `Destination` keeps every response for ever.
        this.#destination.responses.splice(0)
      }
    }
    void this.#watch(tired, over.signal)
    try {
      if (!(await isOver(this.#line.enter(place, signal))) || !this.isOpen) return { kind: 'stopped' }
      const sent = await sendEvent(event, subscription, {
        destination: { onEvent },
        settings,
        clock: this.#clock,
        patience: new Patience(),
        pace: this.#line.pace,
        signal
      })
      return sent.kind === 'stopped' && told.signal.aborted ? { kind: 'told' } : sent
    } finally {
      over.abort()
      this.#line.leave(place)
    }
  }

  #noteTrouble(reason: string): void {
    this.#trouble = { since: this.#trouble?.since ?? this.#clock.now(), reason }
  }

  /** Ends the waiting of one when nothing has gone well for too long; trouble that is over meanwhile does not count. */
  async #watch(tired: AbortController, over: AbortSignal): Promise<void> {
    do {
      const since = this.#trouble?.since ?? this.#clock.now()
      const left = since + LONGEST_TROUBLE_MS - this.#clock.now()
      if (left <= 0) tired.abort()
      if (left <= 0 || !(await isOver(this.#clock.sleep(left, over)))) return
    } while (!over.aborted)
  }
}

/** `false` where a signal ended the wait. */
const isOver = (wait: Promise<void>): Promise<boolean> =>
  wait.then(
    () => true,
    () => false
  )

/** When to come back, where Intercom says so: waiting as told is no trouble. */
function toComeBackAfter(thrown: unknown): number | undefined {
  const { retryAfterMs }: { retryAfterMs?: unknown } = typeof thrown === 'object' && thrown !== null ? thrown : {}
  return typeof retryAfterMs === 'number' && retryAfterMs > 0 ? retryAfterMs : undefined
}
