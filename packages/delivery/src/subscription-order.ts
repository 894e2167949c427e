import type { SegmentEvent } from '@segment/actions-core'
import { DELETE_CONTACTS, DELETIONS, isDeletion } from './deletions'
import { isSegmentEvent } from './segment-event'
import type { Subscription } from './subscriptions'

/** A subscription with its position in the order in which the subscriptions of a window run. */
export interface Row {
  readonly subscription: Subscription
  readonly position: number
}

/** The order in which the actions of a window run: a contact comes before its company, and both before its events. */
const ACTION_RANKS: ReadonlyMap<string, number> = new Map([
  ['identifyContact', 0],
  // A track that waits for its contact must not hold back the deletion: the identify behind it would pass both.
  [DELETE_CONTACTS, 0],
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

/** An event and the rows that take it; `undefined` for what is no event, and for a deletion where no row takes those. */
export function matchRows(
  value: unknown,
  rows: readonly Row[]
): { event: SegmentEvent; matchingRows: readonly Row[] } | undefined {
  if (isDeletion(value)) {
    const matchingRows = rows.filter(({ subscription }) => subscription === DELETIONS)
    return matchingRows.length === 0 ? undefined : { event: value, matchingRows }
  }
  if (!isSegmentEvent(value)) return undefined
  return { event: value, matchingRows: rows.filter(({ subscription }) => subscription.takes(value)) }
}
