import type { EventTrace, LossInWords, Side } from '../../contract'
import { Losses } from './body-list'
import { HeldList } from './held-list'

/** What came of the event: the data in Intercom, and what was left out of it and why. */
export function Answer({ trace: { web, cloud, held } }: { readonly trace: EventTrace }) {
  const hasWritten =
    ['off', 'unmatched', 'kept-away', 'nothing-sent'].includes(cloud.outcome.state) && held !== undefined
  const losses = toDistinct([web, cloud], 'losses')
  const doubtful = toDistinct([web, cloud], 'doubtful')
  return (
    <section class="answer" aria-label="The answer">
      <div>
        <h3>Intercom holds now</h3>
        <HeldList held={held} outcome={hasWritten ? web.outcome : cloud.outcome} />
      </div>
      <div>
        <h3>Left out, and why</h3>
        <Losses losses={losses} kind="losses" what="left out" />
        <Losses losses={doubtful} kind="doubtful" what="sent with a doubt" />
        {losses.length === 0 && <p class="quiet">Nothing was left out.</p>}
      </div>
    </section>
  )
}

/** Both halves mostly lose the same values for the same reason; each is shown once. */
function toDistinct(sides: readonly Side[], what: 'losses' | 'doubtful'): LossInWords[] {
  const all = sides.flatMap(({ subscriptions }) => subscriptions.flatMap(({ run }) => run?.[what] ?? []))
  return [...new Map(all.map((loss) => [JSON.stringify([loss.path, loss.text]), loss])).values()]
}
