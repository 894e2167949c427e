import type { RedisClientType } from '@redis/client'
import { CONNECT_MS, MAX_RECONNECT_MS, SILENCE_MS } from './limits'
import { RedisStateError, toRedisStateError } from './redis-state-error'
import type { Script } from './scripts'
import { isUnknownScript } from './script-client'

type NoExtensions = Record<string, never>
type Client = RedisClientType<NoExtensions, NoExtensions, NoExtensions, 2>

const FIRST_RECONNECT_MS = 50

/** A connection of our own, which comes back by itself. Nothing is queued while it is away. */
export class RedisConnection {
  #client: Client | undefined
  /** Settles when the first attempt to connect has ended. It never rejects. */
  readonly #opened: Promise<void>
  #lastError: unknown
  #isClosed = false
  /** When the oldest command that has no answer was sent, by the clock of `performance`. */
  #unansweredSince: number | undefined
  /** When something was heard of an attempt to connect. */
  #heardAt = 0

  constructor(
    private readonly url: string,
    private readonly silenceMs = SILENCE_MS
  ) {
    this.#opened = this.#open().catch((error: unknown) => {
      this.#lastError = error
    })
  }

  async run({ text, sha1 }: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    await this.#opened
    const rest = [String(keys.length), ...keys, ...args]
    try {
      return await this.#send(['EVALSHA', sha1, ...rest])
    } catch (error) {
      if (!isUnknownScript(error)) throw error
      return this.#send(['EVAL', text, ...rest])
    }
  }

  close(): void {
    this.#isClosed = true
    this.#client?.destroy()
    this.#client = undefined
  }

  async #send(command: readonly string[]): Promise<unknown> {
    if (this.#isClosed) throw new RedisStateError('The state is closed.')
    this.#replaceIfSilent()
    const client = this.#client
    if (!client?.isReady) throw toRedisStateError(this.#lastError)
    this.#unansweredSince ??= performance.now()
    try {
      return await client.sendCommand(command)
    } finally {
      this.#unansweredSince = undefined
    }
  }

  /** Where the other end is gone without a word, the operating system notices it only after minutes. */
  #replaceIfSilent(): void {
    const client = this.#client
    const silentSince = client?.isReady ? this.#unansweredSince : this.#heardAt
    if (!client || silentSince === undefined || performance.now() - silentSince < this.silenceMs) return
    this.#unansweredSince = undefined
    this.#client = undefined
    this.#lastError = new RedisStateError('Redis cannot be reached: no answer.')
    // Rejects what is under way.
    client.destroy()
    void this.#open().catch((error: unknown) => {
      this.#lastError = error
    })
  }

  async #open(): Promise<void> {
    const { createClient } = await import('@redis/client')
    if (this.#isClosed) return
    this.#heardAt = performance.now()
    const client: Client = createClient({
      url: this.url,
      RESP: 2,
      maintNotifications: 'disabled',
      disableOfflineQueue: true,
      socket: {
        connectTimeout: CONNECT_MS,
        reconnectStrategy: (retries) => Math.min(FIRST_RECONNECT_MS * 2 ** Math.min(retries, 10), MAX_RECONNECT_MS)
      }
    })
    this.#client = client
    await new Promise<void>((resolve) => {
      // Without a listener, an error of the connection would end the process.
      client.on('error', (error: unknown) => {
        this.#heardAt = performance.now()
        this.#lastError = error
        resolve()
      })
      client.on('ready', () => {
        this.#unansweredSince = undefined
        this.#lastError = undefined
        resolve()
      })
      client.connect().catch((error: unknown) => {
        this.#lastError ??= error
        resolve()
      })
    })
  }
}
