import type { Row } from '../../contract'

/** What the user has looked at, which cannot be derived from rows. */
export interface Seen {
  readonly purchase: boolean
  readonly tables: boolean
}

interface StepsDone {
  readonly signedUp: boolean
  readonly joined: boolean
  /** The order that the next step leads to. */
  readonly purchase: Row | undefined
  /** The only orders were anonymous, and Intercom stores events under a person. */
  readonly onlyAnonymousBought: boolean
  readonly hasSeenPurchase: boolean
  readonly hasSeenTables: boolean
}

/** The event that the shop sends for a purchase. Its cart is a loss. */
const PURCHASE = 'Order Completed'

export const isPurchase = ({ type, name }: Row): boolean => type === 'track' && name === PURCHASE

export const isIdentify = ({ type }: Row): boolean => type === 'identify'

/** Which of the first steps are done, derived from the rows; newest first. */
export function toStepsDone(rows: readonly Row[], seen: Seen): StepsDone {
  const purchases = rows.filter(isPurchase)
  const arriving = purchases.filter(({ cloud }) => ['delivered', 'waiting', 'retrying'].includes(cloud.state))
  const people = new Set(rows.filter(isIdentify).map(({ person }) => person))
  // Prefer the latest order that is delivered, because a waiting one has no losses to show yet.
  const purchase = arriving.find(({ cloud }) => cloud.losses > 0) ?? arriving[0]
  return {
    signedUp: people.size > 0,
    joined: rows.some(({ type }) => type === 'group'),
    purchase,
    onlyAnonymousBought:
      !purchase &&
      people.size === 0 &&
      purchases.some(({ cloud, person }) => cloud.state === 'failed' && !people.has(person)),
    hasSeenPurchase: purchase !== undefined && seen.purchase,
    hasSeenTables: seen.tables
  }
}
