import type { ComponentType } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { CatalogView } from './catalog/catalog-view'
import { IntercomView } from './intercom/intercom-view'
import { unsavedPlaces } from './form/unsaved'
import { connect, CONNECT_YOURS } from './connect'
import { catalog, connected, rows, state } from './live'
import { MappingsView } from './mappings/mappings-view'
import { ReportView } from './report/report-view'
import { goTo, linkTo, route } from './route'
import { SourceView } from './source/source-view'
import { subject } from './subject'
import { TraceView } from './trace/trace-view'

interface Place {
  readonly key: string
  readonly title: string
  /** The source stays, whatever is shown beside it. */
  readonly View?: ComponentType
}

/** The views, in the order in which an event passes them. */
const PLACES: readonly Place[] = [
  { key: 'source', title: 'Source' },
  { key: 'trace', title: 'Trace', View: TraceView },
  { key: 'report', title: 'Report', View: ReportView },
  { key: 'intercom', title: 'Intercom', View: IntercomView },
  { key: 'mappings', title: 'Mappings', View: MappingsView },
  { key: 'catalog', title: 'Catalog', View: CatalogView }
]

export function App() {
  const here = PLACES.find(({ key }) => key === route.value[0]) ?? PLACES[0]
  const main = useRef<HTMLElement>(null)
  const title = here?.title ?? ''
  useLayoutEffect(() => {
    document.title = [subject.value, title, 'Segment → Intercom'].filter((part) => part !== '').join(' · ')
  }, [title, subject.value])
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        Skip to content
      </a>
      <header class="top">
        <a class="brand" href={linkTo('source')}>
          Segment <span aria-hidden="true">→</span>
          <span class="sr">to</span> Intercom <span class="brand-what">workbench</span>
        </a>
        <nav aria-label="Workbench">
          {PLACES.map(({ key, title }) => (
            <a key={key} href={linkTo(key)} aria-current={here?.key === key ? 'page' : undefined}>
              {title}
              {key === 'trace' && rows.value.length > 0 && (
                <>
                  {' '}
                  <span class="count">{rows.value.length}</span>
                </>
              )}
              {unsavedPlaces.value.has(key) && (
                <span class="unsaved" title="Unsaved changes">
                  <span class="sr">, with pending changes</span>
                </span>
              )}
            </a>
          ))}
        </nav>
        <Whereabouts />
      </header>
      <main ref={main} id="main" tabIndex={-1} class={`view view-${here?.key ?? ''}`}>
        {catalog.value && state.value && here ? (
          <>
            <SourceView isHidden={here.View !== undefined} />
            {here.View && <here.View />}
          </>
        ) : (
          <p class="quiet">Opening…</p>
        )}
      </main>
    </>
  )
}

/** The catalog shows why it did not work. */
const goToConnection = (): void => {
  goTo('catalog', 'cloud')
}

/** The connected workspace and the simulated faults, so that such a fault is not mistaken for a real one. */
function Whereabouts() {
  if (!state.value) return null
  if (!connected.value)
    return (
      <p class="whereabouts bad" role="alert">
        The workbench has stopped. Start it again in its terminal.
      </p>
    )
  const { connection, faults } = state.value
  const on = faults.filter((fault) => fault.on)
  return (
    <p class="whereabouts">
      <a href={connection.kind === 'emulator' ? linkTo('intercom') : linkTo('catalog', 'cloud')}>
        {connection.kind === 'none' && 'Not connected'}
        {connection.kind === 'emulator' && 'Emulated Intercom'}
        {connection.kind === 'intercom' && `Intercom: ${connection.workspace}`}
      </a>
      {connection.kind === 'none' && (
        <button type="button" class="small" onClick={() => void connect({ to: 'emulator' }).catch(goToConnection)}>
          Connect
        </button>
      )}
      {connection.kind === 'emulator' && (
        <a class="button small" href={linkTo('catalog', 'cloud', CONNECT_YOURS)}>
          Connect yours
        </a>
      )}
      {on.map(({ name, title }) => (
        <a key={name} class="badge bad" href={linkTo('intercom', 'faults')}>
          {title}
        </a>
      ))}
    </p>
  )
}
