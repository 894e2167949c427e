/** How many different rows are kept. A file may contain any number of names, so further ones share a row. */
const ROWS_KEPT = 500

type Row<T, E> = T & { count: number; example: E }

/** Counts equal things, with the example of the first one. Its size does not grow with what is counted. */
export class GroupedCounts<T extends object, E> {
  readonly #rows = new Map<string, Row<T, E>>()
  readonly #toShared: (what: T) => T

  /** `toShared` returns the row for a thing that comes when there are too many rows; it returns few different rows. */
  constructor(toShared: (what: T) => T) {
    this.#toShared = toShared
  }

  /** `toExample` is called for the first thing of a row only. */
  add(what: T, toExample: () => E): void {
    const known = this.#rows.get(JSON.stringify(what))
    if (known) {
      known.count += 1
      return
    }
    const kept = this.#rows.size < ROWS_KEPT ? what : this.#toShared(what)
    const key = JSON.stringify(kept)
    const row = this.#rows.get(key)
    if (row) row.count += 1
    else this.#rows.set(key, { ...kept, count: 1, example: toExample() })
  }

  /** The most frequent first. */
  list(): (T & { readonly count: number; readonly example: E })[] {
    return [...this.#rows.values()].sort((a, b) => b.count - a.count)
  }
}
