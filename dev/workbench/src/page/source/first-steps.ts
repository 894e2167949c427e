import { computed, effect, signal } from '@preact/signals'
import type { Row } from '../../contract'
import { rowOf, rows } from '../live'
import { route } from '../route'

/** The event that the shop makes of a purchase. Its cart is what does not arrive. */
const PURCHASE = 'Order Completed'

/** What has been looked at, which no row tells. */
const hasSeenPurchase = signal(false)
const hasSeenTables = signal(false)

effect(() => {
  const [view, id] = route.value
  if (view === 'trace' && id !== undefined && rowOf(id)?.name === PURCHASE) hasSeenPurchase.value = true
  if (view === 'intercom' && rows.value.some(isOf('identify'))) hasSeenTables.value = true
})

/** Declared as a function, because the effect above runs before this line is reached. */
function isOf(type: string) {
  return (row: Row): boolean => row.type === type
}
const isPurchase = (row: Row): boolean => row.type === 'track' && row.name === PURCHASE

/** The way of a newcomer, ticked off by what comes in. */
export const firstSteps = computed(() => {
  const list = rows.value
  // The latest one whose way is known already, so that nobody is led to an event that still waits.
  const purchase = list.find((row) => isPurchase(row) && row.cloud.losses > 0) ?? list.find(isPurchase)
  return {
    signedUp: list.some(isOf('identify')),
    joined: list.some(isOf('group')),
    purchase,
    hasSeenPurchase: purchase !== undefined && hasSeenPurchase.value,
    hasSeenTables: hasSeenTables.value
  }
})
