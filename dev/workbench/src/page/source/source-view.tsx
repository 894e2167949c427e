import { linkTo, route } from '../route'
import { EditorTab } from './editor-tab'
import { LibraryTab } from './library-tab'
import { ShopTab } from './shop-tab'
import './source.css'

const TABS = [
  { key: 'shop', title: 'Shop', Tab: ShopTab },
  { key: 'editor', title: 'Editor and files', Tab: EditorTab },
  { key: 'library', title: 'Your own code', Tab: LibraryTab }
] as const

/** The sources of events. */
export function SourceView() {
  const { key: here, Tab } = TABS.find(({ key }) => key === route.value[1]) ?? TABS[0]
  return (
    <>
      <h1 class="sr">Source</h1>
      <nav class="tabs" aria-label="Ways to send events">
        {TABS.map(({ key, title }) => (
          <a key={key} href={linkTo('source', key)} aria-current={key === here ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <Tab />
    </>
  )
}
