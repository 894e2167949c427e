import { Lanes } from '@intercom-destinations/cli'
import { setImmediate } from 'node:timers/promises'

/** As many events are on their way at once; those of one person never are. */
const SIDE_BY_SIDE = 8
/** After so long others come first: the page is answered by this thread, too. */
const LONGEST_BREATH_MS = 10

interface Turn {
  readonly keys: readonly string[]
  readonly work: () => Promise<void>
}

/** Work in order of its keys, as in `Lanes`, behind a queue that takes any amount at once. */
export class Turns {
  readonly #lanes: Lanes
  #queue: Turn[] = []
  #isRunning = false

  constructor(sideBySide = SIDE_BY_SIDE) {
    this.#lanes = new Lanes(sideBySide)
  }

  /** The work must not reject. */
  add(keys: readonly string[], work: () => Promise<void>): void {
    this.#queue.push({ keys, work })
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#queue.length > 0) {
      const turns = this.#queue
      this.#queue = []
      let breathedAt = performance.now()
      for (const { keys, work } of turns) {
        await this.#lanes.add(keys, 0, work)
        if (performance.now() - breathedAt < LONGEST_BREATH_MS) continue
        await setImmediate()
        breathedAt = performance.now()
      }
    }
    this.#isRunning = false
  }
}
