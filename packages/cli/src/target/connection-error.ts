/** Nothing was delivered, because Intercom (or its stand-in) could not be reached at all. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
}
