/**
 * Sent with every request. Without it Intercom uses the version of the customer's app, possibly 1.0
 * (developers.intercom.com, update-your-api-version). 2.16 is the newest version with a published description.
 */
export const INTERCOM_API_VERSION = '2.16'
