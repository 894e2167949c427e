import type { Clock } from '@intercom-destinations/delivery'
import { setImmediate } from 'node:timers/promises'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** Enough for whatever goes on between two waits. */
const ROUNDS = 5

/** A clock in which time passes only when everybody sleeps, and then at once. */
export class VirtualClock implements Clock {
  #now = 1_000_000
  #sleepers: Sleeper[] = []

  readonly now = (): number => this.#now

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const wake = () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      const sleeper = { at: this.#now + milliseconds, wake }
      const stop = () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper)
        reject(new Error('stopped'))
      }
      if (signal?.aborted === true) {
        stop()
        return
      }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', stop, { once: true })
    })

  /** Lets so much time pass. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds
    for (;;) {
      for (let round = 0; round < ROUNDS; round += 1) await setImmediate()
      const next = this.#sleepers.sort((one, other) => one.at - other.at)[0]
      if (!next || next.at > end) break
      this.#sleepers = this.#sleepers.filter((one) => one !== next)
      this.#now = Math.max(this.#now, next.at)
      next.wake()
    }
    this.#now = end
  }
}
