import type { TableName } from '../../contract'
import { held, state } from '../live'
import { linkTo, route } from '../route'
import { CompanyPage } from './company-page'
import { FaultsPanel } from './faults-panel'
import './intercom.css'
import { PersonPage } from './person-page'
import { TablePanel } from './table-panel'

const TABLES: readonly { readonly name: TableName; readonly title: string }[] = [
  { name: 'contacts', title: 'People' },
  { name: 'companies', title: 'Companies' },
  { name: 'events', title: 'Events' },
  { name: 'tags', title: 'Tags' },
  { name: 'attributes', title: 'Attributes' }
]

/** The data of Intercom as a teammate sees it, and the simulated faults. */
export function IntercomView() {
  const [, place = 'contacts', id] = route.value
  const table = TABLES.find(({ name }) => name === place)
  const faults = state.value?.faults.filter(({ on }) => on).length ?? 0
  return (
    <>
      <h1>Intercom</h1>
      <WhereaboutsNote />
      <nav class="tabs" aria-label="Intercom’s side">
        {TABLES.map(({ name, title }) => (
          <a key={name} href={linkTo('intercom', name)} aria-current={name === place ? 'page' : undefined}>
            {title} <span class="count">{held.value?.[name] ?? ''}</span>
          </a>
        ))}
        <a href={linkTo('intercom', 'faults')} aria-current={place === 'faults' ? 'page' : undefined}>
          What may go wrong {faults > 0 && <span class="badge bad">{faults} on</span>}
        </a>
      </nav>
      {place === 'faults' && <FaultsPanel />}
      {table && <Place table={table} id={id} />}
    </>
  )
}

/** A table, or the page of one of its rows. */
function Place({
  table: { name, title },
  id
}: {
  readonly table: (typeof TABLES)[number]
  readonly id?: string | undefined
}) {
  if (id !== undefined && name === 'contacts') return <PersonPage key={id} id={id} />
  if (id !== undefined && name === 'companies') return <CompanyPage key={id} id={id} />
  return <TablePanel key={name} name={name} title={title} />
}

/** Why delivered data may be missing in these tables. */
function WhereaboutsNote() {
  if (state.value?.connection.kind === 'none') {
    return (
      <p class="note warn">
        Nothing is connected: the cloud half is off, and nothing of what is sent arrives here.{' '}
        <a href={linkTo('catalog', 'cloud')}>Connect the emulated Intercom</a>
      </p>
    )
  }
  if (state.value?.connection.kind !== 'intercom') return null
  return (
    <p class="note warn">
      Events go to the real workspace {state.value.connection.workspace}: look there for them. These tables are the
      emulator’s.
    </p>
  )
}
