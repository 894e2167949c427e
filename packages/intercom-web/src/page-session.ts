import type { Analytics, Context } from '@segment/analytics-next'
import { buildBootSettings } from './boot-settings'
import type { HeldCall } from './call-queue'
import type { Settings } from './generated-types'
import { complain, loadWidget } from './load-widget'
import { createLogout, type Logout } from './logout'
import { reportLosses, type PageLoss } from './losses'
import { createMessengerEvents } from './messenger-events'
import { createMessengerSession, type MessengerSession } from './messenger-session'

interface PageSession {
  appId: string
  logout: Logout
  /** None where the page belongs to another workspace. */
  session: MessengerSession | undefined
}

// Registered under a name, because a page can have two copies of this file: one from npm, one from Segment's CDN.
const PAGE_SESSION: unique symbol = Symbol.for('intercom-destination.page-session')

declare global {
  interface Window {
    [PAGE_SESSION]?: PageSession
  }
}

/**
 * The one session of the page, for this Analytics instance; the first one starts it. On a server, and on a page with
 * another workspace's Messenger, there is none. Throws, before anything touches the page, when the settings do not make
 * a usable address.
 */
export function joinPageSession(settings: Settings, analytics: Analytics): MessengerSession | undefined {
  if (typeof window === 'undefined') return undefined
  const { app_id } = buildBootSettings(settings)
  const page = (window[PAGE_SESSION] ??= startPageSession(settings, analytics))
  const { session } = page
  if (!session) return undefined
  if (page.appId !== app_id) {
    complain(app_id, 'other-workspace')
    return undefined
  }
  page.logout.watch(analytics, session.reset)
  if (analytics.initialized) session.expectBoot()
  else analytics.on('initialize', session.expectBoot)
  return session
}

/** Whether the event is somebody's who has logged out since it was made. */
export function isOfSomebodyGone({ event }: Pick<Context, 'event'>): boolean {
  return typeof window !== 'undefined' && window[PAGE_SESSION]?.logout.hasLeft(event.messageId) === true
}

function startPageSession(settings: Settings, analytics: Analytics): PageSession {
  const bootSettings = buildBootSettings(settings)
  const appId = bootSettings.app_id
  const logout = createLogout()
  const onLost = ([method, name]: HeldCall, reason: PageLoss['reason']) => {
    const isEvent = method === 'trackEvent'
    const losses = [{ path: isEvent ? String(name) : method, reason }]
    reportLosses(isEvent ? 'trackEvent' : 'messengerCommand', losses, undefined, settings)
  }
  const widget = loadWidget({
    ...settings,
    appId,
    onDropped: (call) => onLost(call, 'queue-full')
  })
  if (!widget) return { appId, logout, session: undefined }
  const session = createMessengerSession(settings, {
    bootSettings,
    widget,
    toPersistedUser: () => analytics.user().id() ?? undefined,
    onBoot: settings.sendMessengerEvents === true ? createMessengerEvents(analytics, widget.send) : () => undefined,
    onLost
  })
  // Not `unload`: a page with such a listener is kept out of the back/forward cache.
  window.addEventListener('pagehide', session.finish)
  return { appId, logout, session }
}
