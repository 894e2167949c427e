/** How many milliseconds all events together may wait after failures of one kind. */
export const BUDGET_MS = 10_000

/**
 * Limits the waits after failures that retries do not cure. Without it, ten thousand events that fail for the same
 * reason would wait ten thousand times. A delivery that succeeds after a wait restores the budget.
 */
export class RetryBudget {
  readonly #spentMs = new Map<string, number>()

  constructor(private readonly limitMs = BUDGET_MS) {}

  isLeftFor(reason: string): boolean {
    return (this.#spentMs.get(reason) ?? 0) < this.limitMs
  }

  spend(reason: string, milliseconds: number): void {
    this.#spentMs.set(reason, (this.#spentMs.get(reason) ?? 0) + milliseconds)
  }

  restore(): void {
    this.#spentMs.clear()
  }
}
