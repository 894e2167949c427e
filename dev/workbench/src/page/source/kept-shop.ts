import { effect, signal } from '@preact/signals'
import { clearings } from '../live'
import { route } from '../route'

/** Whether the shop's frame is there. It stays when another view is opened: a frame that returns loads its page again. */
export const isShopOpen = signal(false)

const isShopShown = (): boolean => {
  const [place = 'source', tab = 'shop'] = route.value
  return place === 'source' && tab === 'shop'
}

effect(() => {
  if (isShopShown()) isShopOpen.value = true
})

/** The next visit opens the shop anew, as a stranger. */
export function closeShop(): void {
  isShopOpen.value = isShopShown()
}

effect(() => {
  if (clearings.value > 0) closeShop()
})
