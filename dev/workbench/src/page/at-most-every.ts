/** Something that is done as often as it is asked for, but not more often than it may be. */
interface Paced {
  /** Soon: at once where it was not done lately. */
  readonly ask: () => void
  /** At once, whenever it was done before. */
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
