import type { Progress } from './deliver-options'

const MILLISECONDS_PER_SECOND = 1000
/** A shorter measurement is too inaccurate. */
const SHORTEST_MS = 1000

export interface Speed {
  /** Lines a second. */
  readonly perSecond: number
  readonly secondsLeft: number | undefined
}

/** Measures from the first progress on, because lines of an earlier run take no time. */
export class Speedometer {
  #first: { at: number; bytesDone: number; lines: number } | undefined
  readonly #totalBytes: number | undefined

  constructor(totalBytes: number | undefined) {
    this.#totalBytes = totalBytes
  }

  /** `undefined` in the first second. */
  measure({ bytesDone, lines }: Progress, at: number): Speed | undefined {
    const first = (this.#first ??= { at, bytesDone, lines })
    const passed = at - first.at
    if (passed < SHORTEST_MS) return undefined
    const bytesPerMs = (bytesDone - first.bytesDone) / passed
    return {
      perSecond: ((lines - first.lines) / passed) * MILLISECONDS_PER_SECOND,
      secondsLeft:
        this.#totalBytes === undefined || bytesPerMs <= 0
          ? undefined
          : (this.#totalBytes - bytesDone) / bytesPerMs / MILLISECONDS_PER_SECOND
    }
  }
}
