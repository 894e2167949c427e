import type { ConnectionState, DestinationCard, DestinationState } from '../../contract'
import { useStartAtTop } from '../form/start-at-top'
import { linkTo } from '../route'
import { ConnectionPanel } from './connection-panel'
import { EnabledSwitch } from './enabled-switch'
import { SettingsForm } from './settings-form'

interface DestinationPageProps {
  readonly card: DestinationCard
  readonly destination: DestinationState
  readonly connection: ConnectionState
}

/** The configuration page of a destination. */
export function DestinationPage({ card, destination, connection }: DestinationPageProps) {
  useStartAtTop()
  return (
    <div class="destination-page">
      <nav class="crumbs" aria-label="Where you are">
        <a href={linkTo('catalog')}>Catalog</a> <span aria-hidden="true">/</span>
      </nav>
      <header class="destination-head">
        <h1>{card.name}</h1>
        <EnabledSwitch half={card.half} name={card.name} on={destination.enabled} />
        <a class="button push" href={linkTo('mappings', card.half)}>
          Mappings
        </a>
      </header>
      <p class="lead">{card.description}</p>
      {card.half === 'cloud' && <ConnectionPanel connection={connection} region={card.settings.region} />}
      <section aria-labelledby="settings-title">
        <h2 id="settings-title">Settings</h2>
        <SettingsForm card={card} settings={destination.settings} />
      </section>
    </div>
  )
}
