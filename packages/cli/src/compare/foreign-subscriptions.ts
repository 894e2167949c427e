import { isJsonObject, toUncheckedSubscription, type Subscription } from '@intercom-destinations/delivery'
import type { JSONObject } from '@segment/actions-core'
import { PRESETS, toSubscriptionName } from '../deliver/subscription-names'
import type { ForeignAction, ForeignDefinition, ForeignPreset } from './worker-messages'

/** Keys with this beginning are Segment's own, for every action. */
const INTERNAL = '__segment_internal_'

export interface ForeignSubscriptions {
  readonly subscriptions: readonly Subscription[]
  /** What differs from our mappings, as sentences. */
  readonly notes: readonly string[]
}

/**
 * The mappings of the other definition: the same as ours if the user has chosen some, and else its own presets, or the
 * defaults of its actions.
 */
export function toForeignSubscriptions(
  chosen: readonly Subscription[] | undefined,
  definition: ForeignDefinition
): ForeignSubscriptions {
  return chosen === undefined ? toOwnSubscriptions(definition) : toSameSubscriptions(chosen, definition)
}

function toSameSubscriptions(chosen: readonly Subscription[], { actions }: ForeignDefinition): ForeignSubscriptions {
  const notes = new Set<string>()
  const subscriptions = chosen.flatMap((subscription) => {
    const { action, filter, mapping } = subscription
    const name = toSubscriptionName(subscription)
    const known = Object.hasOwn(actions, action) ? actions[action] : undefined
    if (known === undefined) {
      notes.add(`The other destination has no action ${action}, so it ignores the events of “${name}”.`)
      return []
    }
    const unknown = Object.keys(mapping).filter((key) => !isOf(known, key))
    if (unknown.length > 0)
      notes.add(`Left out of its mapping of ${action}, which has no such fields: ${unknown.join(', ')}.`)
    const shared = Object.fromEntries(Object.entries(mapping).filter(([key]) => isOf(known, key)))
    return toUncheckedSubscription({ partnerAction: action, name, subscribe: filter, mapping: shared })
  })
  return { subscriptions, notes: [...notes] }
}

const isOf = ({ fields }: ForeignAction, key: string): boolean => key.startsWith(INTERNAL) || fields.includes(key)

/** What connecting the other destination enables. A required field that has no default gets the value of our preset. */
function toOwnSubscriptions({ actions, presets }: ForeignDefinition): ForeignSubscriptions {
  const notes = ['Each destination has its own default mappings. --mapping gives both the same.']
  const rows = presets.length > 0 ? presets : toDefaultPresets(actions)
  const subscriptions = rows.map(({ name, partnerAction, subscribe, mapping }) => {
    const added = toMissing(partnerAction, mapping, actions[partnerAction]?.required ?? [])
    const keys = Object.keys(added)
    if (keys.length > 0)
      notes.push(`Its mapping of ${partnerAction} needs a value for ${keys.join(', ')} and got ours.`)
    return toUncheckedSubscription({ name, partnerAction, subscribe, mapping: { ...toJson(mapping), ...added } })
  })
  return { subscriptions, notes }
}

const toDefaultPresets = (actions: ForeignDefinition['actions']): ForeignPreset[] =>
  Object.entries(actions).flatMap(([partnerAction, { title, defaultSubscription, defaults }]) =>
    defaultSubscription === undefined
      ? []
      : { name: title, partnerAction, subscribe: defaultSubscription, mapping: defaults }
  )

function toMissing(partnerAction: string, mapping: object, required: readonly string[]): JSONObject {
  const ours = PRESETS.find(({ action }) => action === partnerAction)?.mapping ?? {}
  const isMissing = ([key]: [string, unknown]) => required.includes(key) && !Object.hasOwn(mapping, key)
  return Object.fromEntries(Object.entries(ours).filter(isMissing))
}

const toJson = (value: unknown): JSONObject => (isJsonObject(value) ? value : {})
