import type { Plugin } from '@segment/analytics-next'
import { generatePlugins } from '@segment/browser-destination-runtime/plugin'
import type { BrowserDestinationDefinition } from '@segment/browser-destination-runtime/types'
import { toRecord } from '@intercom-destinations/shared-mapping'
import { DESTINATION_NAME } from './destination-name'
import type { Settings } from './generated-types'
import identifyCompany from './identifyCompany'
import identifyUser from './identifyUser'
import messengerCommand from './messengerCommand'
import type { MessengerSession } from './messenger-session'
import { reportLosses } from './losses'
import { isOfSomebodyGone, joinPageSession } from './page-session'
import type { IntercomWebFactory, IntercomWebSettings, Subscription } from './plugin-factory'
import trackEvent from './trackEvent'

/** As much of the definition as runs on a page; `definition.ts` has what people read. */
export const runtimeDefinition = {
  name: DESTINATION_NAME,
  mode: 'device',
  initialize: ({ settings, analytics }) => Promise.resolve(joinPageSession(settings, analytics)),
  actions: { trackEvent, identifyUser, identifyCompany, messengerCommand }
} satisfies BrowserDestinationDefinition<Settings, MessengerSession | undefined>

/**
 * The plugin factory, for `plugins` of `AnalyticsBrowser.load`, for `analytics.register(...(await intercomWeb(…)))`,
 * and, under `window.intercomDestination`, for Analytics.js itself. Without `subscriptions` the presets apply.
 */
export function createFactory(presets: readonly Omit<Subscription, 'enabled'>[]): IntercomWebFactory {
  return Object.assign(
    (settings: unknown): Promise<Plugin[]> => {
      const known = isSettings(settings) ? settings : { appId: '' }
      const subscriptions = known.subscriptions ?? presets.map((preset) => ({ ...preset, enabled: true }))
      if (known.subscriptions === undefined && presets.length === 0) {
        // eslint-disable-next-line no-console -- without it a page would look for hours for a Messenger that nobody asked for
        console.warn(`${DESTINATION_NAME}: the settings hold no subscriptions, so this script does nothing.`)
      }
      const plugins = generatePlugins(
        runtimeDefinition,
        known,
        subscriptions.map((subscription) => ({ name: subscription.partnerAction, mapping: {}, ...subscription }))
      )
      return Promise.resolve(plugins.map((plugin) => guarded(plugin, known)))
    },
    { pluginName: DESTINATION_NAME }
  )
}

/**
 * Keeps from a plugin what is not for it: the events of people who have logged out since, and those that say
 * `integrations: { 'Intercom Web (Actions)': false }`.
 */
function guarded(plugin: Plugin, settings: Settings): Plugin {
  const guard = (method: Plugin['track']): Plugin['track'] => {
    if (!method) return undefined
    return (context) => {
      const isRefused = context.event.integrations?.[DESTINATION_NAME] === false
      const isLate = isOfSomebodyGone(context)
      const { event, type } = context.event
      // Three plugins hear of it; one says it.
      if (isLate && !isRefused && type === 'track' && plugin.name.endsWith(' trackEvent'))
        reportLosses('trackEvent', [{ path: String(event), reason: 'person-left' }], context, settings)
      return isRefused || isLate ? context : method(context)
    }
  }
  return {
    ...plugin,
    // Registered directly, plugins answer to the destination's name in `integrations` only if they carry it.
    alternativeNames: [DESTINATION_NAME],
    track: guard(plugin.track),
    page: guard(plugin.page),
    identify: guard(plugin.identify),
    group: guard(plugin.group),
    alias: guard(plugin.alias)
  }
}

/** Of what a settings document holds nothing is taken for granted: whoever reads a setting checks it there. */
function isSettings(value: unknown): value is IntercomWebSettings {
  return toRecord(value) !== undefined
}
