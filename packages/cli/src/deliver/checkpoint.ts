import { SettledLines } from './settled-lines'
import type { DeadLetterFile, LineFailure } from './dead-letter-file'
import type { Journal } from './journal'

/** Losing the power may cost the records of this long; those lines are then sent again, which Intercom takes as it is. */
const SYNC_EVERY_MS = 1000

export interface CheckpointOptions {
  readonly failedLines: DeadLetterFile
  /** None for a pipe, which cannot be read again, and for the built-in emulator, which forgets. */
  readonly journal?: Journal
  readonly done?: SettledLines
  readonly now: () => number
}

/** Writes down what became of every line, at once: first the failed line itself, then the record that it is done. */
export class Checkpoint {
  readonly #options: CheckpointOptions
  #syncedAt: number
  #isClosed = false
  readonly #settled = new SettledLines()

  constructor(options: CheckpointOptions) {
    this.#options = options
    this.#syncedAt = options.now()
  }

  /** Of all lines up to this one it is written down what became. */
  get settledUpTo(): number {
    return this.#settled.upTo
  }

  isDone(line: number): boolean {
    return this.#options.done?.has(line) ?? false
  }

  delivered(line: number): void {
    this.#options.journal?.line('d', line)
    this.#settled.add(line)
    this.#syncNowAndThen()
  }

  nothingToDeliver(line: number): void {
    this.#options.journal?.line('s', line)
    this.#settled.add(line)
    this.#syncNowAndThen()
  }

  failed(line: number, bytes: Uint8Array | undefined, failures: readonly LineFailure[]): void {
    const { failedLines: deadLetters, journal } = this.#options
    // Named before they exist: a run that is killed in between then finds them again.
    if (!deadLetters.isOpen) journal?.failedFiles(deadLetters.files)
    const sizes = deadLetters.add(line, bytes, failures)
    journal?.line('f', line, sizes)
    this.#settled.add(line)
    this.#syncNowAndThen()
  }

  finished(): void {
    this.#options.journal?.finished(new Date(this.#options.now()).toISOString())
  }

  /** A second time it does nothing. */
  close(): void {
    const { failedLines: deadLetters, journal } = this.#options
    if (this.#isClosed) return
    this.#isClosed = true
    try {
      deadLetters.sync()
    } finally {
      deadLetters.close()
      journal?.close()
    }
  }

  #syncNowAndThen(): void {
    const { failedLines: deadLetters, journal, now } = this.#options
    if (now() - this.#syncedAt < SYNC_EVERY_MS) return
    this.#syncedAt = now()
    deadLetters.sync()
    journal?.sync()
  }
}
