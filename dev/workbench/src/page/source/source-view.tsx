import { linkTo, route } from '../route'
import { isShopOpen } from './kept-shop'
import { LibraryTab } from './library-tab'
import { ShopTab } from './shop-tab'
import './source.css'
import { Editor } from './editor'
import { FileDrop } from './file-drop'

const TABS = [
  { key: 'shop', title: 'Shop' },
  { key: 'editor', title: 'Editor and files' },
  { key: 'library', title: 'Your own code' }
] as const

/** The sources of events. It stays while another view is shown, so that the shop is not loaded again. */
export function SourceView({ isHidden }: { readonly isHidden: boolean }) {
  const { key: here } = TABS.find(({ key }) => key === route.value[1]) ?? TABS[0]
  return (
    <div hidden={isHidden}>
      <h1 class="sr">Source</h1>
      <nav class="tabs" aria-label="Ways to send events">
        {TABS.map(({ key, title }) => (
          <a key={key} href={linkTo('source', key)} aria-current={key === here ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      {isShopOpen.value && <ShopTab isHidden={isHidden || here !== 'shop'} />}
      {!isHidden && here === 'editor' && <EditorTab />}
      {!isHidden && here === 'library' && <LibraryTab />}
    </div>
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
