import { batch, computed, signal } from '@preact/signals'
import { toRoute } from './route'

const path = signal(location.pathname)

/** The current path. */
export const route = computed(() => toRoute(path.value))

/** Counts navigations; `0` is the first page. */
export const visits = signal(0)

/** Opens another page of the shop without reloading. */
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

// A link within the page (to the content) is no navigation.
window.addEventListener('popstate', () => {
  if (location.pathname !== path.peek()) arrive()
})
