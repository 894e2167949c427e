import type { SegmentEvent } from '@segment/actions-core'
import type { ObservedRequest } from './observed-request'
import type { Run } from './outcome'
import type { Settled } from './queued-event'

/** What a page, a log or a trace may observe. A hook that throws does not affect a delivery. */
export interface Hooks {
  /** Before each attempt of an event. */
  onStart?: (start: { event: SegmentEvent }) => void
  /** After each run of one subscription for one event. */
  onAttempt?: (attempt: { event: SegmentEvent; run: Run }) => void
  /** After each call to Intercom, in the order of the answers. */
  onRequest?: (request: ObservedRequest) => void
  /** When Intercom's rate limit holds all deliveries, with the time until then, in milliseconds since 1970. */
  onPause?: (until: number) => void
  /** Once for each event, with its verdict. */
  onSettled?: (settled: Settled) => void
}

/** Calls a hook of the host, and ignores what it throws. */
export function callHook(call: () => void): void {
  try {
    call()
  } catch {
    // An error of the host must not fail a delivery.
  }
}
