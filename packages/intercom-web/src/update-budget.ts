/**
 * Intercom accepts "20 calls per 30 minutes" of `update` for a page (developers.intercom.com, web/methods). Further calls
 * are throttled without an error, so none is made.
 */
export const BUDGET_WINDOW_MS = 30 * 60 * 1000

/** How many updates of the window each kind may use. The rest is reserved for the kinds below it. */
const SPENDABLE = {
  /** An update that changes nothing but shows that the person is active. It may use half the budget. */
  ping: 10,
  /** A changed attribute. Three of the twenty updates are reserved for identity. */
  change: 17,
  /** The identity of the person, and its proof. */
  identity: 20
} as const

export type UpdateKind = keyof typeof SPENDABLE

/**
 * Milliseconds until an update of this kind may be sent; 0 means now. `sentAt` holds the times of earlier updates, oldest
 * first.
 */
export function toBudgetDelay(sentAt: readonly number[], kind: UpdateKind, now: number): number {
  const counted = sentAt.filter((at) => isInWindow(at, now))
  const mustExpire = counted[counted.length - SPENDABLE[kind]]
  return mustExpire === undefined ? 0 : mustExpire + BUDGET_WINDOW_MS + 1 - now
}

/** Both ends count, so that a window measured with its edges never holds twenty-one updates. */
export function isInWindow(at: number, now: number): boolean {
  return now - at <= BUDGET_WINDOW_MS
}
