/**
 * How many calls wait for a login. With one event a second this is two minutes, as on the web half; an app that never
 * logs its people in must not collect them without end.
 */
export const MAX_WAITING_CALLS = 120

/** Calls that wait for the login of their person, in the order in which they arrived. */
export function createWaitingCalls<T>(onDropped: (call: T) => void) {
  let waiting: T[] = []
  return {
    add: (call: T): void => {
      waiting.push(call)
      if (waiting.length > MAX_WAITING_CALLS) for (const oldest of waiting.splice(0, 1)) onDropped(oldest)
    },
    /** Removes and returns the calls that need not wait any longer. */
    take(isReady: (call: T) => boolean): T[] {
      const ready = waiting.filter(isReady)
      waiting = waiting.filter((call) => !ready.includes(call))
      return ready
    }
  }
}
