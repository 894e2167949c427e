import type { Plugin } from '@segment/analytics-next'
import { generatePlugins } from '@segment/browser-destination-runtime/plugin'
import type { BrowserDestinationDefinition } from '@segment/browser-destination-runtime/types'
import { DESTINATION_NAME } from './destination-name'
import type { Settings } from './generated-types'
import { guarded } from './guarded-plugin'
import identifyCompany from './identifyCompany'
import identifyUser from './identifyUser'
import messengerCommand from './messengerCommand'
import type { MessengerSession } from './messenger-session'
import { joinPageSession } from './page-session'
import type { IntercomWebFactory, Subscription } from './plugin-factory'
import { readSettings } from './read-settings'
import trackEvent from './trackEvent'

/** As much of the definition as runs on a page; `definition.ts` has what people read. */
export const runtimeDefinition = {
  name: DESTINATION_NAME,
  mode: 'device',
  initialize: ({ settings, analytics }) => Promise.resolve(joinPageSession(settings, analytics)),
  actions: { trackEvent, identifyUser, identifyCompany, messengerCommand }
} satisfies BrowserDestinationDefinition<Settings, MessengerSession | undefined>

/** How long Analytics.js may take from looking for the factory to calling it; it loads a file or two in between. */
const CALL_WITHIN_MS = 3000

/**
 * The plugin factory, for `plugins` of `AnalyticsBrowser.load`, for `analytics.register(...(await intercomWeb(…)))`,
 * and, under `window.intercomDestination`, for Analytics.js itself. Without `subscriptions` the presets apply.
 */
export function createFactory(presets: readonly Omit<Subscription, 'enabled'>[]): IntercomWebFactory {
  let isCalled = false
  let isAsked = false
  const factory = (given: unknown): Promise<Plugin[]> => {
    isCalled = true
    const { settings, complaints } = readSettings(given, Object.keys(runtimeDefinition.actions))
    if (complaints.length > 0)
      warn(`some settings cannot be used: ${complaints.join('; ')}. The rest works. Correct them where they are made.`)
    const subscriptions = settings.subscriptions ?? presets.map((preset) => ({ ...preset, enabled: true }))
    if (settings.subscriptions === undefined && presets.length === 0)
      warn('the settings hold no subscriptions, so this script does nothing.')
    const plugins: Plugin[] = []
    const rows = subscriptions.map((one) => ({ name: one.partnerAction, mapping: {}, ...one }))
    for (const plugin of generatePlugins(runtimeDefinition, settings, rows))
      plugins.push(guarded(plugin, settings, plugins))
    return Promise.resolve(plugins)
  }
  /** Analytics.js reads the name of each factory that it is given, and calls those that Segment's settings name. */
  const expectCall = () => {
    if (isAsked || isCalled || typeof window === 'undefined') return
    isAsked = true
    setTimeout(() => {
      if (!isCalled)
        warn(
          'Analytics.js was given the factory and has not called it, so nothing goes to Intercom. It does so where ' +
            'Segment’s settings name the destination and `integrations` does not switch it off. Otherwise hand over the ' +
            'plugins themselves: plugins: await intercomWeb({ appId }).'
        )
    }, CALL_WITHIN_MS)
  }
  return Object.defineProperty(Object.assign(factory, { pluginName: DESTINATION_NAME }), 'pluginName', {
    enumerable: true,
    get: () => {
      expectCall()
      return DESTINATION_NAME
    }
  })
}

function warn(text: string): void {
  // eslint-disable-next-line no-console -- without it a page would look for hours for a Messenger that does not come
  console.warn(`${DESTINATION_NAME}: ${text}`)
}
