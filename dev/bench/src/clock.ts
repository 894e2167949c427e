import { setTimeout } from 'node:timers/promises'

/** The clock that is injected into the destination. */
export interface BenchClock {
  /** Milliseconds since 1970. */
  now: () => number
  sleep: (milliseconds: number) => Promise<void>
}

export const systemClock: BenchClock = { now: Date.now, sleep: (milliseconds) => setTimeout(milliseconds) }

/** A clock without real waiting: a sleep moves it forward, and concurrent sleeps overlap. */
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
