import type { WithChoices } from '@intercom-destinations/shared-mapping'
import type { JSONObject, JSONValue, Plugin } from '@segment/analytics-next'
import type { Choices } from './generated-choices'
import type { Settings } from './generated-types'
import type { ActionName, Subscription } from './subscription-types'

/**
 * The public types of the package. They are written out here instead of imported from Segment's runtime, so that a site
 * needs only `@segment/analytics-next` to compile against them.
 */

/** A subscription of the definition. Its mapping is the defaults of the action's fields. */
export type IntercomWebPreset = {
  type: 'automatic'
  name: string
  partnerAction: ActionName
  subscribe: string
  mapping: JSONObject
}

/**
 * A preset as `presets.map((preset) => ({ ...preset, enabled: true }))` gives it. It names few keys, so that the compiler's
 * messages about a row written by hand compare it with `Subscription`.
 */
type EnabledPreset = Pick<IntercomWebPreset, 'type' | 'partnerAction' | 'mapping'> & { enabled: boolean }

/** The settings of the factory. Without `subscriptions` the presets apply. */
export interface IntercomWebSettings extends WithChoices<Settings, Choices['settings']> {
  subscriptions?: readonly (Subscription | EnabledPreset)[]
}

/** Analytics.js, which finds the factory in `plugins` or as a remote plugin, and calls it with the settings document. */
interface AnalyticsLoader {
  readonly isAnalyticsLoader: true
}

/** Creates the plugins for Analytics.js: one for each enabled subscription. */
export interface IntercomWebFactory {
  /** As Analytics.js calls it, with unchecked settings. Its `this` keeps code of a site from doing so by mistake. */
  (this: AnalyticsLoader, settings: JSONValue): Promise<Plugin[]>
  (settings: IntercomWebSettings): Promise<Plugin[]>
  /** The name by which Analytics.js finds the factory in `plugins`, instead of loading the remote file. */
  pluginName: string
}

/** The definition as data, for Segment's catalog and for documentation. */
export interface IntercomWebDefinition {
  name: string
  slug: string
  mode: 'device'
  description: string
  settings: Readonly<Record<string, object>>
  presets: readonly IntercomWebPreset[]
  actions: Readonly<
    Record<string, { title: string; description: string; defaultSubscription?: string; fields: object }>
  >
}
