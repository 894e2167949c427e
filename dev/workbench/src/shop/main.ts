import { h, render } from 'preact'
import { person } from './account'
import { App } from './app'
import { loadAnalytics } from './load-analytics'
import { startMessenger } from './messenger/messenger'
import { ask, askSecurity, isProving } from './proof'
import { identify } from './sender'
import './style.css'
import './messenger/corner.css'

async function start(): Promise<void> {
  startMessenger()
  // Whether the workspace requires proofs must be known before the first call to the Messenger.
  const [source] = await Promise.all([ask('/shop/source.json'), askSecurity()])
  loadAnalytics(typeof source?.writeKey === 'string' ? source.writeKey : '')
  // Proofs are not stored: a site sends them again on every page.
  if (person.value && isProving.value) await identify(person.value)
  render(h(App, {}), document.body)
}

// After starting over in another tab or in the surrounding page, the person who was signed in here is unknown.
addEventListener('storage', ({ key }) => {
  if (key === null) location.reload()
})

void start()
