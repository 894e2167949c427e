/** For tests of what Redis stores: a test runner that waits for a core must not pass for a Redis that does not answer. */
export const PATIENT = { deadlineMs: 5000 }
