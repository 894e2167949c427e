import type { Comparison } from '../report/comparison'

/** Counts requests by operation, such as `PUT /contacts/{id}`. */
export class OperationCounts {
  readonly #counts = new Map<string, number>()
  #refused = 0

  add(operation: string, isRefused: boolean): void {
    this.#counts.set(operation, (this.#counts.get(operation) ?? 0) + 1)
    if (isRefused) this.#refused += 1
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }

  get refused(): number {
    return this.#refused
  }

  /** The operations of both, the most frequent first. */
  static join(ours: OperationCounts, theirs: OperationCounts): Comparison['operations'] {
    const operations = new Set([...ours.#counts.keys(), ...theirs.#counts.keys()])
    return [...operations]
      .map((operation) => ({
        operation,
        ours: ours.#counts.get(operation) ?? 0,
        theirs: theirs.#counts.get(operation) ?? 0
      }))
      .sort((a, b) => b.ours + b.theirs - a.ours - a.theirs)
  }
}
