import type { EventTrace } from '../../contract'
import { JsonText } from '../shown/json'
import { HeldList } from './held-list'
import { Lane } from './lane'
import { Stage } from './stage'

/** From left to right: the event, what each half makes of it, and what Intercom holds in the end. */
export function Way({ trace }: { readonly trace: EventTrace }) {
  const { event, web, cloud, held, differences } = trace
  const differing = differences.map(({ path }) => path)
  return (
    <section class="way" tabIndex={0} aria-labelledby="way-title">
      <h3 id="way-title" class="sr">
        The way of the event
      </h3>
      <Stage step={1} title="Segment event">
        <JsonText value={event} label="The Segment event" />
      </Stage>
      <div class="lanes">
        <Lane half="web" side={web} differing={differing} />
        <Lane half="cloud" side={cloud} differing={differing} />
      </div>
      <Stage step={6} title="Intercom holds now">
        <HeldList held={held} />
      </Stage>
    </section>
  )
}
