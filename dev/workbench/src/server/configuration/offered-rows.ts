import type { Half, JsonObject, SubscriptionRow } from '../../contract'

const path = (at: string): JsonObject => ({ '@path': at })

/** `Viewed Pricing page`, and `Viewed a page` for a call without a name. */
const toName = (kind: string): JsonObject => ({
  '@if': { blank: path('$.name'), then: { '@template': `Viewed {{name}} ${kind}` }, else: `Viewed a ${kind}` }
})

const toRow = (kind: 'page' | 'screen', mapping: JsonObject): SubscriptionRow => ({
  name: kind === 'page' ? 'Page views' : 'Screen views',
  partnerAction: 'trackEvent',
  // Each name is one of the 120 that a workspace stores, so nothing is sent before the row is switched on.
  enabled: false,
  subscribe: `type = "${kind}"`,
  mapping: { event_name: toName(kind), ...mapping }
})

const ON_SERVERS = {
  created_at: path('$.timestamp'),
  user_id: path('$.userId'),
  email: path('$.context.traits.email'),
  metadata: path('$.properties'),
  event_time: path('$.timestamp')
}

/** Ready-made mappings that are offered and off: page and screen calls as events. */
export const OFFERED_ROWS: Readonly<Record<Half, readonly SubscriptionRow[]>> = {
  web: [toRow('page', { event_metadata: path('$.properties') })],
  cloud: [toRow('page', ON_SERVERS), toRow('screen', ON_SERVERS)]
}
