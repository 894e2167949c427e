import type { StateStore } from '@intercom-destinations/intercom-cloud'
import { randomBytes } from 'node:crypto'
import { checkPrefix, toKeyNames } from './key-names'
import { CONNECT_MS, DEFAULT_DEADLINE_MS, DEFAULT_LOCK_MS, DEFAULT_TTL_MS } from './limits'
import { RedisConnection } from './redis-connection'
import { RedisStateError } from './redis-state-error'
import { RedisWorkspace, type RedisWorkspaceOptions } from './redis-workspace'
import type { ScriptClient } from './script-client'
import { ScriptRunner, type RunScript } from './script-runner'
import { DESCRIBE } from './scripts'

interface CommonOptions {
  /** The first part of all keys; `intercom` by default. */
  readonly prefix?: string
  /** Milliseconds that a record is kept after its last change; an hour by default. */
  readonly ttl?: number
  /** Milliseconds that a lock lasts unless it is kept; 20,000 by default. */
  readonly lockMs?: number
  /** Milliseconds that one command may take; 200 by default. The first one has two seconds, for the connection. */
  readonly deadlineMs?: number
  /** Called once if the server may drop keys before their time; `process.emitWarning` by default. */
  readonly onWarning?: (text: string) => void
}

/** Either an address, for a connection of its own, or a client that the caller opens and closes. */
export type RedisStateOptions = CommonOptions &
  (
    | {
        /** `redis://[[user][:password]@]host[:port][/database]`, or `rediss://` for TLS. */
        readonly url: string
        readonly client?: undefined
      }
    | { readonly client: ScriptClient; readonly url?: undefined }
  )

export interface RedisState extends StateStore {
  /** Resolves when Redis has answered; rejects with a `RedisStateError` that says what is wrong. It need not be called. */
  connect(): Promise<void>
  /** Ends the connection, unless the client is the caller's. */
  close(): Promise<void>
}

const PROCESS_BYTES = 9
/** A script needs a key, which tells a cluster where to run it. */
const NO_WORKSPACE = 'none'

/** What the destination remembers, in a Redis that several processes share. */
export function redisState(options: RedisStateOptions): RedisState {
  const { deadlineMs = DEFAULT_DEADLINE_MS, onWarning = warn } = options
  const { run, close } = openClient(options)
  const workspaces = new Map<string, RedisWorkspace>()
  const shared: RedisWorkspaceOptions = {
    runner: new ScriptRunner({ run, deadlineMs, firstDeadlineMs: Math.max(CONNECT_MS, deadlineMs), onWarning }),
    prefix: checkPrefix(options.prefix ?? 'intercom'),
    ttlMs: toMilliseconds('ttl', options.ttl ?? DEFAULT_TTL_MS),
    lockMs: toMilliseconds('lockMs', options.lockMs ?? DEFAULT_LOCK_MS),
    process: randomBytes(PROCESS_BYTES).toString('base64url')
  }
  const forWorkspace = (id: string): RedisWorkspace => {
    const known = workspaces.get(id)
    if (known) return known
    const workspace = new RedisWorkspace(id, shared)
    workspaces.set(id, workspace)
    return workspace
  }
  return {
    forWorkspace,
    connect: async () => {
      await shared.runner.run(DESCRIBE, [toKeyNames(shared.prefix, NO_WORKSPACE).meta], [])
    },
    close: async () => {
      await Promise.all([...workspaces.values()].map((workspace) => workspace.close()))
      close()
    }
  }
}

function openClient({ url, client }: RedisStateOptions): { run: RunScript; close: () => void } {
  if (client) return { run: async ({ text }, keys, args) => client.run(text, keys, args), close: () => undefined }
  const connection = new RedisConnection(checkUrl(url))
  return {
    run: (script, keys, args) => connection.run(script, keys, args),
    close: () => {
      connection.close()
    }
  }
}

/** The error of the platform would quote the address, and the password in it. */
function checkUrl(url: string): string {
  const isRedis = URL.canParse(url) && ['redis:', 'rediss:'].includes(new URL(url).protocol)
  if (isRedis && new URL(url).hostname !== '') return url
  throw new RedisStateError(
    'The address of Redis is not valid. It looks like redis://localhost:6379 or rediss://user:password@host:6380/0.'
  )
}

function toMilliseconds(name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value
  throw new RedisStateError(`${name} must be a whole number of milliseconds.`)
}

function warn(text: string): void {
  process.emitWarning(text, { code: 'INTERCOM_REDIS_EVICTION' })
}
