import type { ChoicesOf, MappedFields, WithChoices } from '@intercom-destinations/shared-mapping'
import type { Choices } from './generated-choices'
import type { Payload as IdentifyCompany } from './identifyCompany/generated-types'
import type { Payload as IdentifyUser } from './identifyUser/generated-types'
import type { Payload as MessengerCommand } from './messengerCommand/generated-types'
import type { Payload as TrackEvent } from './trackEvent/generated-types'

/** The payload of each action, by the action's key. */
interface ActionPayloads {
  trackEvent: TrackEvent
  identifyUser: IdentifyUser
  identifyCompany: IdentifyCompany
  messengerCommand: MessengerCommand
}

export type ActionName = keyof ActionPayloads

/** The mapping of an action: for each field a value or a directive such as `{ '@path': '$.traits.plan' }`. */
export type ActionMapping<Action extends ActionName = ActionName> = Action extends ActionName
  ? MappedFields<WithChoices<ActionPayloads[Action], ChoicesOf<Choices['actions'], Action>>>
  : never

/** A row of the destination's mappings in Segment: which events an action takes, with which mapping. */
export type Subscription = {
  [Action in ActionName]: {
    partnerAction: Action
    name?: string
    enabled: boolean
    /** Segment's event filter: `type = "track" and event = "Order Completed"`. */
    subscribe: string
    /** The source of each field, in Segment's mapping language. */
    mapping: ActionMapping<Action>
  }
}[ActionName]
