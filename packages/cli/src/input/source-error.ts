/** The events cannot be read on: the file changed or is damaged. What came before was delivered. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}
