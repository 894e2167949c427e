/**
 * A file holds no Segment events. `problem` continues its name and says what to do: `is a zip archive. Unpack it first: …`.
 */
export class EventFileError extends Error {
  override readonly name = 'EventFileError'

  constructor(readonly problem: string) {
    super(`It ${problem}`)
  }
}
