import type { Plugin } from '@segment/analytics-next'
import { generatePlugins } from '@segment/browser-destination-runtime/plugin'
import type { BrowserDestinationDefinition } from '@segment/browser-destination-runtime/types'
import { toRecord } from '@intercom-destinations/shared-mapping'
import { defaultValues } from './default-values'
import { DESTINATION_NAME } from './destination-name'
import type { Settings } from './generated-types'
import identifyCompany from './identifyCompany'
import identifyUser from './identifyUser'
import messengerCommand from './messengerCommand'
import type { MessengerSession } from './messenger-session'
import { joinPageSession, isOfSomebodyGone } from './page-session'
import type { IntercomWebDefinition, IntercomWebFactory, IntercomWebSettings } from './plugin-factory'
import { settings } from './settings'
import trackEvent from './trackEvent'

export type { Settings } from './generated-types'
export { LOAD_FAILURE_EVENT, type LoadFailure } from './load-widget'
export { LOSS_EVENT, type LossReport, type PageLoss } from './losses'
export type { IntercomWebDefinition, IntercomWebFactory, IntercomWebSettings, Subscription } from './plugin-factory'

const presets = [
  {
    type: 'automatic' as const,
    name: 'Track Event',
    partnerAction: 'trackEvent',
    subscribe: 'type = "track"',
    mapping: defaultValues(trackEvent.fields)
  },
  {
    type: 'automatic' as const,
    name: 'Identify User',
    partnerAction: 'identifyUser',
    subscribe: 'type = "identify" or type = "page"',
    mapping: defaultValues(identifyUser.fields)
  },
  {
    type: 'automatic' as const,
    name: 'Identify Company',
    partnerAction: 'identifyCompany',
    subscribe: 'type = "group"',
    mapping: defaultValues(identifyCompany.fields)
  }
]

const definition = {
  name: DESTINATION_NAME,
  slug: 'actions-intercom-web',
  mode: 'device',
  description: 'Load the Intercom Messenger on your site, and tell it who is there and what they do.',
  settings,
  presets,
  initialize: ({ settings, analytics }) => Promise.resolve(joinPageSession(settings, analytics)),
  actions: { trackEvent, identifyUser, identifyCompany, messengerCommand }
} satisfies BrowserDestinationDefinition<Settings, MessengerSession | undefined> & IntercomWebDefinition

/** The definition of the destination: settings, presets, and actions with their fields. */
export const destination: IntercomWebDefinition = definition

/**
 * The plugin factory, for `plugins` of `AnalyticsBrowser.load`, for `analytics.register(...(await intercomWeb(…)))`,
 * and, under `window.intercomDestination`, for Analytics.js itself.
 */
const intercomWeb: IntercomWebFactory = Object.assign(
  (settings: unknown): Promise<Plugin[]> => {
    const known = isSettings(settings) ? settings : { appId: '' }
    const subscriptions = known.subscriptions ?? presets.map((preset) => ({ ...preset, enabled: true }))
    const plugins = generatePlugins(
      definition,
      known,
      subscriptions.map((subscription) => ({ name: subscription.partnerAction, mapping: {}, ...subscription }))
    )
    return Promise.resolve(plugins.map(guarded))
  },
  { pluginName: DESTINATION_NAME }
)

/**
 * Keeps from a plugin what is not for it: the events of people who have logged out since, and those that say
 * `integrations: { 'Intercom Web (Actions)': false }`.
 */
function guarded(plugin: Plugin): Plugin {
  const guard = (method: Plugin['track']): Plugin['track'] => {
    if (!method) return undefined
    return (context) => {
      const isRefused = context.event.integrations?.[DESTINATION_NAME] === false
      return isRefused || isOfSomebodyGone(context) ? context : method(context)
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

export default intercomWeb
