import { toUnixSeconds, type UnixSeconds } from '@intercom-destinations/shared-mapping'

/** Milliseconds since 1970, like `Date.now`. */
export type Clock = () => number

/** Time and chance, which tests replace. */
export interface Timing {
  now: Clock
  /** Resolves after this many milliseconds. */
  sleep: (milliseconds: number) => Promise<void>
  /** From 0 up to, but not including, 1, like `Math.random`. */
  random: () => number
}

const MILLISECONDS_PER_SECOND = 1000
/** How long to wait for an unknown person: Segment delivers an identify and the next event concurrently. */
const RETRY_WINDOW_SECONDS = 15 * 60

/** When an event happened, in Unix seconds. A time in the future becomes now. */
export function toEventTime(value: unknown, clock: Clock): number | undefined {
  const seconds = toUnixSeconds(value)
  return seconds === undefined ? undefined : toPast(seconds, clock)
}

/** The time, or now if it is in the future. */
export function toPast(seconds: UnixSeconds, clock: Clock): UnixSeconds {
  const now = Math.floor(clock() / MILLISECONDS_PER_SECOND)
  return seconds <= now ? seconds : (toUnixSeconds(now) ?? seconds)
}

/**
 * Whether an event is recent enough to be retried until its contact exists: less than 15 minutes old. `false` without a
 * time, because the retries would have no end, and for a time far in the future, which is wrong.
 */
export function isWithinRetryWindow(unixSeconds: number | undefined, clock: Clock): boolean {
  if (unixSeconds === undefined) return false
  return Math.abs(clock() / MILLISECONDS_PER_SECOND - unixSeconds) < RETRY_WINDOW_SECONDS
}
