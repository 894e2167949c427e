import type { Clock } from '@intercom-destinations/delivery'
import type { Row } from '../../contract'

/** Changes are gathered for this long, so that a page that shows thousands of events gets them in batches. */
const GATHERING_MS = 50

type Listener = (rows: readonly Row[]) => void

/** Publishes changed rows to listeners: at once after a quiet time, in batches under load. */
export class RowFeed {
  readonly #listeners = new Set<Listener>()
  readonly #changed = new Map<string, Row>()
  #due: AbortController | undefined
  #publishedAt = -Infinity

  constructor(private readonly clock: Clock) {}

  /** Only the latest version of a row is published. */
  publish(row: Row): void {
    if (this.#listeners.size === 0) return
    this.#changed.set(row.id, row)
    if (this.#due) return
    this.#due = new AbortController()
    const wait = Math.max(0, this.#publishedAt + GATHERING_MS - this.clock.now())
    this.clock.sleep(wait, this.#due.signal).then(
      () => {
        this.#flush()
      },
      () => undefined
    )
  }

  /** Returns the unsubscribe function. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Drops an unpublished change of this row. */
  discard(id: string): void {
    this.#changed.delete(id)
  }

  /** Drops all unpublished changes. */
  discardAll(): void {
    this.#due?.abort()
    this.#due = undefined
    this.#changed.clear()
  }

  close(): void {
    this.#listeners.clear()
    this.discardAll()
  }

  #flush(): void {
    const rows = [...this.#changed.values()]
    this.discardAll()
    this.#publishedAt = this.clock.now()
    for (const listener of this.#listeners) listener(rows)
  }
}
