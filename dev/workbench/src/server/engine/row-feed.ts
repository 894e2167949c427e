import type { Row } from '../../contract'

/** How long changes are gathered, so that a page that sees thousands of events hears of them in batches. */
const GATHERING_MS = 50

type Listener = (rows: readonly Row[]) => void

/** Tells listeners of changed rows: at once when it is quiet, in batches when it is not. */
export class RowFeed {
  readonly #listeners = new Set<Listener>()
  readonly #changed = new Map<string, Row>()
  #timer: NodeJS.Timeout | undefined
  #toldAt = -Infinity

  /** Only the latest version of a row is told. */
  tell(row: Row): void {
    if (this.#listeners.size === 0) return
    this.#changed.set(row.id, row)
    const wait = Math.max(0, this.#toldAt + GATHERING_MS - performance.now())
    this.#timer ??= setTimeout(() => {
      this.#flush()
    }, wait)
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What was not told of a row yet never will be. */
  untell(id: string): void {
    this.#changed.delete(id)
  }

  /** What was not told yet never will be. */
  forget(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#changed.clear()
  }

  close(): void {
    this.#listeners.clear()
    this.forget()
  }

  #flush(): void {
    const rows = [...this.#changed.values()]
    this.forget()
    this.#toldAt = performance.now()
    for (const listener of this.#listeners) listener(rows)
  }
}
