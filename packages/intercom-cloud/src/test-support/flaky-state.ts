import { MemoryState } from '../state/memory-state'
import type { Awaitable, Change, Lock, Snapshot, StateStore, WorkspaceState } from '../state/state-store'

/** A store that several workers share, which a test can take away, empty, or lock for another process. */
export class FlakyState implements StateStore {
  isAway = false
  /** Whether another process holds all names. */
  isLocked = false
  /** Whether locks are lost as soon as they are to be kept. */
  areLocksLost = false
  lastsMs = 20_000
  /** Calls of the store, such as `lock`. */
  readonly calls: string[] = []
  readonly written: Change[] = []
  #memory: MemoryState
  #epoch = 1

  constructor(private readonly now: () => number) {
    this.#memory = new MemoryState(now)
  }

  /** Loses everything, like a store that starts again without its data. */
  empty(): void {
    this.#memory = new MemoryState(this.now)
    this.#epoch++
  }

  forWorkspace(id: string): WorkspaceState {
    return {
      read: (records) => this.#call('read', () => this.#only(this.#of(id).read(), records)),
      merge: (changes) =>
        this.#call('merge', () => {
          this.written.push(...changes)
          return this.#of(id).merge(changes)
        }),
      lock: (names, records) => this.#call('lock', () => this.#lock(id, names, records)),
      takeCall: () => this.#call('takeCall', () => this.#of(id).takeCall()),
      endCall: (window) =>
        this.#call('endCall', () => {
          this.#of(id).endCall(window)
        })
    }
  }

  close(): void {
    this.calls.push('close')
  }

  #of(id: string) {
    return this.#memory.forWorkspace(id)
  }

  #lock(id: string, names: readonly string[], records: readonly string[]): Lock | undefined {
    const lock = this.isLocked ? undefined : this.#of(id).lock(names)
    if (!lock) return undefined
    return {
      isUnsettled: lock.isUnsettled,
      lastsMs: this.lastsMs,
      snapshot: this.#only(lock.snapshot, records),
      keep: () => this.#call('keep', () => !this.areLocksLost),
      end: (changes, isSettled) =>
        this.#call('end', () => {
          this.written.push(...changes)
          return lock.end(changes, isSettled)
        })
    }
  }

  /** The records that were asked for, and those that they link, as they are now: like a store across a network. */
  #only(snapshot: Snapshot, records: readonly string[]): Snapshot {
    const copies = new Map<string, ReturnType<Snapshot['get']>>()
    const copy = (record: string) => {
      const fields = snapshot.get(record)
      if (fields) copies.set(record, new Map(fields))
      return fields ?? []
    }
    for (const record of records) for (const [name, { value }] of copy(record)) if (name.startsWith('@')) copy(value)
    return { now: this.now(), epoch: String(this.#epoch), get: (record) => copies.get(record) }
  }

  async #call<T>(name: string, call: () => Awaitable<T>): Promise<T> {
    await Promise.resolve()
    this.calls.push(name)
    if (this.isAway) throw new Error('The store does not answer.')
    return call()
  }
}
