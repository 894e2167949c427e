import { batch, computed, signal } from '@preact/signals'
import { toRoute } from './route'

const path = signal(location.pathname)

/** Where the visitor is. */
export const route = computed(() => toRoute(path.value))

/** Counts the ways gone; `0` is the arrival. */
export const visits = signal(0)

/** Leads to another place of the shop, without loading it anew. */
export function goTo(to: string): void {
  history.pushState(null, '', to)
  arrive()
}

function arrive(): void {
  window.scrollTo(0, 0)
  batch(() => {
    path.value = location.pathname
    visits.value += 1
  })
}

// A way within the page (to the content) is no other place.
window.addEventListener('popstate', () => {
  if (location.pathname !== path.peek()) arrive()
})
