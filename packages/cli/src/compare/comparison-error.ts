/** The other destination cannot be run, or not any longer. The message says what to do. */
export class ComparisonError extends Error {
  override readonly name = 'ComparisonError'
}
