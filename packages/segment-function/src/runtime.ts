/*
 * What the runtime of Segment's Functions defines beside JavaScript's own globals (segment.com/docs/connections/functions:
 * destination functions, runtime). Other globals of Node may be absent.
 */

type RuntimeError = new (message: string) => Error

/** The function does not take events of this kind. The event is discarded. */
declare const EventNotSupported: RuntimeError
/** The event cannot be delivered as it is. It is discarded. */
declare const InvalidEventPayload: RuntimeError
/** The event is tried again for up to four hours. */
declare const RetryError: RuntimeError

/** The answer for one event of a batch: 2xx is done, 400 is discarded, 500 is tried again. */
export interface BatchResult {
  status: 200 | 400 | 500
  errormessage?: string
}

// The classes are looked up when they are needed: a global that is absent must not keep the file from loading.
export const eventNotSupported = (message: string): Error => new EventNotSupported(message)
export const invalidEventPayload = (message: string): Error => new InvalidEventPayload(message)
export const retryError = (message: string): Error => new RetryError(message)
