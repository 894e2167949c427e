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
