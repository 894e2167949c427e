import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../clock'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** How many turns of the event loop pass before time advances, so that work that is ready can finish. */
const TURNS = 20
const MOST_IDLE_ROUNDS = 100

/** A clock that advances only in `run`, from one sleeper to the next, so that no test waits. */
export class VirtualClock implements Clock {
  #now: number
  #sleepers: Sleeper[] = []

  constructor(startAt = 1_700_000_000_000) {
    this.#now = startAt
  }

  now = (): number => this.#now

  sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sleeper = { at: this.#now + milliseconds, wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper)
        reject(new Error('The sleep was aborted.'))
      })
    })

  /** Advances until the work is done; returns its result and how many milliseconds passed. */
  async run<T>(work: Promise<T>): Promise<{ result: T; tookMs: number }> {
    const startedAt = this.#now
    let done: { result: T } | undefined
    let failure: { thrown: unknown } | undefined
    work.then(
      (result) => {
        done = { result }
      },
      (thrown: unknown) => {
        failure = { thrown }
      }
    )
    let idleTurns = 0
    for (;;) {
      for (let turn = 0; turn < TURNS; turn += 1) await setImmediate()
      if (failure) throw failure.thrown
      if (done) return { ...done, tookMs: this.#now - startedAt }
      const isStuck = !this.#advance()
      idleTurns = isStuck ? idleTurns + 1 : 0
      if (idleTurns > MOST_IDLE_ROUNDS) throw new Error('The work is not done, and nothing sleeps.')
    }
  }

  /** Advances to the next sleeper; `false` when there is none. */
  #advance(): boolean {
    const next = Math.min(...this.#sleepers.map(({ at }) => at))
    if (next === Infinity) return false
    this.#now = Math.max(this.#now, next)
    const due = this.#sleepers.filter(({ at }) => at <= this.#now)
    this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now)
    for (const { wake } of due) wake()
    return true
  }
}
