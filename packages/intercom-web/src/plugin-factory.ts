import type { JSONObject, JSONValue, Plugin } from '@segment/analytics-next'
import type { Settings } from './generated-types'

/**
 * The types that users of the package meet. They are written out here, rather than taken from Segment's runtime, so
 * that a site needs no package of Segment's but `@segment/analytics-next` to compile against them.
 */

/** Which events go to which action, and with what mapping: a row of the destination's mappings in Segment. */
export interface Subscription {
  partnerAction: string
  name?: string
  enabled: boolean
  /** Segment's event filter: `type = "track" and event = "Order Completed"`. */
  subscribe: string
  /** Where each field is filled from, in Segment's mapping language. */
  mapping?: JSONObject
}

/** What the factory is called with. Without `subscriptions` the presets apply. */
export interface IntercomWebSettings extends Settings {
  subscriptions?: readonly Subscription[]
}

/** Makes the plugins that are registered with Analytics.js: one for each action that has a subscription. */
export interface IntercomWebFactory {
  (settings: IntercomWebSettings): Promise<Plugin[]>
  /** As Analytics.js calls it, with whatever the settings document holds. */
  (settings: JSONValue): Promise<Plugin[]>
  /** The name by which Analytics.js finds the factory among its `plugins` instead of loading the remote file. */
  pluginName: string
}

/** The definition as data: what Segment's catalog shows and what documentation is made of. */
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
