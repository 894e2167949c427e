import { Pace, Patience, sendEvent, type Clock, type Sent, type Subscription } from '@intercom-destinations/cli'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { Destination, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import { setTimeout as wait } from 'node:timers/promises'
import type { CloudTarget } from './engine-types'
import { logging, withRequestLog, type RequestLog } from './request-log'

/**
 * How long Intercom may say no to everything before nobody waits for it any longer: two of its windows of ten seconds,
 * and a little. Whoever sits before the page is told sooner than Segment.
 */
const LONGEST_TROUBLE_MS = 25_000

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
  /** Since when nothing has gone well, and what was heard last. */
  #trouble: { readonly since: number; readonly reason: string } | undefined
  #isClosed = false

  constructor({ restHost }: CloudTarget, now: () => number) {
    this.#destination = new Destination(withRequestLog(intercomCloud(restHost === undefined ? {} : { restHost })))
    this.#clock = { now, sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }) }
    this.#pace = new Pace(this.#clock)
  }

  /** Runs an event through one subscription, again for a while where Segment would try again. Never throws. */
  async deliver({ event, subscription, settings, log, onFailedTry }: Parcel): Promise<Delivered> {
    const tired = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const watch = () => {
      if (!this.#trouble) return
      const left = this.#trouble.since + LONGEST_TROUBLE_MS - this.#clock.now()
      timer ??= setTimeout(() => {
        tired.abort()
      }, left)
    }
    const onEvent: Destination['onEvent'] = async (...call) => {
      log.attempt += 1
      try {
        const results = await this.#destination.onEvent(...call)
        this.#trouble = undefined
        return results
      } catch (thrown) {
        const reason = thrown instanceof Error ? thrown.message : String(thrown)
        this.#trouble = { since: this.#trouble?.since ?? this.#clock.now(), reason }
        watch()
        onFailedTry(reason)
        throw thrown
      } finally {
        // `Destination` keeps every response for ever.
        this.#destination.responses.splice(0)
      }
    }
    watch()
    try {
      return await logging(log, async () => {
        for (;;) {
          const sent = await sendEvent(event, subscription, {
            destination: { onEvent },
            settings,
            clock: this.#clock,
            patience: new Patience(),
            pace: this.#pace,
            signal: AbortSignal.any([this.#waits.signal, tired.signal])
          })
          if (sent.kind !== 'stopped') return sent
          // Otherwise it was woken.
          if (tired.signal.aborted || this.#isClosed) return { kind: 'tired', reason: this.#trouble?.reason ?? '' }
        }
      })
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends every wait: what waits is tried at once, as if nothing had gone wrong before. */
  wake(): void {
    this.#pace = new Pace(this.#clock)
    this.#trouble = undefined
    this.#waits.abort()
    this.#waits = new AbortController()
  }

  /** Ends every wait: what waits is not tried any more. */
  close(): void {
    this.#isClosed = true
    this.#waits.abort()
  }
}
