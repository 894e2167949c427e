/** How many line numbers are kept of each group: enough to look, and never the whole file. */
const LINES_KEPT = 20
/** A stranger's file may hold endlessly many different names; from here on they share a row. */
const GROUPS_KEPT = 500

/** How often something happened, and where first. */
export interface TopCount {
  readonly count: number
  readonly lines: readonly number[]
}

interface Growing {
  count: number
  lines: number[]
}

/** Things counted by what they are, with the numbers of the first lines. */
export class TopCounts<T> {
  readonly #groups = new Map<string, T & Growing>()
  readonly #toShared: (what: T) => T

  /** `toShared` gives the row for what comes when there are too many rows: few different ones. */
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

  #groupOf(what: T): T & Growing {
    const found = this.#groups.get(JSON.stringify(what))
    if (found) return found
    const row = this.#groups.size < GROUPS_KEPT ? what : this.#toShared(what)
    const key = JSON.stringify(row)
    const group = this.#groups.get(key) ?? { ...row, count: 0, lines: [] }
    this.#groups.set(key, group)
    return group
  }
}
