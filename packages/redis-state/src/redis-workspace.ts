import type { Change, Lock, RateLimitWindow, Snapshot, WorkspaceState } from '@intercom-destinations/intercom-cloud'
import { randomBytes } from 'node:crypto'
import { CallAllowance } from './call-allowance'
import { toKeyNames, type KeyNames } from './key-names'
import { MAX_FIELDS } from './limits'
import { RedisStateError } from './redis-state-error'
import { toList, toNumber, toSnapshot, toText } from './replies'
import type { ScriptRunner } from './script-runner'
import { END, KEEP, LOCK, READ } from './scripts'

export interface RedisWorkspaceOptions {
  readonly runner: ScriptRunner
  readonly prefix: string
  readonly ttlMs: number
  readonly lockMs: number
  /** Names this process among those that share the store. */
  readonly process: string
}

const EPOCH_BYTES = 9
/** No process names more locks in one turn; a reply with the same tokens again would be repeated for ever. */
const MAX_LOCK_ATTEMPTS = 3

export class RedisWorkspace implements WorkspaceState {
  readonly #names: KeyNames
  readonly #calls: CallAllowance
  /** Tokens of locks whose turn is under way here. All others of this process were left unsettled. */
  readonly #live = new Set<string>()
  #tokens = 0

  constructor(
    id: string,
    private readonly options: RedisWorkspaceOptions
  ) {
    this.#names = toKeyNames(options.prefix, id)
    this.#calls = new CallAllowance({ ...options, names: this.#names })
  }

  async read(records: readonly string[]): Promise<Snapshot> {
    const keys = [this.#names.meta, ...this.#toRecordKeys(records)]
    const args = [...this.#toMetaArgs(), this.#names.recordPrefix]
    const [now, epoch, found] = toList(await this.options.runner.run(READ, keys, args))
    return toSnapshot(now, epoch, found)
  }

  merge(changes: readonly Change[]): Promise<number> {
    return this.#end([], '', changes, true)
  }

  async lock(names: readonly string[], records: readonly string[]): Promise<Lock | undefined> {
    this.#tokens += 1
    const token = `${this.options.process}.${this.#tokens}`
    const locks = [...new Set(names)].map((name) => this.#names.toLock(name))
    const keys = [this.#names.meta, ...locks, ...this.#toRecordKeys(records)]
    this.#live.add(token)
    try {
      const lock = await this.#tryLock(token, locks, keys)
      if (!lock) this.#live.delete(token)
      return lock
    } catch (error) {
      this.#live.delete(token)
      throw error
    }
  }

  takeCall(): number | Promise<number> {
    return this.#calls.takeCall()
  }

  endCall(window?: RateLimitWindow): void {
    this.#calls.endCall(window)
  }

  close(): Promise<void> {
    return this.#calls.close()
  }

  async #tryLock(token: string, locks: readonly string[], keys: readonly string[]): Promise<Lock | undefined> {
    const { runner, lockMs, process } = this.options
    const args = [...this.#toMetaArgs(), this.#names.recordPrefix, token, `${process}.`, lockMs, locks.length].map(
      String
    )
    let givenUp: readonly string[] = []
    for (let attempt = 0; attempt < MAX_LOCK_ATTEMPTS; attempt += 1) {
      const reply = toList(
        await runner.run(LOCK, keys, [...args, ...givenUp], (late) => {
          this.#free(late, token, locks).catch(() => undefined)
        })
      )
      const [isLocked, ...rest] = reply
      if (toNumber(isLocked) === 1) return this.#toLock(token, locks, rest)
      const inTheWay = rest.map(toText)
      if (inTheWay.length === 0 || inTheWay.some((one) => this.#live.has(one))) return undefined
      givenUp = [...givenUp, ...inTheWay]
    }
    return undefined
  }

  /** Frees a lock that came after the deadline, because its turn goes on without it. */
  async #free(reply: unknown, token: string, locks: readonly string[]): Promise<void> {
    const [isLocked, , , isUnsettled] = toList(reply)
    if (isLocked === 1 && isUnsettled === 0) await this.#end(locks, token, [], true)
  }

  #toLock(token: string, locks: readonly string[], reply: readonly unknown[]): Lock {
    const { runner, ttlMs, lockMs } = this.options
    const [now, epoch, isUnsettled, found] = reply
    return {
      lastsMs: lockMs,
      snapshot: toSnapshot(now, epoch, found),
      isUnsettled: toNumber(isUnsettled) === 1,
      keep: async (milliseconds) => {
        const args = [ttlMs, token, Math.ceil(milliseconds)].map(String)
        return toNumber(await runner.run(KEEP, locks, args)) === 1
      },
      end: (changes, isSettled) => {
        this.#live.delete(token)
        return this.#end(locks, token, changes, isSettled)
      }
    }
  }

  async #end(locks: readonly string[], token: string, changes: readonly Change[], isSettled: boolean): Promise<number> {
    const records = [...new Set(changes.map(({ record }) => record))]
    const keys = [this.#names.meta, ...locks, ...this.#toRecordKeys(records)]
    const first = locks.length + 2
    const places = new Map(records.map((record, index) => [record, first + index]))
    const args = [
      ...this.#toMetaArgs(),
      ...[MAX_FIELDS, locks.length, token, isSettled ? 1 : 0].map(String),
      ...changes.flatMap(({ record, field, stamp, value }) => [
        String(places.get(record)),
        field,
        toStampText(stamp),
        value
      ])
    ]
    return toNumber(await this.options.runner.run(END, keys, args))
  }

  #toRecordKeys(records: readonly string[]): string[] {
    return [...new Set(records)].map((record) => this.#names.recordPrefix + record)
  }

  #toMetaArgs(): [string, string] {
    return [String(this.options.ttlMs), randomBytes(EPOCH_BYTES).toString('base64url')]
  }
}

function toStampText(stamp: number | undefined): string {
  if (stamp === undefined) return ''
  if (Number.isFinite(stamp)) return String(stamp)
  throw new RedisStateError('A stamp must be a finite number.')
}
