/**
 * What no witness says about Intercom. Each is a switch, so that a client can be tried under both answers. The value in
 * `BY_ITSELF` is what this emulator does when nothing is said.
 */
export interface Unknowns {
  /**
   * Users with different external ids may share one e-mail address, as users made by a CSV import do. Off: the second one
   * is a 409. An address still is a 409 where one of the two has no external id, because the address is all that tells
   * them apart.
   */
  readonly sharedEmails: boolean
  /** How many metadata keys of an event are kept; OpenAPI 2.16 says ten, help article 175 says twenty. */
  readonly metadataKeys: 10 | 20
  /** A metadata key with one of the characters that help article 175 forbids is a 400. Off: it is taken. */
  readonly refusesMetadataKeys: boolean
  /** Any text is taken for an e-mail address. Off: without an `@` it is a 400. */
  readonly freeEmails: boolean
  /** Times before 1970 are taken. Off: they are a 400. */
  readonly earlyDates: boolean
  /** What becomes of a text over 255 characters: a 400, its first 255 characters, or all of it. */
  readonly longTexts: 'refused' | 'cut' | 'kept'
  /** An event with more than one of id, user_id and email is a 400. Off: the first of these three counts. */
  readonly refusesSeveralIdentifiers: boolean
  /** The 121st name of an event is refused with the words of the Messenger (422). Off: names are not counted. */
  readonly countsEventNames: boolean
}

const BY_ITSELF: Unknowns = {
  sharedEmails: false,
  metadataKeys: 10,
  refusesMetadataKeys: false,
  freeEmails: false,
  earlyDates: false,
  longTexts: 'refused',
  refusesSeveralIdentifiers: false,
  countsEventNames: false
}

/** Every switch, from the options that were given. */
export const readUnknowns = (options: Partial<Unknowns>): Unknowns => ({
  sharedEmails: options.sharedEmails ?? BY_ITSELF.sharedEmails,
  metadataKeys: options.metadataKeys ?? BY_ITSELF.metadataKeys,
  refusesMetadataKeys: options.refusesMetadataKeys ?? BY_ITSELF.refusesMetadataKeys,
  freeEmails: options.freeEmails ?? BY_ITSELF.freeEmails,
  earlyDates: options.earlyDates ?? BY_ITSELF.earlyDates,
  longTexts: options.longTexts ?? BY_ITSELF.longTexts,
  refusesSeveralIdentifiers: options.refusesSeveralIdentifiers ?? BY_ITSELF.refusesSeveralIdentifiers,
  countsEventNames: options.countsEventNames ?? BY_ITSELF.countsEventNames
})
