import { state } from '../live'
import { linkTo } from '../route'
import { CopyButton } from '../shown/copy-button'
import { LIBRARIES } from './library-code'

/** How your own code sends its events here. */
export function LibraryTab() {
  if (!state.value) return null
  const address = state.value
  return (
    <div class="stack">
      <section class="card library-address" aria-labelledby="address-title">
        <h2 id="address-title">Point your library here</h2>
        <p>
          Any Segment library can send to this workbench instead of to Segment. Give it this host and this write key;
          its events show up in the <a href={linkTo('trace')}>trace</a> at once, and none of them leaves this machine
          for Segment.
        </p>
        <dl>
          {[
            { name: 'Host', value: address.trackingHost },
            { name: 'Write key', value: address.writeKey }
          ].map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <code>{value}</code> <CopyButton label={`Copy ${name.toLowerCase()}`} text={() => value} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <div class="libraries">
        {LIBRARIES.map(({ name, title, write }) => (
          <section key={name} class="card" aria-labelledby={`library-${name}`}>
            <div class="bar">
              <h2 id={`library-${name}`}>{name}</h2>
              <span class="quiet">{title}</span>
              <span class="push">
                <CopyButton label="Copy" text={() => write(address)} />
              </span>
            </div>
            <pre class="json" tabIndex={0} role="region" aria-label={`Code for ${name}`}>
              <code>{write(address)}</code>
            </pre>
          </section>
        ))}
      </div>
    </div>
  )
}
