import { LRUCache } from 'lru-cache'
import { AttributeSchemaCache } from '../attributes/attribute-schema-cache'
import type { SubscriptionType } from '../client/types'
import type { Timing } from '../clock'
import { lockedElsewhere } from '../errors'
import { hasNoAnswer } from '../client/intercom-api-error'
import { toCacheKey } from './cache-key'
import { CachedList } from './cached-list'
import { atMost } from './expiring-cache'
import { KeyedMutex } from './keyed-mutex'
import { LockGuard } from './lock-guard'
import { MemoryState } from './memory-state'
import { Hashes, RecordNames } from './record-names'
import { SharedState } from './shared-state'
import { MAX_AGE_MS, type Lock, type Snapshot, type StateStore, type WorkspaceState } from './state-store'
import { WorkspaceCache } from './workspace-cache'

const MAX_WORKSPACES = 1000
/** The longest wait for another process in one call from Segment, which has a time limit. */
const MAX_LOCK_WAIT_MS = 2000
const FIRST_LOCK_PAUSE_MS = 5
const LONGEST_LOCK_PAUSE_MS = 100

/**
 * Milliseconds for which a value that Intercom confirmed is not sent again, where another process may have sent another
 * one since: A `free`, B `pro`, A `free` must end as `free`.
 */
const KNOWN_MS_BESIDE_OTHERS = 60_000

export interface StateOptions {
  /** What several processes share; by default each process remembers for itself. */
  state?: StateStore
  /** No other process writes to the workspace. */
  isOnlyProcess?: boolean
}

/** What is remembered of the workspaces of one definition. */
export class Workspaces {
  readonly #workspaces = new LRUCache<string, Workspace>(atMost(MAX_WORKSPACES))
  readonly #store: MemoryState | SharedState
  readonly #memory: MemoryState

  constructor(
    private readonly timing: Timing,
    private readonly options: StateOptions = {}
  ) {
    this.#memory = new MemoryState(timing.now)
    this.#store = options.state ? new SharedState(options.state, this.#memory, timing.now) : this.#memory
  }

  /** Number of records that this process remembers. */
  get size(): number {
    return this.#memory.size
  }

  forWorkspace(host: string, token: string): Workspace {
    const id = toCacheKey('workspace', host, token)
    const known = this.#workspaces.get(id)
    if (known) return known
    const hashes = new Hashes(toCacheKey('salt', host, token))
    const { state, live } = this.#toState(id)
    const workspace = new Workspace(hashes, state, this.timing, live, this.options.isOnlyProcess === true)
    this.#workspaces.set(id, workspace)
    return workspace
  }

  #toState(id: string): { state: WorkspaceState; live?: Snapshot } {
    if (this.#store instanceof SharedState) return { state: this.#store.forWorkspace(id) }
    const state = this.#store.forWorkspace(id)
    return { state, live: state.read() }
  }
}

/** What is remembered of one workspace, and whose turn it is. */
export class Workspace {
  readonly attributeSchema: AttributeSchemaCache
  readonly subscriptionTypes: CachedList<SubscriptionType>
  /** The teammates by the hashes of their addresses. */
  readonly teammates: CachedList<{ id: string; address: string | undefined }>
  readonly #mutex = new KeyedMutex()

  constructor(
    private readonly hashes: Hashes,
    readonly state: WorkspaceState,
    private readonly timing: Timing,
    /** Memory shows all records at any time. */
    private readonly live: Snapshot | undefined,
    private readonly isOnlyProcess: boolean
  ) {
    this.subscriptionTypes = new CachedList(timing.now)
    this.teammates = new CachedList(timing.now)
    this.attributeSchema = new AttributeSchemaCache(timing.now, live ? undefined : state)
  }

  /** The cache of one call from Segment. Records of a shared store are loaded into it. */
  openCache(): WorkspaceCache {
    return this.#toCache(new RecordNames(this.hashes), this.live ?? this.#nothing)
  }

  /** Loads records that are used outside of turns. Memory shows them without being asked, so they are not even named. */
  async load(cache: WorkspaceCache, toRecords: () => readonly string[]): Promise<void> {
    if (this.live) return
    const records = toRecords()
    if (records.length > 0) cache.add(await this.state.read(records), records)
  }

  /** Lets other calls, and other processes, see the changes of a call. */
  async publish(cache: WorkspaceCache): Promise<void> {
    const { changes, merged } = cache.takeChanges()
    if (changes.length > 0) merged(await this.state.merge(changes))
  }

  /**
   * Runs a turn: alone with these records, among all calls of this process and among all processes that share the state.
   * The turn sees the records, and others that are only read, as they are at its beginning, and what the call has not
   * published yet. What changed is merged at its end, also if it fails.
   */
  runTurn<T>(
    outer: WorkspaceCache,
    { locked, read = [] }: { locked: readonly string[]; read?: readonly string[] },
    turn: (cache: WorkspaceCache, guard: LockGuard | undefined) => Promise<T>
  ): Promise<T> {
    return this.#mutex.runExclusive(locked, async () => {
      const records = [...locked, ...read]
      const lock = await this.#lock(locked, records)
      const cache = this.#toCache(outer.names, lock.snapshot)
      const inherited = outer.takeChanges()
      cache.apply(inherited.changes)
      if (lock.isUnsettled) cache.distrust(records)
      const guard = lock.lastsMs === Infinity ? undefined : new LockGuard(lock, this.timing.now)
      let isSettled = true
      try {
        return await turn(cache, guard)
      } catch (thrown) {
        isSettled = !hasNoAnswer(thrown)
        throw thrown
      } finally {
        inherited.merged(await lock.end(cache.takeChanges().changes, isSettled))
      }
    })
  }

  async #lock(names: readonly string[], records: readonly string[]): Promise<Lock> {
    const { now, sleep, random } = this.timing
    const deadline = now() + MAX_LOCK_WAIT_MS
    for (let pause = FIRST_LOCK_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_LOCK_PAUSE_MS)) {
      const lock = await this.state.lock(names, records)
      if (lock) return lock
      // The waiting processes must not all come back at the same moment.
      const wait = pause * (1 + random())
      if (now() + wait > deadline) throw lockedElsewhere()
      await sleep(wait)
    }
  }

  #toCache(names: RecordNames, snapshot: Snapshot): WorkspaceCache {
    const isTrusted = this.isOnlyProcess || snapshot.isShared === true
    return new WorkspaceCache(names, snapshot, isTrusted ? MAX_AGE_MS : KNOWN_MS_BESIDE_OTHERS)
  }

  get #nothing(): Snapshot {
    return { now: this.timing.now(), epoch: '', get: () => undefined }
  }
}
