import type { ComponentChildren } from 'preact'
import { linkTo } from '../route'
import { firstSteps } from './first-steps'

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
