import { isConfirmation, LINK, type RecordNames } from './record-names'
import { isLater, MAX_AGE_MS, type Change, type Field, type Snapshot, type StateRecord } from './state-store'

const REMOVED = ''
/** Ages may end by this much earlier than they would if each response restarted them. */
const RENEW_AFTER_MS = MAX_AGE_MS / 4

/**
 * Records as one turn or one call sees them: those that were loaded, and its own changes, which others see once they are
 * merged. All of it is synchronous.
 */
export class RecordView {
  readonly #loaded = new Map<string, StateRecord>()
  readonly #own = new Map<string, Map<string, Field>>()
  readonly #pending = new Map<string, Map<string, Change>>()
  #snapshot: Snapshot

  constructor(
    readonly names: RecordNames,
    snapshot: Snapshot,
    /** Milliseconds for which a value that Intercom confirmed is not sent again; 0: always sent. */
    readonly knownMs: number
  ) {
    this.#snapshot = snapshot
  }

  /** Milliseconds, by the clock of the store. */
  get now(): number {
    return this.#snapshot.now
  }

  /** Adds records that were read later. */
  add(snapshot: Snapshot, records: readonly string[]): void {
    for (const record of records) {
      const fields = snapshot.get(record)
      if (!fields) continue
      this.#loaded.set(record, fields)
      for (const [name, { value }] of fields) {
        const linked = name.startsWith(LINK) ? snapshot.get(value) : undefined
        if (linked) this.#loaded.set(value, linked)
      }
    }
    this.#snapshot = { now: snapshot.now, epoch: snapshot.epoch, get: (record) => this.#loaded.get(record) }
  }

  /** The changes since the last time, of each field the last. `merged` is to be called with their stamp. */
  takeChanges(): { changes: readonly Change[]; merged: (stamp: number) => void } {
    const changes = [...this.#pending.values()].flatMap((fields) => [...fields.values()])
    this.#pending.clear()
    return {
      changes,
      merged: (stamp) => {
        for (const { record, field, value, stamp: own } of changes)
          if (own === undefined) this.#own.get(record)?.set(field, { stamp, value })
      }
    }
  }

  /** Takes over changes that are not merged yet. */
  apply(changes: readonly Change[]): void {
    for (const { record, field, value, stamp } of changes) this.change(record, field, value, stamp)
  }

  /** Forgets which values and companies these records have, because a call may have changed them. */
  distrust(records: readonly string[]): void {
    for (const record of records)
      for (const [name, { value }] of this.#snapshot.get(record) ?? []) {
        if (name.startsWith(LINK)) this.distrust([value])
        else if (isConfirmation(name)) this.remove(record, name)
      }
  }

  /** A field as it was loaded or changed since; `undefined` if it is missing or removed. */
  find(record: string, name: string): Field | undefined {
    const own = this.#own.get(record)?.get(name)
    const loaded = this.#snapshot.get(record)?.get(name)
    const field = own && (!loaded || !isLater(loaded, own)) ? own : loaded
    return field?.value === REMOVED ? undefined : field
  }

  /** The names of the fields of a record, also of those that were removed. */
  fieldsOf(record: string): string[] {
    return [...new Set([...(this.#snapshot.get(record)?.keys() ?? []), ...(this.#own.get(record)?.keys() ?? [])])]
  }

  /** The value of a field; `undefined` if it was set longer ago than `maxAgeMs`. */
  findRecent(record: string, name: string, maxAgeMs: number): string | undefined {
    const field = this.find(record, name)
    return field && this.ageOf(field) < maxAgeMs ? field.value : undefined
  }

  /** Milliseconds since a field was set. An own change has no stamp of the store yet, and is new. */
  ageOf({ stamp }: Field): number {
    return Math.max(0, this.now - stamp)
  }

  /** Without a stamp, the store's time at which the change is merged. */
  change(record: string, field: string, value: string, stamp?: number): void {
    const own = getOrCreate(this.#own, record)
    // Until it is merged, an own change is the latest.
    const changed = { stamp: stamp ?? Infinity, value }
    const current = own.get(field)
    if (stamp !== undefined && current && !isLater(changed, current)) return
    own.set(field, changed)
    getOrCreate(this.#pending, record).set(field, { record, field, value, ...(stamp === undefined ? {} : { stamp }) })
  }

  /** Sets a field and restarts its age, unless it was set to the same value a short time ago: that would tell nothing. */
  renew(record: string, field: string, value: string): void {
    const current = this.find(record, field)
    if (current?.value === value && this.ageOf(current) < RENEW_AFTER_MS) return
    this.change(record, field, value)
  }

  remove(record: string, field: string): void {
    this.change(record, field, REMOVED)
  }
}

function getOrCreate<T>(records: Map<string, Map<string, T>>, record: string): Map<string, T> {
  const known = records.get(record)
  if (known) return known
  const fields = new Map<string, T>()
  records.set(record, fields)
  return fields
}
