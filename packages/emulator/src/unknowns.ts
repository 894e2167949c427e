/**
 * What no witness says about Intercom. Each is a switch, so that a client can be tried under both answers. Off is what
 * this emulator does by itself.
 */
export interface Unknowns {
  /**
   * Users with different external ids may share one e-mail address, as users made by a CSV import do. Off: the second one
   * is a 409. An address still is a 409 where one of the two has no external id, because the address is all that tells
   * them apart.
   */
  readonly sharedEmails: boolean
}

/** What holds where an option is left out. */
const OFF: Unknowns = {
  sharedEmails: false
}

/** Every switch, from the options that were given. */
export const readUnknowns = (options: Partial<Unknowns>): Unknowns => ({
  sharedEmails: options.sharedEmails ?? OFF.sharedEmails
})
