import type { Clock } from '../clock'
import type { RateLimitWindow } from '../client/rate-limit-headers'
import type { MemoryState, MemoryWorkspace } from './memory-state'
import type { Awaitable, Change, Lock, Snapshot, StateStore, WorkspaceState } from './state-store'

/** Milliseconds for which a store that failed is left alone, so that not every event waits for it. */
const PAUSE_AFTER_FAILURE_MS = 1000
/** Changes in one merge when a store gets back what it lost. */
const CHANGES_PER_MERGE = 500

/**
 * A store that several processes share, beside the process's own memory. While the store fails, the process goes on as one
 * that is alone. The memory holds what the process itself wrote. A store that comes back, or that has lost what it held,
 * gets it again.
 */
export class SharedState {
  readonly #availability: Availability

  constructor(
    private readonly store: StateStore,
    private readonly memory: MemoryState,
    clock: Clock
  ) {
    this.#availability = new Availability(clock)
  }

  forWorkspace(id: string): WorkspaceState {
    return new SharedWorkspace(this.store.forWorkspace(id), this.memory.forWorkspace(id), this.#availability)
  }
}

/** Whether the store answers, for all workspaces. */
class Availability {
  #failedAt: number | undefined

  constructor(private readonly clock: Clock) {}

  /** Whether the store is to be asked. */
  get isOpen(): boolean {
    return this.#failedAt === undefined || this.clock() - this.#failedAt >= PAUSE_AFTER_FAILURE_MS
  }

  /** Says it once, until the store is back. */
  failed(thrown: unknown): void {
    const isFirst = this.#failedAt === undefined
    this.#failedAt = this.clock()
    if (isFirst)
      process.emitWarning(
        `The shared state is away, so this process goes on with what it knows itself: ${toReason(thrown)}`,
        { code: 'INTERCOM_STATE_AWAY' }
      )
  }

  /** Whether the store had failed before. */
  succeeded(): boolean {
    if (this.#failedAt === undefined) return false
    this.#failedAt = undefined
    process.emitWarning('The shared state is back.', { code: 'INTERCOM_STATE_BACK' })
    return true
  }
}

function toReason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'it gave no reason.'
}

class SharedWorkspace implements WorkspaceState {
  #epoch: string | undefined

  constructor(
    private readonly store: WorkspaceState,
    private readonly memory: MemoryWorkspace,
    private readonly availability: Availability
  ) {}

  async read(records: readonly string[]): Promise<Snapshot> {
    const read = await this.#ask(async () => this.#toShared(await this.store.read(records)))
    return read ? read.answer : this.memory.read()
  }

  async merge(changes: readonly Change[]): Promise<number> {
    const merged = await this.#ask(() => this.store.merge(changes))
    return this.#remember(changes, merged?.answer)
  }

  async lock(names: readonly string[], records: readonly string[]): Promise<Lock | undefined> {
    const asked = await this.#ask(() => this.store.lock(names, records))
    if (!asked) return this.memory.lock(names)
    if (!asked.answer) return undefined
    const lock = asked.answer
    return {
      snapshot: this.#toShared(lock.snapshot),
      isUnsettled: lock.isUnsettled,
      lastsMs: lock.lastsMs,
      // Without an answer it is not known whether others hold it. One process alone would go on.
      keep: async (milliseconds) => (await this.#ask(() => lock.keep(milliseconds)))?.answer ?? true,
      end: async (changes, isSettled) => {
        const ended = await this.#ask(() => lock.end(changes, isSettled))
        return this.#remember(changes, ended?.answer)
      }
    }
  }

  async takeCall(): Promise<number> {
    const taken = await this.#ask(() => this.store.takeCall())
    return taken ? taken.answer : this.memory.takeCall()
  }

  async endCall(window?: RateLimitWindow): Promise<void> {
    const ended = await this.#ask(() => this.store.endCall(window))
    if (!ended) this.memory.endCall(window)
  }

  /** The store's answer; `undefined` if it is away. */
  async #ask<T>(call: () => Awaitable<T>): Promise<{ answer: T } | undefined> {
    if (!this.availability.isOpen) return undefined
    try {
      const answer = await call()
      if (this.availability.succeeded()) void this.#giveBack()
      return { answer }
    } catch (thrown) {
      this.availability.failed(thrown)
      return undefined
    }
  }

  /** With the store's stamp, so that they can be merged into the store again. */
  #remember(changes: readonly Change[], stamp: number | undefined): number {
    const stamped = stamp === undefined ? changes : changes.map((change) => ({ stamp, ...change }))
    return this.memory.merge(stamped)
  }

  #toShared(snapshot: Snapshot): Snapshot {
    if (this.#epoch !== undefined && this.#epoch !== snapshot.epoch) void this.#giveBack()
    this.#epoch = snapshot.epoch
    return { now: snapshot.now, epoch: snapshot.epoch, isShared: true, get: (record) => snapshot.get(record) }
  }

  async #giveBack(): Promise<void> {
    let changes: Change[] = []
    const merge = async () => {
      await this.#ask(() => this.store.merge(changes))
      changes = []
    }
    for (const change of this.memory.facts()) {
      changes.push(change)
      if (changes.length >= CHANGES_PER_MERGE) await merge()
    }
    if (changes.length > 0) await merge()
  }
}
