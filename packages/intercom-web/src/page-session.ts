import type { Analytics, Context } from '@segment/analytics-next'
import { buildBootSettings } from './boot-settings'
import { DESTINATION_NAME } from './destination-name'
import type { Settings } from './generated-types'
import { readVisitorId } from './intercom-call'
import { complain } from './load-failure'
import { loadWidget, type Widget } from './load-widget'
import { watchLogout, type LogoutWatch } from './logout'
import { reportLosses, type PageLoss } from './losses'
import type { MessengerCall } from './messenger'
import { createMessengerEvents } from './messenger-events'
import { createMessengerSession, type MessengerSession } from './messenger-session'
import { isPrerendered, whenActivated } from './prerendering'

/** An Analytics instance whose events reach the Messenger. */
interface Member {
  logout: LogoutWatch
  /** The settings of each registration on it. Only the first registration sends, so that nothing is sent twice. */
  sets: Settings[]
  stop: () => void
}

interface PageSession {
  appId: string
  members: Map<Analytics, Member>
  /** Undefined if the page belongs to another workspace. */
  session: MessengerSession | undefined
  widget: Widget | undefined
  /** Registrations for another workspace. */
  refused: Settings[]
  stop: () => void
  /** The user of the last instance when its plugins were unloaded: later resets are not noticed. */
  leftBy?: { user: unknown }
}

// Registered under a name, because a page can have two copies of this file: one from npm, one from Segment's CDN.
const PAGE_SESSION: unique symbol = Symbol.for('intercom-destination.page-session')

declare global {
  interface Window {
    [PAGE_SESSION]?: PageSession
  }
}

/**
 * The one session of the page, for this Analytics instance; the first instance starts it. Undefined on a server, and on a
 * page with another workspace's Messenger. Throws, before it changes the page, if app id or host are not valid.
 */
export function joinPageSession(settings: Settings, analytics: Analytics): MessengerSession | undefined {
  if (typeof window === 'undefined') return undefined
  const { app_id } = buildBootSettings(settings)
  const page = (window[PAGE_SESSION] ??= startPageSession(settings, analytics))
  const { session } = page
  if (page.appId !== app_id || !session) {
    if (page.appId !== app_id) complain(app_id, 'other-workspace')
    page.refused.push(settings)
    return undefined
  }
  if (page.members.size === 0) resumeSession(page, session, analytics)
  const member = page.members.get(analytics) ?? addMember(page, session, analytics)
  member.sets.push(settings)
  if (member.sets.length > 1)
    // eslint-disable-next-line no-console -- once for each needless registration; its plugins send nothing
    console.warn(`${DESTINATION_NAME}: registered twice on one Analytics instance. The first registration is used.`)
  if (analytics.initialized) session.scheduleBoot()
  return session
}

/** Whether the registration has joined the page's session for this instance, or was refused. */
export function hasJoined(settings: Settings, analytics: Analytics): boolean {
  const page = window[PAGE_SESSION]
  return page?.members.get(analytics)?.sets.includes(settings) === true || page?.refused.includes(settings) === true
}

/** Removes registrations from an instance. The session pauses when none is left on the page. */
export function leavePageSession(sets: readonly Settings[] | 'all', analytics: Analytics): void {
  const page = window[PAGE_SESSION]
  const member = page?.members.get(analytics)
  if (!page || !member) return
  member.sets = sets === 'all' ? [] : member.sets.filter((set) => !sets.includes(set))
  if (member.sets.length > 0) return
  member.stop()
  page.members.delete(analytics)
  if (page.members.size > 0) return
  page.leftBy = { user: analytics.user().id() }
  page.stop()
}

/** Whether an event is sent to the Messenger, or why not. */
export function toDecision(
  context: Pick<Context, 'event'>,
  settings: Settings,
  analytics: Analytics | undefined
): 'send' | 'duplicate' | 'person-left' | 'plugin-unloaded' {
  if (typeof window === 'undefined' || !analytics) return 'send'
  const page = window[PAGE_SESSION]
  const member = page?.members.get(analytics)
  if (!member) return page?.session && !page.refused.includes(settings) ? 'plugin-unloaded' : 'send'
  if (!member.sets.includes(settings)) return 'plugin-unloaded'
  if (member.sets[0] !== settings) return 'duplicate'
  return member.logout.isFromEarlierPerson(context) ? 'person-left' : 'send'
}

function addMember(page: PageSession, session: MessengerSession, analytics: Analytics): Member {
  const logout = watchLogout(analytics, session.reset)
  analytics.on('initialize', session.scheduleBoot)
  const stop = () => {
    logout.stop()
    analytics.off('initialize', session.scheduleBoot)
  }
  const member = { logout, sets: [], stop }
  page.members.set(analytics, member)
  return member
}

/** Listens to the page and loads Intercom's script, until the last instance leaves. */
function resumeSession(page: PageSession, session: MessengerSession, analytics: Analytics): void {
  const stopWatch = page.widget?.watch()
  let isOver = false
  // Not `unload`: a page with such a listener is kept out of the back/forward cache.
  window.addEventListener('pagehide', session.flushAll)
  whenActivated(() => {
    if (!isOver) session.resume()
  })
  if (page.leftBy && page.leftBy.user !== analytics.user().id()) session.reset()
  page.stop = () => {
    isOver = true
    stopWatch?.()
    window.removeEventListener('pagehide', session.flushAll)
    session.pause()
  }
}

function startPageSession(settings: Settings, analytics: Analytics): PageSession {
  const bootSettings = buildBootSettings(settings)
  const appId = bootSettings.app_id
  const report = (action: string, losses: readonly PageLoss[]) => reportLosses(action, losses, undefined, settings)
  const onLost = (call: MessengerCall, reason: PageLoss['reason']) => {
    const { action, paths } = toLostPaths(call)
    report(
      action,
      paths.map((path) => ({ path, reason }))
    )
  }
  const widget = loadWidget({
    ...settings,
    appId,
    onDropped: (call) => onLost(call, 'queue-full')
  })
  const session =
    widget &&
    createMessengerSession(settings, {
      bootSettings,
      widget,
      isPaused: isPrerendered(),
      toPersistedUser: () => analytics.user().id() ?? undefined,
      onBoot: settings.sendMessengerEvents ? createMessengerEvents(analytics, widget.send) : undefined,
      toVisitor: settings.linkVisitor ? () => toVisitor(analytics) : undefined,
      onLost,
      onDoubtful: (losses) => report('identifyCompany', losses)
    })
  return { appId, members: new Map(), session, widget, refused: [], stop: () => undefined }
}

/** Who the visitor is for the Messenger and for Segment; undefined while the Messenger knows no visitor. */
function toVisitor(analytics: Analytics) {
  const intercom_visitor_id = readVisitorId()
  return intercom_visitor_id ? { intercom_visitor_id, segment_anonymous_id: analytics.user().anonymousId() } : undefined
}

/** The names of what a lost call would have sent, without values. */
function toLostPaths([method, what]: MessengerCall): { action: string; paths: string[] } {
  if (method === 'trackEvent') return { action: 'trackEvent', paths: [String(what)] }
  if (method !== 'update') return { action: 'messengerCommand', paths: [method] }
  const { last_request_at: _, widget: _widget, ...attributes } = what
  return { action: 'identifyUser', paths: Object.keys(attributes) }
}
