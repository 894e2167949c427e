/** Bytes of the lines under way: fewer long lines than short ones, so that memory does not grow with their length. */
const MAX_BYTES = 32_000_000

/** Work under way, with the bytes that it keeps in memory. */
export class WorkUnderWay {
  readonly #pieces = new Set<Promise<void>>()
  #bytes = 0
  #error: { thrown: unknown } | undefined

  get size(): number {
    return this.#pieces.size
  }

  add(bytes: number, work: Promise<void>): void {
    this.#bytes += bytes
    const piece = work
      .catch((thrown: unknown) => {
        this.#error ??= { thrown }
      })
      .then(() => {
        this.#bytes -= bytes
        this.#pieces.delete(piece)
      })
    this.#pieces.add(piece)
  }

  /** Resolves when more work may start; rejects with the first error of the work. */
  async room(): Promise<void> {
    while (this.#pieces.size > 0 && this.#bytes > MAX_BYTES) await Promise.race(this.#pieces)
    this.#rethrow()
  }

  /** Resolves when all work has ended; rejects with its first error. */
  async end(): Promise<void> {
    while (this.#pieces.size > 0) await Promise.all(this.#pieces)
    this.#rethrow()
  }

  #rethrow(): void {
    if (this.#error) throw this.#error.thrown
  }
}
