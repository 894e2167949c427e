/** Long lines wait in a shorter queue, so that memory stays flat whatever the file holds. */
const MAX_BYTES = 32_000_000

/** Work that has begun and has not ended, with the bytes it keeps in memory. */
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

  /** Resolves when memory has room for more; rejects with what a piece of work has thrown. */
  async room(): Promise<void> {
    while (this.#pieces.size > 0 && this.#bytes > MAX_BYTES) await Promise.race(this.#pieces)
    this.#rethrow()
  }

  /** Resolves when nothing is left. */
  async end(): Promise<void> {
    while (this.#pieces.size > 0) await Promise.all(this.#pieces)
    this.#rethrow()
  }

  #rethrow(): void {
    if (this.#error) throw this.#error.thrown
  }
}
