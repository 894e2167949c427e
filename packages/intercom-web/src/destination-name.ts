/** The name in Segment's catalog. It must not change: Analytics.js matches plugins and `integrations` by it. */
export const DESTINATION_NAME = 'Intercom Web (Actions)'
