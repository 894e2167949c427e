import type { Clock } from '@intercom-destinations/delivery'

/**
 * How long Intercom may take nothing before rows show it: two of its rate limit windows of ten seconds, and a margin.
 */
const OUTAGE_SHOWN_AFTER_MS = 25_000

interface Outage {
  readonly since: number
  readonly reason: string
  readonly end: AbortController
}

/** Measures for how long Intercom has taken nothing, so that waiting rows can show it. Schedules no delivery. */
export class OutageTimer {
  readonly #clock: Clock
  readonly #onLong: (reason: string) => void
  #outage: Outage | undefined

  /** `onLong` is called with the first failure's reason after each 25 seconds of an outage. */
  constructor(clock: Clock, onLong: (reason: string) => void) {
    this.#clock = clock
    this.#onLong = onLong
  }

  get isLong(): boolean {
    return this.#outage !== undefined && this.#clock.now() - this.#outage.since >= OUTAGE_SHOWN_AFTER_MS
  }

  /** An attempt failed because of Intercom. */
  failed(reason: string): void {
    if (this.#outage) return
    const outage = { since: this.#clock.now(), reason, end: new AbortController() }
    this.#outage = outage
    void this.#watch(outage)
  }

  /** Intercom took something, or named a time to come back. */
  end(): void {
    this.#outage?.end.abort()
    this.#outage = undefined
  }

  /** Repeats, because further events may start to wait after the first call. */
  async #watch({ reason, end: { signal } }: Outage): Promise<void> {
    const isOver = () => signal.aborted
    while (!isOver()) {
      await this.#clock.sleep(OUTAGE_SHOWN_AFTER_MS, signal).catch(() => undefined)
      if (!isOver()) this.#onLong(reason)
    }
  }
}
