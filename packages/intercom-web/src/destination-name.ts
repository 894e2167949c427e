/** The name in Segment's catalog; Analytics.js matches plugins and `integrations` by it, so it is fixed. */
export const DESTINATION_NAME = 'Intercom Web (Actions)'
