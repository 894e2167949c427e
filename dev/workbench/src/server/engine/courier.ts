import { Pace, Patience, sendEvent, type Clock, type Sent, type Subscription } from '@intercom-destinations/cli'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { Destination, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import { setTimeout as wait } from 'node:timers/promises'
import type { CloudTarget } from './engine-types'
import { logging, withRequestLog, type RequestLog } from './request-log'

/** Two of Intercom's windows of ten seconds, and a little. Whoever sits before the page is told sooner than Segment. */
const LONGEST_TRYING_MS = 25_000

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

/** The cloud destination for one target, with all that it remembers of the workspace. */
export class Courier {
  readonly #destination: Destination<{ region?: string }>
  readonly #clock: Clock
  #pace: Pace
  #waits = new AbortController()

  constructor({ restHost }: CloudTarget, now: () => number) {
    this.#destination = new Destination(withRequestLog(intercomCloud(restHost === undefined ? {} : { restHost })))
    this.#clock = { now, sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }) }
    this.#pace = new Pace(this.#clock)
  }

  /** Runs an event through one subscription, again for a while where Segment would try again. Never throws. */
  async deliver({ event, subscription, settings, log, onFailedTry }: Parcel): Promise<Delivered> {
    let reason = ''
    const tired = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const noted = (thrown: unknown): never => {
      reason = thrown instanceof Error ? thrown.message : String(thrown)
      timer ??= setTimeout(() => {
        tired.abort()
      }, LONGEST_TRYING_MS)
      onFailedTry(reason)
      throw thrown
    }
    const onEvent: Destination['onEvent'] = (...call) => {
      log.attempt += 1
      return this.#destination
        .onEvent(...call)
        .catch(noted)
        .finally(this.#forgetResponses)
    }
    try {
      return await logging(log, async () => {
        for (;;) {
          const woken = this.#waits.signal
          const sent = await sendEvent(event, subscription, {
            destination: { onEvent },
            settings,
            clock: this.#clock,
            patience: new Patience(),
            pace: this.#pace,
            signal: AbortSignal.any([woken, tired.signal])
          })
          if (sent.kind !== 'stopped') return sent
          if (tired.signal.aborted || this.#isClosed) return { kind: 'tired', reason }
        }
      })
    } finally {
      clearTimeout(timer)
    }
  }

  #isClosed = false

  /** Ends every wait: what waits is tried at once. */
  wake(): void {
    this.#pace = new Pace(this.#clock)
    this.#waits.abort()
    this.#waits = new AbortController()
  }

  /** Ends every wait: what waits is not tried any more. */
  close(): void {
    this.#isClosed = true
    this.wake()
  }

  /** `Destination` keeps every response for ever. */
  readonly #forgetResponses = () => {
    this.#destination.responses.splice(0)
  }
}
