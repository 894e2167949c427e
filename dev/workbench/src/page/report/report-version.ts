import { effect, signal } from '@preact/signals'
import { atMostEvery } from '../at-most-every'
import { clearings, rows } from '../live'

/** A report is made of everything that has happened, so it is not asked for with every event. */
const READ_EVERY_MS = 1500

/** Counts changes of what reports are about. */
export const reportVersion = signal(0)

const read = atMostEvery(READ_EVERY_MS, () => {
  reportVersion.value += 1
})

effect(() => {
  void rows.value
  void clearings.value
  read.ask()
})
