import { computed, effect, signal } from '@preact/signals'
import type { Row } from '../../contract'
import { rowOf, rows } from '../live'
import { route } from '../route'
import { isIdentify, isPurchase, toStepsDone, type Seen } from './steps-done'

const NOTHING: Seen = { purchase: false, tables: false }

const seen = signal(NOTHING)

const isListOfPeople = (table: string | undefined): boolean => table === undefined || table === 'contacts'

const hasArrived = (row: Row): boolean => isIdentify(row) && row.cloud.state === 'delivered'

/** The first steps, checked off as their events come in. */
export const firstSteps = computed(() => toStepsDone(rows.value, seen.value))

effect(() => {
  const [view, id] = route.value
  const before = seen.peek()
  // Starting over resets the steps.
  if (rows.value.length === 0) seen.value = NOTHING
  else if (view === 'trace' && id !== undefined) {
    const row = rowOf(id)
    if (row && isPurchase(row) && !before.purchase) seen.value = { ...before, purchase: true }
  } else if (view === 'intercom' && isListOfPeople(id) && !before.tables && rows.value.some(hasArrived)) {
    seen.value = { ...before, tables: true }
  }
})
