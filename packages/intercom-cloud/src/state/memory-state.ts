import type { Clock } from '../clock'
import { RateLimiter } from '../client/rate-limiter'
import type { RateLimitWindow } from '../client/rate-limit-headers'
import { ExpiringCache } from './expiring-cache'
import { isConfirmation, isSubmittedEvent } from './record-names'
import {
  isLater,
  MAX_AGE_MS,
  MAX_FIELDS,
  type Change,
  type Field,
  type Lock,
  type Snapshot,
  type StateStore,
  type WorkspaceState
} from './state-store'

/** About 15,000 people, with two names each, in about 30 MB. */
const MAX_RECORDS = 50_000
/** Events of the last hour, in a separate cache, so that they do not evict people. */
const MAX_SUBMITTED = 20_000
const MAX_WORKSPACES = 1000

type Records = ExpiringCache<Map<string, Field>>

/** What one process remembers. Its snapshots are live: they show changes that are merged later. */
export class MemoryState implements StateStore {
  readonly #workspaces: ExpiringCache<MemoryWorkspace>
  readonly #records: Records
  readonly #submitted: Records

  constructor(private readonly clock: Clock) {
    this.#workspaces = new ExpiringCache(clock, MAX_WORKSPACES, Infinity)
    this.#records = new ExpiringCache(clock, MAX_RECORDS, MAX_AGE_MS)
    this.#submitted = new ExpiringCache(clock, MAX_SUBMITTED, MAX_AGE_MS)
  }

  forWorkspace(id: string): MemoryWorkspace {
    const known = this.#workspaces.get(id)
    if (known) return known
    const workspace = new MemoryWorkspace(id, this.clock, this.#records, this.#submitted)
    this.#workspaces.set(id, workspace)
    return workspace
  }

  /** Number of records, at most `MAX_RECORDS`. */
  get size(): number {
    return this.#records.size
  }

  close(): void {
    // Nothing is open.
  }
}

export class MemoryWorkspace implements WorkspaceState {
  readonly #limiter: RateLimiter
  readonly #held = new Set<string>()
  readonly #unsettled: ExpiringCache<true>
  #lastStamp = 0

  constructor(
    private readonly id: string,
    private readonly clock: Clock,
    private readonly records: Records,
    private readonly submitted: Records
  ) {
    this.#limiter = new RateLimiter(clock)
    this.#unsettled = new ExpiringCache(clock, MAX_SUBMITTED, MAX_AGE_MS)
  }

  /** Every record can be read, also one that is not named. */
  read(): Snapshot {
    const { clock } = this
    return {
      get now() {
        return clock()
      },
      epoch: '',
      get: (record) => this.#find(record)
    }
  }

  merge(changes: readonly Change[]): number {
    const stamp = Math.max(this.clock(), this.#lastStamp + 1)
    this.#lastStamp = stamp
    let record = ''
    let fields = new Map<string, Field>()
    for (const change of changes) {
      // The changes of a record follow one another, so each record is looked up about once.
      if (change.record !== record) {
        record = change.record
        fields = this.#touch(record)
      }
      if (fields.size >= MAX_FIELDS && !fields.has(change.field)) fields.clear()
      const field = { stamp: change.stamp ?? stamp, value: change.value }
      const current = fields.get(change.field)
      if (!current || isLater(field, current)) fields.set(change.field, field)
    }
    return stamp
  }

  lock(names: readonly string[]): Lock | undefined {
    if (names.some((name) => this.#held.has(name))) return undefined
    const isUnsettled = names.some((name) => this.#unsettled.has(name))
    for (const name of names) this.#held.add(name)
    return {
      snapshot: this.read(),
      lastsMs: Infinity,
      isUnsettled,
      // The holder of a lock in memory cannot die without its process.
      keep: () => true,
      end: (changes, isSettled) => {
        for (const name of names) {
          this.#held.delete(name)
          if (isSettled) this.#unsettled.delete(name)
          else this.#unsettled.set(name, true)
        }
        return this.merge(changes)
      }
    }
  }

  takeCall(): number {
    return this.#limiter.takeCall()
  }

  endCall(window?: RateLimitWindow): void {
    this.#limiter.endCall(window)
  }

  /** What stays true, whatever other processes wrote since: all but what Intercom holds at present. */
  *facts(): Generator<Change> {
    const prefix = this.#keyOf('')
    for (const records of [this.records, this.submitted])
      for (const [key, fields] of records.entries())
        if (key.startsWith(prefix))
          for (const [field, { stamp, value }] of fields)
            if (!isConfirmation(field)) yield { record: key.slice(prefix.length), field, value, stamp }
  }

  /** The fields of a record, set again so that its age restarts. */
  #touch(record: string): Map<string, Field> {
    const fields = this.#find(record) ?? new Map<string, Field>()
    this.#cacheOf(record).set(this.#keyOf(record), fields)
    return fields
  }

  #find(record: string): Map<string, Field> | undefined {
    return this.#cacheOf(record).get(this.#keyOf(record))
  }

  #cacheOf(record: string): Records {
    return isSubmittedEvent(record) ? this.submitted : this.records
  }

  #keyOf(record: string): string {
    return `${this.id} ${record}`
  }
}
