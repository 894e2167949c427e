/** How long waits after one kind of failure may be in vain, over all events. */
export const BUDGET_MS = 10_000

/**
 * Limits the waiting for failures that retries do not cure. Ten thousand events that fail for the same reason would
 * otherwise wait ten thousand times. A delivery that succeeds after a wait restores the budget.
 */
export class RetryBudget {
  readonly #spent = new Map<string, number>()

  constructor(private readonly limitMs = BUDGET_MS) {}

  isLeftFor(reason: string): boolean {
    return (this.#spent.get(reason) ?? 0) < this.limitMs
  }

  spend(reason: string, milliseconds: number): void {
    this.#spent.set(reason, (this.#spent.get(reason) ?? 0) + milliseconds)
  }

  restore(): void {
    this.#spent.clear()
  }
}
