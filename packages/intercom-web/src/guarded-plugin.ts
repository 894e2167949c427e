import type { Analytics, Plugin } from '@segment/analytics-next'
import { DESTINATION_NAME } from './destination-name'
import type { Settings } from './generated-types'
import { readForeign } from './intercom-call'
import { followCopies } from './logout'
import { reportLosses } from './losses'
import { hasJoined, joinPageSession, leavePageSession, toFate } from './page-session'

/** Plugins that were taken off: Analytics.js takes them from its list only after it has asked all of them. */
const gone = new WeakSet()

/** Which action tells of an event that is not for the plugins: all of them hear of it, and one says it. */
const TELLERS: Record<string, string> = { track: 'trackEvent', identify: 'identifyUser', group: 'identifyCompany' }

/**
 * Keeps from a plugin what is not for it: the events of people who have logged out since, those that another registration
 * has said, and those that say `integrations: { 'Intercom Web (Actions)': false }`. `plugins` are all of its registration.
 */
export function guarded(plugin: Plugin, settings: Settings, plugins: readonly Plugin[]): Plugin {
  let analytics: Analytics | undefined
  const guard = (method: Plugin['track']): Plugin['track'] => {
    if (!method) return undefined
    return (context) => {
      if (context.event.integrations?.[DESTINATION_NAME] === false) return context
      const fate = toFate(context, settings, analytics)
      if (fate === 'said') return method(context)
      const { event, type } = context.event
      const teller = TELLERS[type]
      if (fate !== 'twice' && teller !== undefined && plugin.name.endsWith(` ${teller}`))
        reportLosses(teller, [{ path: String(event ?? type), reason: fate }], context, settings)
      return context
    }
  }
  const own: Plugin = {
    ...plugin,
    // Registered directly, plugins answer to the destination's name in `integrations` only if they carry it.
    alternativeNames: [DESTINATION_NAME],
    load: (context, instance) => {
      analytics = instance
      gone.delete(own)
      const wrapper = registered(instance).find((one) => readForeign(one, 'action') === own)
      if (wrapper) followCopies(wrapper)
      const loaded = plugin.load(context, instance)
      // The runtime starts once, for the first instance; this is another one, or the same again after an `unload`.
      if (plugin.isLoaded() && !hasJoined(settings, instance)) joinPageSession(settings, instance)
      return loaded
    },
    unload: (_context, instance) => {
      const all = registered(instance)
      const leaving = all.find((one) => toOwn(one) === own)?.name
      // Analytics.js takes off all of one name with the first of them, and asks no other.
      for (const one of [own, ...all.filter(({ name }) => name === leaving).map(toOwn)]) gone.add(one)
      const staying = all.map(toOwn).filter((one) => !gone.has(one))
      if (!staying.some((one) => String(readForeign(one, 'name')).startsWith(DESTINATION_NAME)))
        leavePageSession('all', instance)
      else if (!plugins.some((one) => staying.includes(one))) leavePageSession([settings], instance)
    },
    track: guard(plugin.track),
    page: guard(plugin.page),
    identify: guard(plugin.identify),
    group: guard(plugin.group),
    alias: guard(plugin.alias)
  }
  return own
}

function registered({ queue }: Analytics): readonly Plugin[] {
  return queue.plugins
}

/** The plugin inside what Analytics.js wraps around a remote one. */
function toOwn(plugin: Plugin): object {
  const action = readForeign(plugin, 'action')
  return typeof action === 'object' && action !== null ? action : plugin
}
