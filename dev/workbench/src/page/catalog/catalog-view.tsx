import '../form/form.css'
import './catalog.css'
import { catalog, state } from '../live'
import { route } from '../route'
import { DestinationPage } from './destination-page'
import { DestinationSummary } from './destination-summary'

/** Both destinations, or the configuration of one. */
export function CatalogView() {
  const cards = catalog.value
  const now = state.value
  if (!cards || !now) return null
  const half = route.value[1]
  if (half === 'web' || half === 'cloud') {
    return (
      <DestinationPage key={half} card={cards[half]} destination={now.destinations[half]} connection={now.connection} />
    )
  }
  return (
    <>
      <h1>Catalog</h1>
      <p class="lead">
        Two destinations bring people, companies and events to Intercom: one from the browser, one from a server.
      </p>
      <div class="cards">
        <DestinationSummary card={cards.web} destination={now.destinations.web} connection={now.connection} />
        <DestinationSummary card={cards.cloud} destination={now.destinations.cloud} connection={now.connection} />
      </div>
    </>
  )
}
