import { systemClock, type Clock } from '@intercom-destinations/delivery'

/** How much faster a short wait passes than with the system's clock. */
const TIMES = 10
/** After the fourth attempt the sender waits so long: a test looks at what is shown then, and must not be overtaken. */
const LONG_WAIT_MS = 800

/** A clock for tests with real requests: it goes as the system's, and short waits are a tenth and put it forward. */
export function createFastClock(): Clock {
  let ahead = 0
  const now = () => Date.now() + ahead
  return {
    now,
    sleep: async (milliseconds, signal) => {
      if (milliseconds >= LONG_WAIT_MS) return systemClock.sleep(milliseconds, signal)
      const end = now() + milliseconds
      await systemClock.sleep(milliseconds / TIMES, signal)
      ahead += Math.max(0, end - now())
    }
  }
}
