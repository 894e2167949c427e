import { setImmediate as nextTurn } from 'node:timers/promises'

/** After this long the queue yields to the event loop: the same thread answers the page's requests. */
const MAX_BUSY_MS = 10

/**
 * Runs the web half of events one at a time, in the order in which they came in, so that each person's stay in order.
 */
export class WebQueue {
  #jobs: (() => Promise<void>)[] = []
  #isRunning = false

  /** `onIdle` is called when the queue is empty. */
  constructor(private readonly onIdle: () => void = () => undefined) {}

  get isIdle(): boolean {
    return !this.#isRunning
  }

  /** The job must not reject. */
  add(job: () => Promise<void>): void {
    this.#jobs.push(job)
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#jobs.length > 0) {
      const due = this.#jobs
      this.#jobs = []
      let yieldedAt = performance.now()
      for (const job of due) {
        await job()
        if (performance.now() - yieldedAt < MAX_BUSY_MS) continue
        await nextTurn()
        yieldedAt = performance.now()
      }
    }
    this.#isRunning = false
    this.onIdle()
  }
}
