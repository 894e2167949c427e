import type { Clock } from './clock'

/** When the sender looks again for events that may be sent. */
export class PumpSchedule {
  #isScheduled = false
  #timer: AbortController | undefined

  constructor(
    private readonly clock: Clock,
    private readonly pump: () => void
  ) {}

  /** Once for all events that are passed in one turn of the event loop, so that they can share a window. */
  soon(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.cancel()
      this.pump()
    })
  }

  /** After the shortest of these waits, in milliseconds; never when there are none. Replaces an earlier call. */
  after(waitsMs: readonly number[]): void {
    this.cancel()
    if (waitsMs.length === 0) return
    const timer = new AbortController()
    this.#timer = timer
    this.clock.sleep(Math.max(1, Math.min(...waitsMs)), timer.signal).then(
      () => {
        this.soon()
      },
      () => undefined
    )
  }

  cancel(): void {
    this.#timer?.abort()
    this.#timer = undefined
  }
}
