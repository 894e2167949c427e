import { SettledLines } from './settled-lines'
import type { DeadLetterFile, LineFailure } from './dead-letter-file'
import type { Journal } from './journal'
import { Places } from '../input/places'

/** Milliseconds of records that a power failure may lose; those lines are sent again, which Intercom accepts. */
const SYNC_EVERY_MS = 1000

const ONE_FILE = new Places()

export interface CheckpointOptions {
  readonly deadLetters: DeadLetterFile
  /** None for a pipe, which cannot be read again, and for the built-in emulator, which keeps nothing. */
  readonly journal?: Journal
  /** The lines that earlier runs have settled. */
  readonly done?: SettledLines
  /** The places of the lines in their files; one file by default. */
  readonly places?: Pick<Places, 'of'>
  readonly now: () => number
}

/** Records the result of every line at once: first the failed line itself, then the journal entry that it is done. */
export class Checkpoint {
  readonly #options: CheckpointOptions
  #syncedAt: number
  #isClosed = false
  readonly #settled = new SettledLines()

  constructor(options: CheckpointOptions) {
    this.#options = options
    this.#syncedAt = options.now()
  }

  /** Every line up to this one is settled and recorded. */
  get settledUpTo(): number {
    return this.#settled.upTo
  }

  isDone(line: number): boolean {
    return this.#options.done?.has(line) ?? false
  }

  delivered(line: number): void {
    this.#options.journal?.line('d', line)
    this.#settled.add(line)
    this.#syncIfDue()
  }

  nothingToDeliver(line: number): void {
    this.#options.journal?.line('s', line)
    this.#settled.add(line)
    this.#syncIfDue()
  }

  failed(line: number, bytes: Uint8Array | undefined, failures: readonly LineFailure[]): void {
    const { deadLetters, journal, places } = this.#options
    // Recorded before the files exist, so that a run after a kill in between finds them.
    if (!deadLetters.isOpen) journal?.failedFiles(deadLetters.files)
    const sizes = deadLetters.add((places ?? ONE_FILE).of(line), bytes, failures)
    journal?.line('f', line, sizes)
    this.#settled.add(line)
    this.#syncIfDue()
  }

  finished(): void {
    this.#options.journal?.finished(new Date(this.#options.now()).toISOString())
  }

  /** Does nothing when it is called again. */
  close(): void {
    const { deadLetters, journal } = this.#options
    if (this.#isClosed) return
    this.#isClosed = true
    try {
      deadLetters.sync()
    } finally {
      deadLetters.close()
      journal?.close()
    }
  }

  #syncIfDue(): void {
    const { deadLetters, journal, now } = this.#options
    if (now() - this.#syncedAt < SYNC_EVERY_MS) return
    this.#syncedAt = now()
    deadLetters.sync()
    journal?.sync()
  }
}
