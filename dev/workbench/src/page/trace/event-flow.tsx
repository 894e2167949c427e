import type { EventTrace } from '../../contract'
import { Folded } from '../shown/folded'
import { JsonText } from '../shown/json'
import { toEventParts } from './event-parts'
import { HalfTrace } from './half-trace'
import { findLostPlaces } from './lost-places'
import { findMadeUpIds, withShortCalls } from './operation-text'
import { Stage } from './stage'

/** From left to right: the event and the result of each half. */
export function EventFlow({ trace }: { readonly trace: EventTrace }) {
  const { event, web, cloud, differences } = trace
  const differing = differences.map(({ path }) => path)
  const ids = findMadeUpIds(trace)
  const { written, added } = toEventParts(event)
  const losses = [web, cloud].flatMap(({ subscriptions }) => subscriptions.flatMap(({ run }) => run?.losses ?? []))
  return (
    <section class="way" tabIndex={0} aria-labelledby="way-title">
      <h3 id="way-title" class="sr">
        The way of the event
      </h3>
      <Stage step={1} title="Segment event">
        <JsonText value={written} label="The Segment event" marked={findLostPlaces(written, losses)} />
        {Object.keys(added).length > 0 && (
          <Folded title="Added by the library" size={Object.keys(added).join(', ')}>
            <JsonText value={added} label="The rest of the Segment event" />
          </Folded>
        )}
      </Stage>
      <div class="lanes">
        <HalfTrace half="web" side={withShortCalls(web, ids)} differing={differing} />
        <HalfTrace half="cloud" side={withShortCalls(cloud, ids)} differing={differing} />
      </div>
    </section>
  )
}
