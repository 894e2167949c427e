import { toUnixSeconds, type UnixSeconds } from '@intercom-destinations/shared-mapping'

/** Milliseconds since 1970, as `Date.now` gives them; handed in, so that a test can choose the hour. */
export type Clock = () => number

const MILLISECONDS_PER_SECOND = 1000
/** How long a person may be on the way: Segment delivers an identify and the event after it side by side. */
const MAX_WAIT_SECONDS = 15 * 60

/** When an event happened, in Unix seconds; nothing has happened yet that claims the future, so that it is now. */
export function toEventTime(value: unknown, clock: Clock): number | undefined {
  const seconds = toUnixSeconds(value)
  return seconds === undefined ? undefined : toPast(seconds, clock)
}

/** A time that claims the future is now. */
export function toPast(seconds: UnixSeconds, clock: Clock): UnixSeconds {
  const now = Math.floor(clock() / MILLISECONDS_PER_SECOND)
  return seconds <= now ? seconds : (toUnixSeconds(now) ?? seconds)
}

/**
 * Whether what happened at this second is recent enough to wait for somebody. Nothing known about the time: no, because
 * such a wait would have no end; and a time far in the future is a wrong one.
 */
export function isWithinRetryWindow(unixSeconds: number | undefined, clock: Clock): boolean {
  if (unixSeconds === undefined) return false
  return Math.abs(clock() / MILLISECONDS_PER_SECOND - unixSeconds) < MAX_WAIT_SECONDS
}
