import type { Clock } from '../clock'
import { lockLost } from '../errors'
import type { Lock } from './state-store'

/** Milliseconds: the answer of a call is awaited for 15 seconds, and Intercom may be as late with what it does. */
const LONGEST_CALL_MS = 16_000

/** Lets a call begin only with a lock that lasts longer than the call. */
export class LockGuard {
  #endsAt: number

  constructor(
    private readonly lock: Lock,
    private readonly clock: Clock
  ) {
    this.#endsAt = clock() + lock.lastsMs
  }

  /** Throws if the lock was lost: another process may be at work by now. */
  async beforeCall(): Promise<void> {
    if (this.#endsAt - this.clock() > LONGEST_CALL_MS) return
    const now = this.clock()
    const milliseconds = Math.max(this.lock.lastsMs, LONGEST_CALL_MS + 1)
    if (!(await this.lock.keep(milliseconds))) throw lockLost()
    this.#endsAt = now + milliseconds
  }
}
