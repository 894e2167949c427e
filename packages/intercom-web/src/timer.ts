/** A timer for one action. The earliest time that was asked for counts. */
export interface Timer {
  /** Runs the action within the given time; an earlier time that is already set stays. */
  startWithin: (milliseconds: number) => void
  stop: () => void
}

export function createTimer(act: () => void): Timer {
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueAt = 0
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    stop,
    startWithin: (milliseconds) => {
      const at = performance.now() + milliseconds
      if (timer !== undefined && dueAt <= at) return
      stop()
      dueAt = at
      timer = setTimeout(() => {
        timer = undefined
        act()
      }, milliseconds)
    }
  }
}
