import { Pace, type Clock } from '@intercom-destinations/cli'
import { EventEmitter, once } from 'node:events'

/** One of Intercom's windows: so long after it has turned a call away, it may well do so again. */
const WINDOW_MS = 10_000

/**
 * Who may ask Intercom now: everybody side by side, until it says when to come back. Then it is one after another, in the
 * order of their coming: side by side they would spend the few calls that are left on beginnings, and later ones overtake.
 */
export class Line {
  readonly #clock: Clock
  #pace: Pace
  #narrowUntil = 0
  #places = 0
  readonly #waiting = new Set<number>()
  #inside: number | undefined
  readonly #moves = new EventEmitter().setMaxListeners(0)

  constructor(clock: Clock) {
    this.#clock = clock
    this.#pace = new Pace(clock)
  }

  get pace(): Pace {
    return this.#pace
  }

  /** A place, behind all who came before. */
  join(): number {
    this.#places += 1
    return this.#places
  }

  /** Resolves when whoever has this place may ask; rejects when the signal ends the wait. */
  async enter(place: number, signal: AbortSignal): Promise<void> {
    this.#waiting.add(place)
    try {
      for (;;) {
        await this.#pace.ready(signal)
        if (this.#narrowUntil <= this.#clock.now()) return
        if (this.#inside === undefined && place === Math.min(...this.#waiting)) break
        await once(this.#moves, 'move', { signal })
      }
      this.#inside = place
    } finally {
      this.#waiting.delete(place)
      this.#moves.emit('move')
    }
  }

  /** Lets the next one in. */
  leave(place: number): void {
    if (this.#inside === place) this.#inside = undefined
    this.#moves.emit('move')
  }

  /** Intercom says when to come back. */
  holdFor(milliseconds: number): void {
    this.#pace.holdFor(milliseconds)
    this.#narrowUntil = this.#clock.now() + milliseconds + WINDOW_MS
  }

  /** Forgets what Intercom said; who waits is told by their signal. */
  open(): void {
    this.#pace = new Pace(this.#clock)
    this.#narrowUntil = 0
  }
}
