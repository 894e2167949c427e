import type { DestinationState, JsonObject } from '../../contract'

/** The App ID of the demo workspace, for as long as none has been entered. */
export const DEMO_APP_ID = 'demo'

/** The name of the destination in Segment's catalog, which Analytics.js compares with `integrations`. */
const NAME = 'Intercom Web (Actions)'

/** The settings document of a source, in the form that Segment's CDN serves to Analytics.js. */
export function toSettingsDocument(origin: string, writeKey: string, web: DestinationState): JsonObject {
  const { host } = new URL(origin)
  return {
    integrations: { 'Segment.io': { apiKey: writeKey, apiHost: `${host}/v1`, protocol: 'http' } },
    // Without this the standalone build sends metrics to Segment, and retries where it cannot be reached.
    metrics: { sampleRate: 0 },
    remotePlugins: web.enabled ? [toRemotePlugin(origin, web)] : []
  }
}

function toRemotePlugin(origin: string, { settings, subscriptions }: DestinationState): JsonObject {
  const { appId } = settings
  return {
    name: NAME,
    creationName: NAME,
    libraryName: 'intercomDestination',
    url: `${origin}/cdn/intercom-web.js`,
    settings: {
      ...settings,
      appId: typeof appId === 'string' && appId !== '' ? appId : DEMO_APP_ID,
      subscriptions: subscriptions
        .filter(({ enabled }) => enabled)
        .map(({ name, partnerAction, enabled, subscribe, mapping }) => ({
          name,
          partnerAction,
          enabled,
          subscribe,
          mapping
        }))
    }
  }
}
