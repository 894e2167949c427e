import { setImmediate } from 'node:timers/promises'

/** After so long others come first: the page is answered by this thread, too. */
const LONGEST_BREATH_MS = 10

/** Work that is done one after another, in the order in which it was added. */
export class SerialQueue {
  #work: (() => Promise<void>)[] = []
  #isRunning = false

  /** `whenIdle` is told when nothing is left. */
  constructor(private readonly whenIdle: () => void = () => undefined) {}

  get isIdle(): boolean {
    return !this.#isRunning
  }

  /** The work must not reject. */
  add(work: () => Promise<void>): void {
    this.#work.push(work)
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#work.length > 0) {
      const due = this.#work
      this.#work = []
      let breathedAt = performance.now()
      for (const work of due) {
        await work()
        if (performance.now() - breathedAt < LONGEST_BREATH_MS) continue
        await setImmediate()
        breathedAt = performance.now()
      }
    }
    this.#isRunning = false
    this.whenIdle()
  }
}
