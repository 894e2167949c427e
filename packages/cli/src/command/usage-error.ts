/** A mistake that the user can correct; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
