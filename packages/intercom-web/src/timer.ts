/** One thing that is done later, and soonest counts. */
export interface Timer {
  /** Does it within the given time: an earlier moment that is set already stays. */
  startWithin: (milliseconds: number) => void
  stop: () => void
}

export function createTimer(act: () => void): Timer {
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = 0
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    stop,
    startWithin: (milliseconds) => {
      const at = performance.now() + milliseconds
      if (timer !== undefined && due <= at) return
      stop()
      due = at
      timer = setTimeout(() => {
        timer = undefined
        act()
      }, milliseconds)
    }
  }
}
