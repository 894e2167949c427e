/*
 * The package runs without `intercom-cloud`, so it states three of its numbers again. A test holds them equal.
 */

/** Milliseconds that a record is kept after its last change: `MAX_AGE_MS` of the interface. */
export const DEFAULT_TTL_MS = 60 * 60 * 1000
/** A record with more fields starts anew: `MAX_FIELDS` of the interface. */
export const MAX_FIELDS = 2000
/** Milliseconds that a lock lasts unless it is kept: `LOCK_MS` of the interface. */
export const DEFAULT_LOCK_MS = 20_000
/** Milliseconds of one window of Intercom's rate limit (docs/intercom.md, Rate limit). */
export const WINDOW_MS = 10_000

/** Milliseconds that one command may take. A healthy Redis answers within 2, and an event waits for two commands. */
export const DEFAULT_DEADLINE_MS = 200
/** Milliseconds in which the first connection must be made: the code is loaded and the password is sent as well. */
export const CONNECT_MS = 2000
/** Milliseconds without any answer after which the connection is replaced: its other end may be gone. */
export const SILENCE_MS = 5000
/** The longest wait between two attempts to connect, in milliseconds. */
export const MAX_RECONNECT_MS = 2000

/** Milliseconds after which the calls of a process that reports nothing are not counted: no call takes longer. */
export const FORGET_CALLS_MS = 15_000
/** The part of the calls left that a process may take ahead: eight processes keep at most 16 % of a window from others. */
export const SPARE_SHARE = 0.02
/** The most calls that a process takes ahead. */
export const MAX_SPARE = 8
/** Milliseconds after which ended calls are reported, unless the next call reports them earlier. */
export const REPORT_AFTER_MS = 25
