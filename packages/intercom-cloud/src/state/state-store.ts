import type { RateLimitWindow } from '../client/rate-limit-headers'

/*
 * What the destination remembers, and where. The default keeps it in the process; a store that several processes share
 * makes a fleet act as one process. A record is a set of fields; a field is a value with a stamp, and of two values the
 * one with the later stamp stays. So changes can arrive in any order, and twice, with the same result.
 *
 * Names and values hold Intercom's ids, salted hashes and times, never an address, an id of the customer or a token.
 */

/** A value directly, or later. A store in memory answers directly, so that it costs no turn of the event loop. */
export type Awaitable<T> = T | Promise<T>

export interface Field {
  /** Decides which of two values stays: the store's time in milliseconds, or the time of an event in seconds. */
  readonly stamp: number
  /** The empty text stands for a value that was removed. */
  readonly value: string
}

/** The fields of one record, by name. A field whose name begins with `@` holds the name of a linked record. */
export type StateRecord = ReadonlyMap<string, Field>

export interface Change {
  readonly record: string
  readonly field: string
  readonly value: string
  /** By default the store's time at which it merges the change; every merge has a later one than those before. */
  readonly stamp?: number
}

/** Records at one moment. */
export interface Snapshot {
  /** The store's time, in milliseconds. Ages are counted by it, so the clocks of the processes do not matter. */
  readonly now: number
  /** Another text than before shows that the store has lost what it held. */
  readonly epoch: string
  /** All processes that write to the workspace share it. The destination sets it; a store does not. */
  readonly isShared?: boolean
  /** A record that was asked for, or that is linked from one; `undefined` if the store does not have it. */
  get(record: string): StateRecord | undefined
}

/** A lock on names. No other holder has any of them until it ends or its time is over. */
export interface Lock {
  readonly snapshot: Snapshot
  /** Milliseconds that it lasts from its beginning unless it is kept. */
  readonly lastsMs: number
  /** The last holder of one of the names died, or had a call without an answer: what Intercom holds is not certain. */
  readonly isUnsettled: boolean
  /** Makes the lock last at least this many milliseconds from now. `false`: it was lost, and others may hold it. */
  keep(milliseconds: number): Awaitable<boolean>
  /**
   * Merges changes and frees the names; returns the stamp of the changes. With `isSettled` false, others find the names
   * locked until the time is over, and unsettled after it. The same process gets them at once, unsettled too.
   */
  end(changes: readonly Change[], isSettled: boolean): Awaitable<number>
}

/** The part of a store that belongs to one workspace. All methods may reject; the caller then goes on without them. */
export interface WorkspaceState {
  read(records: readonly string[]): Awaitable<Snapshot>
  /** Returns the stamp of the changes. */
  merge(changes: readonly Change[]): Awaitable<number>
  /** Locks all names or none, and reads records; `undefined` if another process holds one of the names. */
  lock(names: readonly string[], records: readonly string[]): Awaitable<Lock | undefined>
  /** Takes one call of the rate limit and returns 0, or returns the milliseconds until the next window. */
  takeCall(): Awaitable<number>
  /** Ends a call, with what the headers of its response say about the window. */
  endCall(window?: RateLimitWindow): Awaitable<void>
}

export interface StateStore {
  /** `id` is a hash that shows neither host nor token. */
  forWorkspace(id: string): WorkspaceState
  /** Frees connections. */
  close(): Awaitable<void>
}

/** Milliseconds that a record is kept after its last change, unless a store is told otherwise. */
export const MAX_AGE_MS = 60 * 60 * 1000
/** A record with more fields starts anew: five times what one contact can have (docs/intercom.md, Contacts). */
export const MAX_FIELDS = 2000
/** Milliseconds that a lock lasts unless it is kept. Longer than the longest call, so that a call fits into one. */
export const LOCK_MS = 20_000

/** The later value stays; of two with one stamp the greater text, so that the order in which they arrive does not matter. */
export function isLater(field: Field, than: Field): boolean {
  return field.stamp > than.stamp || (field.stamp === than.stamp && field.value > than.value)
}
