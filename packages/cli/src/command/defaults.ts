/**
 * Enough to hide Intercom's response times, and few enough for its limit of 167 calls a second. It is defined here and not
 * with the delivery, because the help has to name it without loading anything else.
 */
export const DEFAULT_CONCURRENCY = 10

/** The port of `emulate`, which no common service uses. */
export const DEFAULT_PORT = 4010
