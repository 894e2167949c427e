/**
 * A file holds no Segment events. `is` continues its name, such as `is a zip archive`; `advice` is an instruction without
 * a full stop.
 */
export class EventFileError extends Error {
  override readonly name = 'EventFileError'

  constructor(
    readonly is: string,
    readonly advice: string
  ) {
    super(`The file ${is}. ${advice}.`)
  }

  /** Both, as what follows the name of the file. */
  get problem(): string {
    return `${this.is}. ${this.advice}.`
  }
}

/** What is wrong with gzip data, in the same words wherever it is unpacked. */
export const GZIP_PROBLEMS = {
  truncated: () =>
    new EventFileError('ends in the middle of its gzip data: it is truncated', 'Fetch or write it again'),
  damaged: () =>
    new EventFileError('is damaged: its gzip data cannot be unpacked', 'Fetch or write it again; gzip -t tests it')
} as const
