import { isJsonObject, toSubscription, type Subscription } from '@intercom-destinations/cli'
import type { SegmentEvent } from '@segment/actions-core'
import type { JsonObject, SubscriptionRow, SubscriptionTrace } from '../../contract'
import { toWhyNot } from './why-not'

/** A row of the mappings beside an event. */
export interface Match {
  readonly row: SubscriptionRow
  readonly subscription: Subscription
  readonly takes: boolean
}

const read = new WeakMap<SubscriptionRow, Subscription>()

/** Which rows take the event. Each row's filter is read once. */
export function toMatches(rows: readonly SubscriptionRow[], event: SegmentEvent): Match[] {
  return rows.map((row) => {
    const subscription =
      read.get(row) ?? toSubscription({ ...row, mapping: isJsonObject(row.mapping) ? row.mapping : {} })
    read.set(row, subscription)
    return { row, subscription, takes: row.enabled && isTaken(subscription, event) }
  })
}

/** A row of which nothing is known yet but whether it takes the event. */
export function toSubscriptionTrace({ row, takes }: Match, event: JsonObject): SubscriptionTrace {
  const { name, partnerAction, subscribe, enabled } = row
  const traced = { name, action: partnerAction, filter: subscribe, enabled, takes }
  const whyNot = takes ? undefined : toWhyNot(row, event)
  return whyNot === undefined ? traced : { ...traced, whyNot }
}

function isTaken({ takes }: Subscription, event: SegmentEvent): boolean {
  try {
    return takes(event)
  } catch {
    return false
  }
}
