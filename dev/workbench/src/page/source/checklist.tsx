import type { ComponentChildren } from 'preact'
import { linkTo, route } from '../route'
import { computed, effect, signal } from '@preact/signals'
import type { Row } from '../../contract'
import { rowOf, rows } from '../live'
import { isIdentify, isPurchase, toStepsDone, type Seen } from './steps-done'

const NOTHING: Seen = { purchase: false, tables: false }

const seen = signal(NOTHING)

const isListOfPeople = (table: string | undefined): boolean => table === undefined || table === 'contacts'

const hasArrived = (row: Row): boolean => isIdentify(row) && row.cloud.state === 'delivered'

/** The first steps, checked off as their events come in. */
const firstSteps = computed(() => toStepsDone(rows.value, seen.value))

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

/** The first steps: a person, a company and a purchase in Intercom, and the one property that is lost. */
export function Checklist() {
  const { signedUp, joined, purchase, onlyAnonymousBought, hasSeenPurchase, hasSeenTables } = firstSteps.value
  const steps: readonly { readonly isDone: boolean; readonly text: ComponentChildren }[] = [
    { isDone: signedUp, text: 'Sign up in the shop' },
    { isDone: joined, text: 'Join a company' },
    {
      isDone: purchase !== undefined,
      text: onlyAnonymousBought ? 'Sign up first, then buy: Intercom stores events under a person' : 'Buy something'
    },
    {
      isDone: hasSeenPurchase,
      text: purchase ? (
        <a href={linkTo('trace', purchase.id)}>
          See why <code>cart</code> did not arrive
        </a>
      ) : (
        <>
          See why <code>cart</code> did not arrive
        </>
      )
    },
    {
      isDone: hasSeenTables,
      text: signedUp ? (
        <a href={linkTo('intercom', 'contacts')}>Find the person in Intercom’s tables</a>
      ) : (
        'Find the person in Intercom’s tables'
      )
    }
  ]
  const next = steps.findIndex(({ isDone }) => !isDone)
  return (
    <section class="card checklist" aria-labelledby="checklist-title">
      <h2 id="checklist-title">Watch an event become Intercom</h2>
      <p class="quiet">
        {next < 0
          ? 'That is the whole tour. Everything else is yours to try.'
          : 'The shop sends what you do in it as Segment events. Follow these steps:'}
      </p>
      <ol>
        {steps.map(({ isDone, text }, index) => (
          <li key={index} class={isDone ? 'step-done' : index === next ? 'step-next' : ''}>
            <span class="tick" aria-hidden="true">
              {isDone ? '✓' : index + 1}
            </span>
            <span>
              {text}
              {isDone && <span class="sr"> (done)</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
