import { systemClock, type Clock } from '@intercom-destinations/delivery'
import { setImmediate } from 'node:timers/promises'

/**
 * The sender waits this long after its fourth attempt. Tests read what a row shows then, so this wait takes real time.
 */
const LONG_WAIT_MS = 800

/** A clock for tests with real requests and a real thread: short waits pass at once and put it forward. */
export function createFastClock(): Clock {
  let ahead = 0
  const now = () => Date.now() + ahead
  return {
    now,
    sleep: async (milliseconds, signal) => {
      if (milliseconds >= LONG_WAIT_MS) return systemClock.sleep(milliseconds, signal)
      const end = now() + milliseconds
      await setImmediate(undefined, signal ? { signal } : {})
      ahead += Math.max(0, end - now())
    }
  }
}
