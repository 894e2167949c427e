/** How many line numbers are kept for each group. */
const LINES_KEPT = 20
/** How many groups are kept. A file may contain any number of names, so further ones share a row. */
const GROUPS_KEPT = 500

/** How often something occurred, and its first lines. */
export interface TopCount {
  readonly count: number
  /** In ascending order; with several files, numbered through all of them. */
  readonly lines: readonly number[]
  /** The same as a reader of the files counts, such as `b.ndjson line 3`; absent for one file of lines. */
  readonly places?: readonly string[]
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
    if (group.lines.includes(line)) return
    // Deliveries end in any order, and the first lines of the file are kept.
    group.lines.push(line)
    group.lines.sort((a, b) => a - b)
    group.lines.length = Math.min(group.lines.length, LINES_KEPT)
  }

  /** The most frequent first, and of equally frequent ones that of the first line. */
  list(): (T & TopCount)[] {
    const rows = [...this.#groups].sort(
      ([oneKey, one], [otherKey, other]) =>
        other.count - one.count || (one.lines[0] ?? 0) - (other.lines[0] ?? 0) || oneKey.localeCompare(otherKey, 'en')
    )
    return rows.map(([, row]) => row)
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
