import {
  MESSENGER_NUMBERS,
  MESSENGER_TEXTS,
  REGION_HOSTS,
  toBoolean,
  toNumber,
  toSnakeCase,
  withoutUndefined
} from '@intercom-destinations/shared-mapping'
import { DESTINATION_NAME } from './destination-name'
import type { Settings } from './generated-types'
import { DEFAULT_ACTIVATOR, DEFAULT_API_BASE } from './setting-defaults'

/** The settings of `boot` that concern the page; the person comes with the events. */
export interface BootSettings {
  app_id: string
  api_base: string
  /** Intercom's mark for an installation through Segment. */
  installation_type: 's'
  custom_launcher_selector?: string
  hide_default_launcher?: boolean
  hide_notifications?: true
  alignment?: string
  horizontal_padding?: number
  vertical_padding?: number
  z_index?: number
  session_duration?: number
  language_override?: string
  action_color?: string
  background_color?: string
  link_color?: string
  theme_mode?: string
}

const APP_ID = /^[\w-]+$/
const API_BASES = Object.values(REGION_HOSTS).map(({ messenger }) => messenger)

/**
 * Throws if app id or host are not valid: both become addresses from which the page loads code. In the browser the
 * settings are not validated before this.
 */
export function buildBootSettings(settings: Settings): BootSettings {
  const read = <Name extends string, T>(names: readonly Name[], of: (name: Name) => T) =>
    Object.fromEntries(names.map((name) => [toSnakeCase(name), of(name)]))
  return {
    ...withoutUndefined({
      custom_launcher_selector: toCustomActivator(settings),
      // `false` is not sent: it would show a launcher that the workspace itself hides.
      hide_default_launcher: toBoolean(settings.hideLauncherAtStart) || undefined,
      hide_notifications: toBoolean(settings.hideNotifications) ? (true as const) : undefined,
      language_override: settings.language || undefined,
      ...read(MESSENGER_TEXTS, (name) => settings[name] || undefined),
      ...read(MESSENGER_NUMBERS, (name) => toNumber(settings[name]))
    }),
    app_id: appIdOf(settings),
    api_base: apiBaseOf(settings),
    installation_type: 's'
  }
}

/** The selector of the page's own launcher; undefined for Intercom's. */
export function toCustomActivator({ activator }: Settings): string | undefined {
  return activator && activator !== DEFAULT_ACTIVATOR ? activator : undefined
}

function appIdOf({ appId }: Partial<Settings>): string {
  if (typeof appId === 'string' && APP_ID.test(appId)) return appId
  throw new Error(
    `${DESTINATION_NAME}: the App ID ${JSON.stringify(appId)} is not valid: use letters, digits, "-" and "_". ` +
      'Copy it from the address of your Intercom inbox: app.intercom.com/a/inbox/<App ID>.'
  )
}

function apiBaseOf({ apiBase }: Settings): string {
  const host = apiBase || DEFAULT_API_BASE
  if (API_BASES.includes(host)) return host
  throw new Error(
    `${DESTINATION_NAME}: ${JSON.stringify(apiBase)} is not a host of Intercom. Choose the region of your workspace: ${API_BASES.join(', ')}.`
  )
}
