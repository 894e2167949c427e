import '../form/form.css'
import './mappings.css'
import type { Half } from '../../contract'
import { catalog, state } from '../live'
import { linkTo, route } from '../route'
import { currentRows } from './mapping-drafts'
import { MappingEditor } from './mapping-editor'
import { MappingList } from './mapping-list'

/** The rows of one destination, or one of them opened. */
export function MappingsView() {
  const cards = catalog.value
  if (!cards || !state.value) return null
  const [, place, at] = route.value
  const half: Half = place === 'cloud' ? 'cloud' : 'web'
  const index = at === undefined ? -1 : Number(at)
  const row = currentRows(half)[index]
  if (row) return <MappingEditor key={`${half}/${index}`} card={cards[half]} row={row} index={index} />
  return (
    <>
      <h1>Mappings</h1>
      <nav class="tabs" aria-label="Destinations">
        {(['web', 'cloud'] as const).map((one) => (
          <a key={one} href={linkTo('mappings', one)} aria-current={one === half ? 'page' : undefined}>
            {cards[one].name}
          </a>
        ))}
      </nav>
      {at !== undefined && <p class="note warn">This mapping is not there any more. Here are the others.</p>}
      <MappingList key={half} card={cards[half]} />
    </>
  )
}
