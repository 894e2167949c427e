import { linkTo, route } from '../route'
import { LibraryTab } from './library-tab'
import { ShopTab } from './shop-tab'
import './source.css'
import { Editor } from './editor'
import { FileDrop } from './file-drop'

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

/** Sends typed events, and events from a file. */
function EditorTab() {
  return (
    <div class="editor-tab">
      <Editor />
      <FileDrop />
    </div>
  )
}
