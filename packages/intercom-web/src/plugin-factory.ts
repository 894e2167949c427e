import type { JSONObject, JSONValue, Plugin } from '@segment/analytics-next'
import type { Settings } from './generated-types'

/**
 * The public types of the package. They are written out here instead of imported from Segment's runtime, so that a site
 * needs only `@segment/analytics-next` to compile against them.
 */

/** A row of the destination's mappings in Segment: which events an action takes, with which mapping. */
export interface Subscription {
  partnerAction: string
  name?: string
  enabled: boolean
  /** Segment's event filter: `type = "track" and event = "Order Completed"`. */
  subscribe: string
  /** The source of each field, in Segment's mapping language. */
  mapping?: JSONObject
}

/** The settings of the factory. Without `subscriptions` the presets apply. */
export interface IntercomWebSettings extends Settings {
  subscriptions?: readonly Subscription[]
}

/** Creates the plugins for Analytics.js: one for each enabled subscription. */
export interface IntercomWebFactory {
  (settings: IntercomWebSettings): Promise<Plugin[]>
  /** As Analytics.js calls it, with the unchecked content of the settings document. */
  (settings: JSONValue): Promise<Plugin[]>
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
  presets: readonly { type: 'automatic'; name: string; partnerAction: string; subscribe: string; mapping: JSONObject }[]
  actions: Readonly<
    Record<string, { title: string; description: string; defaultSubscription?: string; fields: object }>
  >
}
