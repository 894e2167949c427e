import type { ObservedRequest, RequestWatch } from '../observed-request'

/** A watch that limits nothing, with what it saw. `leftMs`: the milliseconds until the deadline; none by default. */
export function openWatch(leftMs?: number) {
  const requests: ObservedRequest[] = []
  let failures = 0
  const watch: RequestWatch = {
    events: [],
    limit: (call) => call(),
    now: () => 0,
    leftMs: () => leftMs,
    answered: () => undefined,
    failed: () => {
      failures += 1
    },
    observe: (request) => requests.push(request)
  }
  return { watch, requests, failures: () => failures }
}
