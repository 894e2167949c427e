import type { Plugin } from '@segment/analytics-next'
import { generatePlugins } from '@segment/browser-destination-runtime/plugin'
import type { BrowserDestinationDefinition } from '@segment/browser-destination-runtime/types'
import { DESTINATION_NAME } from './destination-name'
import type { Settings } from './generated-types'
import { guardPlugin } from './guard-plugin'
import identifyCompany from './identifyCompany'
import identifyUser from './identifyUser'
import messengerCommand from './messengerCommand'
import type { ActionClient } from './messenger-session'
import { joinPageSession } from './page-session'
import type { IntercomWebFactory, IntercomWebPreset } from './plugin-factory'
import { readSettings, type SavedSubscription } from './read-settings'
import { rehearse } from './rehearsal'
import trackEvent from './trackEvent'

/** The part of the definition that runs on a page; `definition.ts` adds the texts of the catalog. */
export const runtimeDefinition = {
  name: DESTINATION_NAME,
  mode: 'device',
  initialize: ({ settings, analytics }) => Promise.resolve(joinPageSession(settings, analytics)),
  actions: { trackEvent, identifyUser, identifyCompany, messengerCommand }
} satisfies BrowserDestinationDefinition<Settings, ActionClient>

const ignore = () => undefined
const REHEARSED = { ...runtimeDefinition, initialize: () => Promise.resolve({ update: ignore, send: ignore }) }

/** How long Analytics.js may take from reading the factory's name to calling it; it loads a file or two in between. */
const CALL_WITHIN_MS = 3000

/** The factory as it runs: it believes no setting before it has checked it. */
type UncheckedFactory = (settings: unknown) => Promise<Plugin[]>

type Factory = IntercomWebFactory & UncheckedFactory

/** One plugin for each action that has a mapping. Without `subscriptions` the default ones apply. */
function createPlugins(given: unknown, defaults: readonly SavedSubscription[]): Promise<Plugin[]> {
  const { settings, complaints } = readSettings(given, Object.keys(runtimeDefinition.actions))
  if (complaints.length > 0) warn(`some settings cannot be used: ${complaints.join('; ')}. The rest works.`)
  const subscriptions = settings.subscriptions ?? defaults
  if (!settings.subscriptions && defaults.length === 0)
    warn('the settings hold no subscriptions, so this script does nothing.')
  const plugins: Plugin[] = []
  const rows = subscriptions.map((one) => ({ name: one.partnerAction, mapping: {}, ...one }))
  for (const plugin of generatePlugins(runtimeDefinition, settings, rows))
    plugins.push(guardPlugin(plugin, settings, plugins))
  // Neither a server nor Safari has it.
  if (typeof requestIdleCallback === 'function') rehearse(generatePlugins(REHEARSED, settings, rows)).catch(ignore)
  return Promise.resolve(plugins)
}

/** The plugin factory, as Analytics.js finds it under the name in Segment's settings, and calls it. */
export function createRemoteFactory(): Factory {
  return Object.assign((given: unknown) => createPlugins(given, []), { pluginName: DESTINATION_NAME })
}

/**
 * The plugin factory for `plugins` of `AnalyticsBrowser.load`, and for `analytics.register(...(await intercomWeb(…)))`. It
 * warns if Analytics.js gets it and does not call it.
 */
export function createFactory(presets: readonly IntercomWebPreset[]): Factory {
  const defaults = presets.map((preset) => ({ ...preset, enabled: true }))
  let isCalled = false
  let isExpected = false
  const factory = (given: unknown): Promise<Plugin[]> => {
    isCalled = true
    return createPlugins(given, defaults)
  }
  /** Analytics.js reads the name of each factory it gets, and calls those that Segment's settings name. */
  const expectCall = () => {
    if (isExpected || isCalled || typeof window === 'undefined') return
    isExpected = true
    setTimeout(() => {
      if (!isCalled)
        warn(
          'Analytics.js has not called the factory, so nothing goes to Intercom. Enable the destination ' +
            'in Segment’s settings and in `integrations`, or pass plugins: await intercomWeb({ appId }).'
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
  // eslint-disable-next-line no-console -- otherwise nothing explains why the Messenger is missing
  console.warn(`${DESTINATION_NAME}: ${text}`)
}
