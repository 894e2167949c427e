import type { Half, Run, Side, SubscriptionTrace } from '../../contract'
import { Folded } from '../shown/folded'
import { OutcomeBadge } from '../shown/outcome-badge'
import { BodyList } from './body-list'
import { CallList } from './call-list'
import { FoldedJson } from './folded-json'
import { findLostPlaces } from './lost-places'
import { Stage } from './stage'

interface HalfTraceProps {
  readonly half: Half
  readonly side: Side
  /** The paths in which the halves differ. */
  readonly differing: readonly string[]
}

/** The result of one half: a section for each subscription that takes the event. */
export function HalfTrace({ half, side, differing }: HalfTraceProps) {
  const { destination, outcome, subscriptions } = side
  const taken = subscriptions.flatMap((subscription) =>
    subscription.run ? [{ subscription, run: subscription.run }] : []
  )
  const others = subscriptions.filter(({ run }) => run === undefined)
  return (
    <section class={`half half-${half}`} aria-label={destination}>
      <h3 class="half-title">
        {half === 'web' ? 'Web' : 'Cloud'} <span class="quiet half-name">{destination}</span>
        <OutcomeBadge outcome={outcome} />
      </h3>
      {taken.map(({ subscription, run }, index) => (
        <RunRow key={index} half={half} subscription={subscription} run={run} differing={differing} />
      ))}
      {others.length > 0 && (
        <Folded
          key={taken.length === 0 ? 'none' : 'some'}
          open={taken.length === 0}
          title={taken.length === 0 ? 'No subscription ran' : 'Others that did not take it'}
          size={String(others.length)}
        >
          <ul class="others">
            {others.map((subscription, index) => (
              <li key={index}>
                <strong>{subscription.name}</strong>{' '}
                {subscription.takes ? <span class="badge">would match</span> : <span class="badge">no match</span>}
                <Filter subscription={subscription} />
                <span>{subscription.whyNot ?? (subscription.enabled ? '' : 'It is switched off.')}</span>
              </li>
            ))}
          </ul>
        </Folded>
      )}
      {subscriptions.length === 0 && (
        <p class="quiet">
          {outcome.state === 'waiting' ? 'Its turn has not come yet.' : 'This destination has no subscription.'}
        </p>
      )}
    </section>
  )
}

interface RunRowProps {
  readonly half: Half
  readonly subscription: SubscriptionTrace
  readonly run: Run
  readonly differing: readonly string[]
}

function RunRow({ half, subscription, run, differing }: RunRowProps) {
  return (
    <div class="run">
      <Stage step={2} title="Subscription">
        <p class="subscription">
          <strong>{subscription.name}</strong> <span class="badge good">matched</span>
        </p>
        <Filter subscription={subscription} />
        <p class="quiet subscription-action">{subscription.action}</p>
      </Stage>
      <Stage step={3} title="Payload">
        <FoldedJson
          title="By the mapping"
          label={`Payload of ${subscription.name}, ${half}`}
          value={run.payload}
          marked={findLostPlaces(run.payload, run.losses)}
        />
      </Stage>
      <Stage step={4} title="Body and losses">
        <BodyList half={half} run={run} differing={differing} />
      </Stage>
      <Stage step={5} title={half === 'cloud' ? 'Requests' : 'Calls of the Messenger'}>
        <CallList run={run} />
      </Stage>
    </div>
  )
}

const Filter = ({ subscription: { filter } }: { readonly subscription: SubscriptionTrace }) => (
  <code class="filter-text">{filter}</code>
)
