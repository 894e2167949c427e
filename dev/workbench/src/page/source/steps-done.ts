import type { Row } from '../../contract'

/** What has been looked at, which no row tells. */
export interface Seen {
  readonly purchase: boolean
  readonly tables: boolean
}

interface StepsDone {
  readonly signedUp: boolean
  readonly joined: boolean
  /** The order to look at. */
  readonly purchase: Row | undefined
  /** There was an order, but of nobody: Intercom files an event under a person. */
  readonly onlyNobodyBought: boolean
  readonly hasSeenPurchase: boolean
  readonly hasSeenTables: boolean
}

/** The event that the shop makes of a purchase. Its cart is what does not arrive. */
const PURCHASE = 'Order Completed'

export const isPurchase = ({ type, name }: Row): boolean => type === 'track' && name === PURCHASE

export const isIdentify = ({ type }: Row): boolean => type === 'identify'

/** How far a newcomer has come, as the events tell it; newest first. */
export function toStepsDone(rows: readonly Row[], seen: Seen): StepsDone {
  const purchases = rows.filter(isPurchase)
  const arriving = purchases.filter(({ cloud }) => ['delivered', 'waiting', 'retrying'].includes(cloud.state))
  const people = new Set(rows.filter(isIdentify).map(({ person }) => person))
  // The latest one whose way is known already, so that nobody is led to an event that still waits.
  const purchase = arriving.find(({ cloud }) => cloud.losses > 0) ?? arriving[0]
  return {
    signedUp: people.size > 0,
    joined: rows.some(({ type }) => type === 'group'),
    purchase,
    onlyNobodyBought:
      !purchase &&
      people.size === 0 &&
      purchases.some(({ cloud, person }) => cloud.state === 'failed' && !people.has(person)),
    hasSeenPurchase: purchase !== undefined && seen.purchase,
    hasSeenTables: seen.tables
  }
}
