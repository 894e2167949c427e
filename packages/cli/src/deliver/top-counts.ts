/** How many line numbers are kept for each group. */
const LINES_KEPT = 20
/** How many groups are kept. A file may contain any number of names, so further ones share a row. */
const GROUPS_KEPT = 500

/** How often something occurred, and its first lines. */
export interface TopCount {
  readonly count: number
  readonly lines: readonly number[]
}

interface MutableCount {
  count: number
  lines: number[]
}

/** Counts equal things, with the numbers of their first lines. */
export class TopCounts<T> {
  readonly #groups = new Map<string, T & MutableCount>()
  readonly #toShared: (what: T) => T

  /** `toShared` returns the row for a thing that comes when there are too many rows; it returns few different rows. */
  constructor(toShared: (what: T) => T) {
    this.#toShared = toShared
  }

  add(what: T, line: number): void {
    const group = this.#groupOf(what)
    group.count += 1
    if (group.lines.length < LINES_KEPT && group.lines.at(-1) !== line) group.lines.push(line)
  }

  /** The most frequent first. */
  list(): (T & TopCount)[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count)
  }

  #groupOf(what: T): T & MutableCount {
    const found = this.#groups.get(JSON.stringify(what))
    if (found) return found
    const row = this.#groups.size < GROUPS_KEPT ? what : this.#toShared(what)
    const key = JSON.stringify(row)
    const group = this.#groups.get(key) ?? { ...row, count: 0, lines: [] }
    this.#groups.set(key, group)
    return group
  }
}
