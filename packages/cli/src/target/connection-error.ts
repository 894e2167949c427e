/** Intercom or the emulator cannot be reached or refuses the token, so nothing was delivered. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
}
