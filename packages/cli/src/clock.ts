import { setTimeout } from 'node:timers/promises'

/** Time, handed in, so that a test need not wait for it. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Ends early, by a rejection, when the signal does. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal })
}
