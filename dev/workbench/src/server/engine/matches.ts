import { toSubscription, type Subscription } from '@intercom-destinations/cli'
import type { SegmentEvent } from '@segment/actions-core'
import type { JsonObject, SubscriptionRow, SubscriptionTrace } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { toWhyNot } from './why-not'

/** A row of the mappings beside an event. */
export interface Match {
  readonly row: SubscriptionRow
  /** The same for rows that do the same, however often the mappings are saved. */
  readonly key: string
  readonly subscription: Subscription
  readonly takes: boolean
}

const read = new WeakMap<SubscriptionRow, Pick<Match, 'subscription' | 'key'>>()

/** Which rows take the event. Each row is read once. */
export function toMatches(rows: readonly SubscriptionRow[], event: SegmentEvent): Match[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const known = read.get(row) ?? { subscription: toSubscription(row), key: toContentKey(row) }
    read.set(row, known)
    const { subscription, key } = known
    const twins = seen.get(key) ?? 0
    seen.set(key, twins + 1)
    return { row, key: `${twins} ${key}`, subscription, takes: row.enabled && isTaken(subscription, event) }
  })
}

/** What a row does, and not what it is called. */
const toContentKey = ({ partnerAction, subscribe, mapping }: SubscriptionRow): string =>
  JSON.stringify([partnerAction, subscribe, mapping], inOrder)

/** An object's keys say the same in any order. */
const inOrder = (_: string, value: unknown): unknown =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

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
