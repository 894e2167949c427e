import fastq from 'fastq'

/** How much is read ahead of the slowest, for each worker: one busy person must not keep everybody waiting. */
const READ_AHEAD = 20
/** Long lines wait in a shorter queue, so that memory stays flat whatever the file holds. */
const MAX_WAITING_BYTES = 32_000_000

/**
 * Runs work side by side, and in the order it was added wherever two pieces share a key. Work that shares nothing may
 * overtake.
 */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>()
  readonly #run: (work: () => Promise<void>) => Promise<void>
  readonly #maxWaiting: number
  readonly #waiting = new Set<Promise<void>>()
  #bytes = 0
  #error: { thrown: unknown } | undefined

  constructor(concurrency: number) {
    const queue = fastq.promise((work: () => Promise<void>) => work(), concurrency)
    this.#run = (work) => queue.push(work)
    this.#maxWaiting = concurrency * READ_AHEAD
  }

  /** Resolves as soon as more may be added. */
  async add(keys: readonly string[], bytes: number, work: () => Promise<void>): Promise<void> {
    const before = keys.flatMap((key) => this.#tails.get(key) ?? [])
    this.#bytes += bytes
    const tail: Promise<void> = Promise.all(before)
      .then(() => (this.#error ? undefined : this.#run(work)))
      .catch((thrown: unknown) => {
        this.#error ??= { thrown }
      })
      .then(() => {
        this.#bytes -= bytes
        this.#waiting.delete(tail)
        for (const key of keys) if (this.#tails.get(key) === tail) this.#tails.delete(key)
      })
    this.#waiting.add(tail)
    for (const key of keys) this.#tails.set(key, tail)
    while (this.#waiting.size >= this.#maxWaiting || (this.#waiting.size > 0 && this.#bytes > MAX_WAITING_BYTES)) {
      await Promise.race(this.#waiting)
    }
    this.#rethrow()
  }

  /** Resolves when nothing is left. */
  async finish(): Promise<void> {
    while (this.#waiting.size > 0) await Promise.all(this.#waiting)
    this.#rethrow()
  }

  #rethrow(): void {
    if (this.#error) throw this.#error.thrown
  }
}
