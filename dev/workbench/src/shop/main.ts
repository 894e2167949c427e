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
  // Before the Messenger is told anything it has to be known whether the workspace wants proofs.
  const [source] = await Promise.all([ask('/shop/source.json'), askSecurity()])
  loadAnalytics(typeof source?.writeKey === 'string' ? source.writeKey : '')
  // Proofs are kept by nobody: a site that has them gives them anew on every page.
  if (person.value && isProving.value) await identify(person.value)
  render(h(App, {}), document.body)
}

// Started over in another tab or in the frame around: whoever was signed in here is nobody's customer any more.
addEventListener('storage', ({ key }) => {
  if (key === null) location.reload()
})

void start()
