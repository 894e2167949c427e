/**
 * Intercom takes "20 calls per 30 minutes" of `update` for a page (developers.intercom.com, web/methods); what comes
 * beyond is throttled, and nothing tells which. So nothing goes beyond.
 */
export const BUDGET_WINDOW_MS = 30 * 60 * 1000

/** How many updates of the window each kind may find spent: the rest is kept for those below it in the list. */
const SPENDABLE = {
  /** A sign of life that changes nothing. Half the budget, so that a busy page still has room for what it learns. */
  ping: 10,
  /** A changed attribute. Three of the twenty are kept for who the person is. */
  change: 17,
  /** Who the person is, and the proof of it. */
  identity: 20
} as const

export type UpdateKind = keyof typeof SPENDABLE

/** In how many milliseconds an update of this kind may go out: 0 is now. `sentAt` holds the earlier ones, oldest first. */
export function toBudgetDelay(sentAt: readonly number[], kind: UpdateKind, now: number): number {
  const counted = sentAt.filter((at) => isInWindow(at, now))
  const mustLeave = counted[counted.length - SPENDABLE[kind]]
  return mustLeave === undefined ? 0 : mustLeave + BUDGET_WINDOW_MS + 1 - now
}

/** Both ends count, so that not even a window measured with its edges holds twenty-one. */
export function isInWindow(at: number, now: number): boolean {
  return now - at <= BUDGET_WINDOW_MS
}
