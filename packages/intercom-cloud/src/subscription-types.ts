import type { JSONObject } from '@segment/actions-core'
import type { ChoicesOf, MappedFields, WithChoices } from '@intercom-destinations/shared-mapping'
import type { Payload as ArchiveContact } from './archiveContact/generated-types'
import type { Payload as AudienceToTag } from './audienceToTag/generated-types'
import type { SyncMode } from './contacts/sync-mode'
import type { Choices } from './generated-choices'
import type { Payload as GroupIdentifyContact } from './groupIdentifyContact/generated-types'
import type { Payload as IdentifyContact } from './identifyContact/generated-types'
import type { Payload as TrackEvent } from './trackEvent/generated-types'

/** The payload of each action, by the action's key. */
export type ActionPayloads = {
  identifyContact: IdentifyContact
  groupIdentifyContact: GroupIdentifyContact
  trackEvent: TrackEvent
  audienceToTag: AudienceToTag
  archiveContact: ArchiveContact
}

export type ActionName = keyof ActionPayloads

/** An optional text takes numbers and booleans too: the cloud half declares optional numbers and flags as texts. */
type WithScalars<Payload> = {
  [Key in keyof Payload]: Payload[Key] extends string
    ? Payload[Key]
    : Payload[Key] extends string | undefined
      ? string | number | boolean
      : Payload[Key]
}

/** The mapping of an action: for each field a value or a directive such as `{ '@path': '$.traits.plan' }`. */
export type ActionMapping<Action extends ActionName = ActionName> = Action extends ActionName
  ? MappedFields<WithChoices<WithScalars<ActionPayloads[Action]>, ChoicesOf<Choices['actions'], Action>>> &
      SavedModes<Action>
  : never

/** Segment saves the sync mode of an action beside its fields. */
type SavedModes<Action> = Action extends 'identifyContact' ? { __segment_internal_sync_mode?: SyncMode } : unknown

/** A subscription as Segment saves it: which events go to which action, with which fields. */
export type SubscriptionRow = {
  [Action in ActionName]: {
    partnerAction: Action
    name?: string
    /** Whether it is in use; `true` by default. */
    enabled?: boolean
    /** The trigger in Segment's filter language (FQL): `type = "track" and event = "Order Completed"`. */
    subscribe: string
    mapping: ActionMapping<Action>
  }
}[ActionName]

/** A subscription that connecting the destination in Segment enables. Its mapping is the defaults of the action's fields. */
export type IntercomCloudPreset = {
  type: 'automatic'
  name: string
  partnerAction: ActionName
  subscribe: string
  mapping: JSONObject
}
