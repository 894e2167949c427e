import {
  defaultValues,
  type ActionDefinition,
  type DestinationDefinition,
  type InputField
} from '@segment/actions-core'
import { REGION_HOSTS, REGIONS } from '@intercom-destinations/shared-mapping'
import { setTimeout } from 'node:timers/promises'
import archiveContact from './archiveContact'
import audienceToTag from './audienceToTag'
import { warnOfCoreCopies } from './install-checks/core-copies'
import { deleteContacts } from './contacts/delete-contacts'
import type { Dependencies, ReplaceableDependencies } from './dependencies'
import { withSegmentErrors, reconnectError } from './errors'
import { warnOfFastUri } from './install-checks/fast-uri'
import type { Settings } from './generated-types'
import groupIdentifyContact from './groupIdentifyContact'
import identifyContact from './identifyContact'
import { Workspaces, type StateOptions } from './state/workspace'
import { createCallContext, runCall } from './state/call-context'
import type { ActionName, ActionPayloads, IntercomCloudPreset } from './subscription-types'
import trackEvent from './trackEvent'
import { INTERCOM_API_VERSION } from './versioning-info'
import { testCredentials } from './test-authentication'

export type { Choices } from './generated-choices'
export type { Settings } from './generated-types'
export type { ActionMapping, ActionName, IntercomCloudPreset, SubscriptionRow } from './subscription-types'
export {
  DOUBT_REASONS,
  isDoubtful,
  LOSS_REASONS,
  toLossLine,
  toLossText,
  toReasonText,
  type DeliveryReport,
  type Loss
} from './delivery-report'
export { toAttributeValue } from './attributes/attribute-value'
export { toAttributeType } from './attributes/create-attribute'
export { createWorkspaceAttribute, type CreatedAttribute } from './attributes/create-workspace-attribute'
export type { AttributeBody, AttributeType } from './client/types'
export type { DeletionReport } from './contacts/delete-contacts'
export { authorizationUrl, exchangeCode, type AuthorizationRequest, type CodeExchange } from './client/oauth'
export { describeWorkspace, type WorkspaceDescription } from './test-authentication'
export { toRestHost } from './dependencies'
export { toCacheKey } from './state/cache-key'
export { MemoryState } from './state/memory-state'
export type { StateOptions } from './state/workspace'
export {
  isLater,
  LOCK_MS,
  MAX_AGE_MS,
  MAX_FIELDS,
  type Awaitable,
  type Change,
  type Field,
  type Lock,
  type Snapshot,
  type StateRecord,
  type StateStore,
  type WorkspaceState
} from './state/state-store'
export type { RateLimitWindow } from './client/rate-limit-headers'
export { KEEP_ORDER } from './batch/perform-batch'
export { SYNC_MODE_KEY, type SyncMode } from './contacts/sync-mode'
export { INTERCOM_API_VERSION } from './versioning-info'
// Hosts must read times and values as the destination does.
export { toUnixSeconds } from '@intercom-destinations/shared-mapping'

/** Saved subscriptions contain the name, so it never changes. */
const NAME = 'Intercom Cloud Mode (Actions)'
const SLUG = 'actions-intercom-cloud'

/** The default of actions-core, which it does not apply to requests with an abort signal. */
const REQUEST_TIMEOUT_MS = 10_000

/** Intercom's tokens do not expire, so the refresh token of other destinations is not needed. */
interface TokenHolder {
  accessToken: string
  refreshToken?: string
}

type RequestOptions = ReturnType<NonNullable<DestinationDefinition['extendRequest']>>

/** The definition with what the general type of actions-core leaves open. */
export interface IntercomCloudDefinition extends DestinationDefinition<Settings> {
  slug: string
  description: string
  actions: { [Action in ActionName]: ActionDefinition<Settings, ActionPayloads[Action]> }
  presets: IntercomCloudPreset[]
  /** The options of a request client with this token; nothing else is read. */
  extendRequest: (data: { auth?: TokenHolder; settings?: Settings; payload?: unknown }) => RequestOptions
  onDelete: NonNullable<DestinationDefinition<Settings>['onDelete']>
}

/** What several processes share, and what tests and local tools replace. */
export type IntercomCloudOptions = Partial<ReplaceableDependencies> & StateOptions

/** The definition with a shared state, another host, clock or source of chance. They are not settings. */
export function intercomCloud({
  restHost,
  now = Date.now,
  sleep = (milliseconds) => setTimeout(milliseconds),
  random = Math.random,
  ...state
}: IntercomCloudOptions = {}): IntercomCloudDefinition {
  const dependencies: Dependencies = {
    now,
    sleep,
    random,
    workspaces: new Workspaces({ now, sleep, random }, state),
    ...(restHost === undefined ? {} : { restHost })
  }
  const actions = {
    identifyContact: identifyContact(dependencies),
    groupIdentifyContact: groupIdentifyContact(dependencies),
    trackEvent: trackEvent(dependencies),
    audienceToTag: audienceToTag(dependencies),
    archiveContact: archiveContact(dependencies)
  }
  return {
    name: NAME,
    slug: SLUG,
    mode: 'cloud',
    description:
      'Keep the contacts, companies and events of an Intercom workspace up to date through Intercom’s REST API.',
    authentication: {
      scheme: 'oauth2',
      fields: {
        region: {
          label: 'Region',
          description:
            'Where the workspace is hosted. Automatic lets Intercom route each request; a region keeps the data in it on the way, too.',
          type: 'string',
          choices: [
            { label: 'Automatic', value: 'auto' },
            ...REGIONS.map((region) => ({ label: REGION_HOSTS[region].label, value: region }))
          ],
          default: 'auto'
        }
      },
      testAuthentication: (request, { settings }) => testCredentials(request, settings, dependencies),
      // Called for every 401. Without it Segment reports "Failed to refresh access token", which does not help.
      refreshAccessToken: () => Promise.reject(reconnectError())
    },
    extendRequest: ({ auth }) => ({
      headers: {
        authorization: `Bearer ${toToken(auth?.accessToken)}`,
        accept: 'application/json',
        'Intercom-Version': INTERCOM_API_VERSION
      },
      timeout: REQUEST_TIMEOUT_MS,
      // For hosts that use this client themselves: the token is not sent to the target of a redirect.
      redirect: 'manual'
    }),
    onDelete: (request, { payload, settings, auth }) =>
      withSegmentErrors(() =>
        runCall(createCallContext(dependencies, request, { settings, auth }), (context) =>
          deleteContacts(context, payload.userId)
        )
      ),
    presets: [
      preset('Identify Contact', 'identifyContact', 'type = "identify"', actions.identifyContact.fields),
      preset('Identify Company', 'groupIdentifyContact', 'type = "group"', actions.groupIdentifyContact.fields),
      preset('Track Event', 'trackEvent', 'type = "track"', actions.trackEvent.fields)
    ],
    actions
  }
}

function preset(
  name: string,
  partnerAction: ActionName,
  subscribe: string,
  fields: Record<string, InputField>
): IntercomCloudPreset {
  return { type: 'automatic', name, partnerAction, subscribe, mapping: defaultValues(fields) }
}

/** The token, or nothing if it cannot be part of a header: the error about an illegal header would quote it. */
function toToken(accessToken: string | undefined): string {
  const token = (accessToken ?? '').trim()
  return /^[\x21-\x7e]*$/.test(token) ? token : ''
}

warnOfFastUri(NAME)
warnOfCoreCopies()

/** Intercom Cloud Mode (Actions): the definition for Segment's catalog and for `new Destination(…)`. */
const definition = intercomCloud()
export default definition
