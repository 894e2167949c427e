import type { Clock } from '@intercom-destinations/delivery'

/** How long Intercom may take nothing before the page says so: two of its windows of ten seconds, and a little. */
const LONGEST_TROUBLE_MS = 25_000

interface Trouble {
  readonly since: number
  readonly reason: string
  readonly over: AbortController
}

/** Since when Intercom has taken nothing. */
export class TroubleClock {
  readonly #clock: Clock
  readonly #onLong: (reason: string) => void
  #trouble: Trouble | undefined

  constructor(clock: Clock, onLong: (reason: string) => void) {
    this.#clock = clock
    this.#onLong = onLong
  }

  get isLong(): boolean {
    return this.#trouble !== undefined && this.#clock.now() - this.#trouble.since >= LONGEST_TROUBLE_MS
  }

  /** An attempt failed for a reason that is Intercom's. */
  failed(reason: string): void {
    if (this.#trouble) return
    const trouble = { since: this.#clock.now(), reason, over: new AbortController() }
    this.#trouble = trouble
    void this.#watch(trouble)
  }

  /** Intercom took something, or says when to come back. */
  end(): void {
    this.#trouble?.over.abort()
    this.#trouble = undefined
  }

  /** Tells again and again, because events may begin to wait after the first time. */
  async #watch({ reason, over: { signal } }: Trouble): Promise<void> {
    const isOver = () => signal.aborted
    while (!isOver()) {
      await this.#clock.sleep(LONGEST_TROUBLE_MS, signal).catch(() => undefined)
      if (!isOver()) this.#onLong(reason)
    }
  }
}
