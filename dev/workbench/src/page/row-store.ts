import type { Row } from '../contract'
import { Newest } from './newest'

/** A list of all rows that is being read. */
interface Reading {
  /** Takes the list, with what the stream has told since it was asked for. */
  readonly finish: (rows: readonly Row[]) => void
  /** It came to nothing. */
  readonly drop: () => void
}

/** The rows that the page knows: the list that was read last, and all that the stream has told since. */
export class RowStore {
  readonly #most: number
  readonly #known = new Map<string, Row>()
  /** What has come since, for each reading that is under way. */
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

  /** What the stream tells: new rows, and changed ones. */
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

  /** Everything is gone, and what is being read with it. */
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
        // Cleared meanwhile, or overtaken by a later reading.
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
