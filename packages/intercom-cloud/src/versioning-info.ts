/**
 * Sent with every request: without it Intercom falls back to the version of each customer's app, possibly 1.0
 * (developers.intercom.com, update-your-api-version). 2.16 is the newest whose description is published.
 */
export const INTERCOM_API_VERSION = '2.16'
