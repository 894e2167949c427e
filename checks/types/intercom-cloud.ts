/** What a strict compiler accepts and refuses of the cloud definition: the code of its README, too. See `delivery.ts`. */
import intercom, {
  authorizationUrl,
  describeWorkspace,
  exchangeCode,
  intercomCloud,
  type WorkspaceDescription
} from '@intercom-destinations/intercom-cloud'
import { createRequestClient, Destination, type SegmentEvent } from '@segment/actions-core'

export async function deliver(event: SegmentEvent, token: string): Promise<unknown> {
  const destination = new Destination(intercom)
  const subscriptions = [...intercom.presets, { ...intercom.presets[0], enabled: false }]
  const settings = { region: 'eu', oauth: { access_token: token } }
  await destination.onEvent(event, { ...settings, subscriptions })
  return destination.onEvent(event, { ...settings, subscriptions: intercom.presets })
}

export async function connect(clientId: string, clientSecret: string, code: string): Promise<WorkspaceDescription> {
  authorizationUrl({ clientId, state: 'state', region: 'eu', redirectUri: 'https://host.example/' })
  const { accessToken } = await exchangeCode({ clientId, clientSecret, code })
  const request = createRequestClient(intercom.extendRequest({ auth: { accessToken } }))
  return describeWorkspace(request, { region: 'eu' })
}

/** No part of the definition may be absent for the compiler. */
export const parts: object[] = [
  intercom.presets,
  intercom.onDelete,
  intercom.extendRequest,
  intercom.actions.trackEvent.fields,
  intercomCloud({ restHost: 'http://127.0.0.1:1' }).actions.identifyContact
]

// @ts-expect-error an action is misspelled
export const misspelled: unknown = intercom.actions.trackEvnt
