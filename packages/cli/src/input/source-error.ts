/** The rest of the events cannot be read: the file changed or is damaged. The events before it were delivered. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}
