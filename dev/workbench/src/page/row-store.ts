import type { Row } from '../contract'
import { Newest } from './newest'

/** A running request for all rows. */
interface Reading {
  /** Applies the list, and the stream's changes since the request. */
  readonly finish: (rows: readonly Row[]) => void
  /** The request failed. */
  readonly drop: () => void
}

/** The rows of the page: the list that was read last, with the stream's changes since. */
export class RowStore {
  readonly #most: number
  readonly #known = new Map<string, Row>()
  /** The changes since the start of each running request. */
  readonly #since = new Set<Row[]>()
  readonly #newest = new Newest()

  constructor(most: number) {
    this.#most = most
  }

  /** Newest first. */
  list(): readonly Row[] {
    return [...this.#known.values()].reverse()
  }

  get(id: string): Row | undefined {
    return this.#known.get(id)
  }

  /** Applies new and changed rows of the stream. */
  take(rows: readonly Row[]): void {
    for (const since of this.#since) since.push(...rows)
    this.#set(rows)
  }

  #set(rows: readonly Row[]): void {
    for (const row of rows) this.#known.set(row.id, row)
    for (const id of this.#known.keys()) {
      if (this.#known.size <= this.#most) break
      this.#known.delete(id)
    }
  }

  /** Removes all rows and cancels running requests. */
  clear(): void {
    this.#known.clear()
    this.#since.clear()
  }

  read(): Reading {
    const since: Row[] = []
    const isNewest = this.#newest.ask()
    this.#since.add(since)
    return {
      finish: (rows) => {
        // Cleared meanwhile, or replaced by a later request.
        if (!this.#since.delete(since) || !isNewest()) return
        this.#known.clear()
        this.#set([...rows, ...since])
      },
      drop: () => {
        this.#since.delete(since)
      }
    }
  }
}
