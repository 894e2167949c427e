import { computed, effect, signal } from '@preact/signals'
import { rows } from '../live'
import { query, route, setQuery } from '../route'
import { fromQuery, toQuery } from './filter-query'
import { EVERYTHING, isEverything, toRowTest, type RowFilter } from './row-filter'

/** How many rows the list shows at first; a button shows as many more. */
export const PAGE_SIZE = 200

/** Kept outside the view, so that leaving the trace does not reset it. */
export const filter = signal<RowFilter>(EVERYTHING)

const isShown = computed(() => route.value[0] === 'trace')

/** A link to a filtered list chooses its filter; one without a filter keeps what was chosen. */
effect(() => {
  if (isShown.value && query.value !== '') filter.value = fromQuery(query.value)
})

/** A list that is reloaded or sent as a link is filtered as it is. The place is read, because each link leads to another. */
effect(() => {
  void route.value
  if (isShown.value) setQuery(toQuery(filter.value))
})

const limit = signal(PAGE_SIZE)

export function choose(change: Partial<RowFilter>): void {
  filter.value = { ...filter.value, ...change }
}

export function clearFilters(): void {
  filter.value = EVERYTHING
}

export function showMore(): void {
  limit.value += PAGE_SIZE
}

/** A new filter shows the newest events first again. */
effect(() => {
  void filter.value
  limit.value = PAGE_SIZE
})

const test = computed(() => toRowTest(filter.value))

export const isFiltered = computed(() => !isEverything(filter.value))

/** All that match, newest first. */
export const matching = computed(() => (isFiltered.value ? rows.value.filter(test.value) : rows.value))

export const shown = computed(() => matching.value.slice(0, limit.value))

/** `3 of 20 events match`. */
export const toMatchText = (found: number, all: number): string =>
  `${found.toLocaleString()} of ${all.toLocaleString()} events match`

/** The result of the latest change of the filter, for screen readers. New events are not announced. */
export const announcement = signal('')

effect(() => {
  if (isEverything(filter.value)) announcement.value = announcement.peek() === '' ? '' : 'All events'
  else announcement.value = toMatchText(matching.peek().length, rows.peek().length)
})
