import { setTimeout } from 'node:timers/promises'

/** Time, as the destination is handed it. */
export interface BenchClock {
  /** Milliseconds since 1970. */
  now: () => number
  sleep: (milliseconds: number) => Promise<void>
}

export const systemClock: BenchClock = { now: Date.now, sleep: (milliseconds) => setTimeout(milliseconds) }

/** A clock that nobody waits for: sleeping moves it on, and many who sleep at once sleep side by side. */
export class InjectedClock implements BenchClock {
  #now: number

  constructor(startAt: number) {
    this.#now = startAt
  }

  now = () => this.#now

  sleep = (milliseconds: number) => {
    const until = this.#now + milliseconds
    this.#now = Math.max(this.#now, until)
    return Promise.resolve()
  }
}
