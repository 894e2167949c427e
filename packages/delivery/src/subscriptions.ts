import type { JSONObject, Preset, SegmentEvent } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'

/** One row of a connected destination: which events, to which action, and how they are mapped. */
export interface Subscription {
  readonly action: string
  /** What the row is called, where it has a name of its own. */
  readonly name?: string
  /** In Segment's filter language. */
  readonly filter: string
  readonly mapping: JSONObject
  /** As `onEvent` takes it. */
  readonly row: JSONObject
  /** Whether its filter takes the event. */
  readonly takes: (event: SegmentEvent) => boolean
}

export interface SubscriptionRow {
  readonly partnerAction: string
  readonly name?: string
  readonly subscribe: string
  readonly mapping: JSONObject
}

/** Reads the filter once, not for every event. */
export function toSubscription({ partnerAction, name, subscribe, mapping }: SubscriptionRow): Subscription {
  const parsed = parseFql(subscribe)
  return {
    action: partnerAction,
    ...(name === undefined ? {} : { name }),
    filter: subscribe,
    mapping,
    row: { name: name ?? partnerAction, partnerAction, subscribe, mapping },
    takes: (event) => !('error' in parsed) && validate(parsed, event)
  }
}

/** What connecting the destination in Segment switches on: its automatic presets, mapped by their own defaults. */
export function toSubscriptions(presets: readonly Preset[]): Subscription[] {
  return presets.flatMap((preset) => {
    if (preset.type !== 'automatic') return []
    const { partnerAction, name, subscribe, mapping = {} } = preset
    return toSubscription({ partnerAction, name, subscribe, mapping })
  })
}
