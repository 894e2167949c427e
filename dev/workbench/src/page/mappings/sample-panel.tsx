import type { RefObject } from 'preact'
import type { Preview, Problem } from '../../contract'
import { rows } from '../live'
import { JsonText } from '../shown/json'
import { ProblemList } from '../shown/problem-list'
import type { EventPath } from './event-paths'
import { PathList } from './path-list'
import { toReceivedEvents } from './sample-choice'
import type { SampleInUse } from './use-sample'

interface SamplePanelProps {
  readonly chooser: RefObject<HTMLSelectElement | null>
  readonly sample: SampleInUse
  readonly paths: readonly EventPath[]
  readonly preview: Preview | undefined
  readonly problems: readonly Problem[]
}

/** A sample event, and what the mapping makes of it. */
export function SamplePanel({ chooser, sample, paths, preview, problems }: SamplePanelProps) {
  const types = [...new Set(sample.samples.map(({ event }) => (typeof event.type === 'string' ? event.type : '')))]
  const received = toReceivedEvents(rows.value, sample.received)
  return (
    <aside class="sample-panel" aria-label="Sample">
      <div class="card">
        <label class="overline" for="sample">
          Sample event
        </label>
        <select
          ref={chooser}
          id="sample"
          class="wide"
          value={sample.key}
          onChange={(event) => {
            sample.choose(event.currentTarget.value)
          }}
        >
          {received.length > 0 && (
            <optgroup label="Received lately">
              {received.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </optgroup>
          )}
          {types.map((type) => (
            <optgroup key={type} label={`Examples: ${type}`}>
              {sample.samples
                .filter(({ event }) => event.type === type)
                .map(({ key, title }) => (
                  <option key={key} value={key}>
                    {title}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
        <h2 class="overline">The mapping makes of it</h2>
        <ProblemList problems={problems} />
        {preview ? (
          <JsonText value={preview.payload} label="What the mapping makes of the sample" />
        ) : (
          <p class="quiet">Choose an event.</p>
        )}
        {preview?.takes === false && (
          <p class="quiet">The trigger does not take this event; this is what would come of it.</p>
        )}
      </div>
      <details class="card" open>
        <summary>Its values, to pick from</summary>
        <PathList paths={paths} />
      </details>
      <details class="card">
        <summary>The event as JSON</summary>
        {sample.event && <JsonText value={sample.event} label="The sample event" />}
      </details>
    </aside>
  )
}
