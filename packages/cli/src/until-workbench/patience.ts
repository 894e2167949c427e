/** How long waiting for one kind of failure may come to nothing, over the whole file. */
const LIMIT_MS = 10_000

/**
 * Keeps a file of ten thousand hopeless events from waiting ten thousand times: when tries after a failure have come to
 * nothing for long enough, events with that failure are not tried again.
 */
export class Patience {
  readonly #wasted = new Map<string, number>()
  readonly #limitMs: number

  constructor(limitMs = LIMIT_MS) {
    this.#limitMs = limitMs
  }

  isLeftFor(reason: string): boolean {
    return (this.#wasted.get(reason) ?? 0) < this.#limitMs
  }

  waited(reason: string, milliseconds: number): void {
    this.#wasted.set(reason, (this.#wasted.get(reason) ?? 0) + milliseconds)
  }

  /** Waiting did help. */
  restore(): void {
    this.#wasted.clear()
  }
}
