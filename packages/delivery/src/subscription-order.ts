import type { Subscription } from './subscriptions'

/** A subscription with its position in the order in which the subscriptions of a window run. */
export interface Row {
  readonly subscription: Subscription
  readonly position: number
}

/** The order in which the actions of a window run: a contact comes before its company, and both before its events. */
const ACTION_RANKS: ReadonlyMap<string, number> = new Map([
  ['identifyContact', 0],
  ['groupIdentifyContact', 1],
  ['trackEvent', 2]
])
export const GROUP_RANK = 1
const LAST_RANK = 2

export function toActionRank({ action }: Pick<Subscription, 'action'>): number {
  return ACTION_RANKS.get(action) ?? LAST_RANK
}

export function toRows(subscriptions: readonly Subscription[]): Row[] {
  const ranked = [...subscriptions].sort((one, other) => toActionRank(one) - toActionRank(other))
  return ranked.map((subscription, position) => ({ subscription, position }))
}
