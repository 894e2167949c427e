import { systemClock, type Clock } from '@intercom-destinations/delivery'

/** How much faster than the system's clock it goes, so that no test waits for long. */
const TIMES = 10

/** A clock for tests with real requests: they take as long as they take, and every wait is a tenth. */
export function createFastClock(): Clock {
  const begun = Date.now()
  return {
    now: () => begun + (Date.now() - begun) * TIMES,
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / TIMES, signal)
  }
}
