/**
 * What no source states about Intercom. Each is a switch, so that a client can be tested with both answers. `DEFAULTS` has
 * the values that apply without a choice.
 */
export interface Unknowns {
  /**
   * Users with different external ids may share one e-mail address, as users from a CSV import do. Off: the second one is
   * a 409. It is always a 409 if one of the two has no external id, because the address then is its only identifier.
   */
  readonly sharedEmails: boolean
  /** How many metadata keys of an event are kept; OpenAPI 2.16 says ten, help article 175 says twenty. */
  readonly metadataKeys: 10 | 20
  /** A metadata key with one of the characters that help article 175 forbids is a 400. Off: it is accepted. */
  readonly refusesMetadataKeys: boolean
  /** Any text is accepted as an e-mail address. Off: without an `@` it is a 400. */
  readonly freeEmails: boolean
  /** Times before 1970 are accepted. Off: they are a 400. */
  readonly earlyDates: boolean
  /** A text over 255 characters is a 400, is cut to 255 characters, or is kept. */
  readonly longTexts: 'refused' | 'cut' | 'kept'
  /** An event with more than one of id, user_id and email is a 400. Off: the first of these three counts. */
  readonly refusesSeveralIdentifiers: boolean
  /** The 121st event name is refused with the text of the Messenger (422). Off: names are not counted. */
  readonly countsEventNames: boolean
}

const DEFAULTS: Unknowns = {
  sharedEmails: false,
  metadataKeys: 10,
  refusesMetadataKeys: false,
  freeEmails: false,
  earlyDates: false,
  longTexts: 'refused',
  refusesSeveralIdentifiers: false,
  countsEventNames: false
}

/** All switches: the given options, and the defaults for the others. */
export const readUnknowns = (options: Partial<Unknowns>): Unknowns => ({
  sharedEmails: options.sharedEmails ?? DEFAULTS.sharedEmails,
  metadataKeys: options.metadataKeys ?? DEFAULTS.metadataKeys,
  refusesMetadataKeys: options.refusesMetadataKeys ?? DEFAULTS.refusesMetadataKeys,
  freeEmails: options.freeEmails ?? DEFAULTS.freeEmails,
  earlyDates: options.earlyDates ?? DEFAULTS.earlyDates,
  longTexts: options.longTexts ?? DEFAULTS.longTexts,
  refusesSeveralIdentifiers: options.refusesSeveralIdentifiers ?? DEFAULTS.refusesSeveralIdentifiers,
  countsEventNames: options.countsEventNames ?? DEFAULTS.countsEventNames
})
