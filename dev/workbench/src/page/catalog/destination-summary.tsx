import type { ConnectionState, DestinationCard, DestinationState } from '../../contract'
import { linkTo } from '../route'
import { EnabledSwitch } from './enabled-switch'

interface DestinationSummaryProps {
  readonly card: DestinationCard
  readonly destination: DestinationState
  readonly connection: ConnectionState
}

/** A destination as the catalog shows it. */
export function DestinationSummary({ card, destination, connection }: DestinationSummaryProps) {
  const { half, name, slug, description, actions } = card
  const on = destination.subscriptions.filter(({ enabled }) => enabled).length
  return (
    <article class="card destination" aria-labelledby={`destination-${half}`}>
      <header>
        <div>
          <h2 id={`destination-${half}`}>
            <a href={linkTo('catalog', half)}>{name}</a>
          </h2>
          <p class="slug">
            <code>{slug}</code>
          </p>
        </div>
        <EnabledSwitch half={half} name={name} on={destination.enabled} />
      </header>
      <p>{description}</p>
      <h3 class="overline">Actions</h3>
      <ul class="actions">
        {Object.entries(actions).map(([key, action]) => (
          <li key={key}>
            <strong>{action.title}</strong> <span class="quiet">{action.description}</span>
          </li>
        ))}
      </ul>
      <footer class="bar">
        <a class="button primary" href={linkTo('catalog', half)}>
          Configure <span class="sr">{name}</span>
        </a>
        <a class="button" href={linkTo('mappings', half)}>
          Mappings <span class="sr">of {name},</span>{' '}
          <span class="quiet">{`${on} of ${destination.subscriptions.length} on`}</span>
        </a>
        {half === 'cloud' && (
          <span class={connection.kind === 'none' ? 'badge warn push' : 'badge good push'}>
            {sayConnection(connection)}
          </span>
        )}
      </footer>
    </article>
  )
}

/** The current connection in a few words. */
function sayConnection(connection: ConnectionState): string {
  if (connection.kind === 'none') return 'Not connected'
  return connection.kind === 'emulator' ? `Emulated: ${connection.workspace}` : connection.workspace
}
