import type { Analytics, Plugin } from '@segment/analytics-next'
import { DESTINATION_NAME } from './destination-name'
import type { Settings } from './generated-types'
import { readForeign } from './intercom-call'
import { markCopies } from './logout'
import { reportLosses } from './losses'
import { hasJoined, joinPageSession, leavePageSession, toDecision } from './page-session'

/** Unloaded plugins: Analytics.js removes them from its list only after it has called `unload` of all of them. */
const unloaded = new WeakSet()

/** Which action reports a skipped event: all plugins receive it, and one reports it. */
const REPORTERS: Record<string, string> = { track: 'trackEvent', identify: 'identifyUser', group: 'identifyCompany' }

/**
 * Skips events of people who have logged out since, events that another registration sends, and events with
 * `integrations: { 'Intercom Web (Actions)': false }`. `plugins` are all plugins of its registration.
 */
export function guardPlugin(plugin: Plugin, settings: Settings, plugins: readonly Plugin[]): Plugin {
  let analytics: Analytics | undefined
  const guard = (method: Plugin['track']): Plugin['track'] => {
    if (!method) return undefined
    return (context) => {
      if (context.event.integrations?.[DESTINATION_NAME] === false) return context
      const decision = toDecision(context, settings, analytics)
      if (decision === 'send') return method(context)
      const { event, type } = context.event
      const reporter = REPORTERS[type]
      if (decision !== 'duplicate' && reporter !== undefined && plugin.name.endsWith(` ${reporter}`))
        reportLosses(reporter, [{ path: String(event ?? type), reason: decision }], context, settings)
      return context
    }
  }
  const guarded: Plugin = {
    ...plugin,
    // Plugins that are registered directly obey the destination's name in `integrations` only if they carry it.
    alternativeNames: [DESTINATION_NAME],
    load: (context, instance) => {
      analytics = instance
      unloaded.delete(guarded)
      const wrapper = registered(instance).find((one) => readForeign(one, 'action') === guarded)
      if (wrapper) markCopies(wrapper)
      const loaded = plugin.load(context, instance)
      // The runtime starts once, for the first instance. This is another one, or the same one after an `unload`.
      if (plugin.isLoaded() && !hasJoined(settings, instance)) joinPageSession(settings, instance)
      return loaded
    },
    unload: (_context, instance) => {
      const all = registered(instance)
      const name = all.find((one) => unwrap(one) === guarded)?.name
      // Analytics.js removes all plugins of one name with the first of them, without a call to the others.
      for (const one of [guarded, ...all.filter((other) => other.name === name).map(unwrap)]) unloaded.add(one)
      const remaining = all.map(unwrap).filter((one) => !unloaded.has(one))
      if (!remaining.some((one) => String(readForeign(one, 'name')).startsWith(DESTINATION_NAME)))
        leavePageSession('all', instance)
      else if (!plugins.some((one) => remaining.includes(one))) leavePageSession([settings], instance)
    },
    track: guard(plugin.track),
    page: guard(plugin.page),
    identify: guard(plugin.identify),
    group: guard(plugin.group),
    alias: guard(plugin.alias)
  }
  return guarded
}

function registered({ queue }: Analytics): readonly Plugin[] {
  return queue.plugins
}

/** The plugin inside the wrapper that Analytics.js puts around a remote one. */
function unwrap(plugin: Plugin): object {
  const action = readForeign(plugin, 'action')
  return typeof action === 'object' && action !== null ? action : plugin
}
