/** Runs a function on request, but at most once in an interval. */
interface Paced {
  /** Requests a run: at once, or at the end of the interval of the last one. */
  readonly ask: () => void
  /** Runs at once, whatever the interval. */
  readonly now: () => void
}

export function atMostEvery(ms: number, work: () => void): Paced {
  let doneAt = -Infinity
  let waiting: ReturnType<typeof setTimeout> | undefined
  const now = (): void => {
    clearTimeout(waiting)
    waiting = undefined
    doneAt = performance.now()
    work()
  }
  const ask = (): void => {
    if (waiting !== undefined) return
    const wait = doneAt + ms - performance.now()
    if (wait <= 0) now()
    else waiting = setTimeout(now, wait)
  }
  return { ask, now }
}
