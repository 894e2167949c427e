import { intercomCloud, type SubscriptionRow } from '@intercom-destinations/intercom-cloud'
import type { JSONObject, Preset, SegmentEvent } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'

/** One mapping of a connected destination: which events go to which action, with which fields. */
export interface Subscription {
  readonly action: string
  /** Its own name, if it has one. */
  readonly name?: string
  /** The trigger, in Segment's filter language (FQL). */
  readonly filter: string
  readonly mapping: JSONObject
  /** The form that `Destination.onEvent` takes. */
  readonly row: JSONObject
  /** Whether the filter matches the event. */
  readonly takes: (event: SegmentEvent) => boolean
}

/** A subscription as Segment saves it, for any destination. Whether its action and fields exist is not checked. */
export interface SavedSubscription {
  readonly partnerAction: string
  readonly name?: string
  readonly subscribe: string
  readonly mapping: JSONObject
}

/** Parses the filter once. A filter that cannot be parsed matches no event. */
export function toSubscription({ partnerAction, name, subscribe, mapping }: SavedSubscription): Subscription {
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

/** The subscriptions of a sender's options. Rows with `enabled: false` are left out. */
export function toEnabledSubscriptions(rows: readonly (SubscriptionRow | Subscription)[]): Subscription[] {
  return rows.flatMap((row) => {
    if ('takes' in row) return row
    return row.enabled === false ? [] : toSubscription(row)
  })
}

/** The subscriptions that connecting the destination in Segment enables: its automatic presets. */
export function toSubscriptions(presets: readonly Preset[] = intercomCloud().presets): Subscription[] {
  return presets.flatMap((preset) => {
    if (preset.type !== 'automatic') return []
    const { partnerAction, name, subscribe, mapping = {} } = preset
    return toSubscription({ partnerAction, name, subscribe, mapping })
  })
}
