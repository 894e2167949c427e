import { toUncheckedSubscription, type Subscription } from '@intercom-destinations/delivery'
import type { SegmentEvent } from '@segment/actions-core'
import type { JsonObject, SubscriptionRow, SubscriptionTrace } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { toWhyNot } from './why-not'

/** A mapping, and whether it takes the event. */
export interface Match {
  readonly row: SubscriptionRow
  /** Equal for rows with equal content, so that it survives saving the mappings again. */
  readonly key: string
  readonly subscription: Subscription
  readonly takes: boolean
}

interface Read {
  readonly key: string
  /** One for each occurrence of the row in the list: each of them is run. */
  readonly subscriptions: Subscription[]
}

const read = new WeakMap<SubscriptionRow, Read>()

/** The mappings with whether each takes the event. Each row is parsed once. */
export function toMatches(rows: readonly SubscriptionRow[], event: SegmentEvent): Match[] {
  return toRead(rows).map((one) => ({ ...one, takes: one.row.enabled && isTaken(one.subscription, event) }))
}

/** The subscriptions of the enabled rows: the same objects as in the matches. */
export const toSubscriptions = (rows: readonly SubscriptionRow[]): Subscription[] =>
  toRead(rows).flatMap(({ row, subscription }) => (row.enabled ? subscription : []))

function toRead(rows: readonly SubscriptionRow[]): Omit<Match, 'takes'>[] {
  const twinsByKey = new Map<string, number>()
  const twinsByRow = new Map<SubscriptionRow, number>()
  return rows.map((row) => {
    const known = read.get(row) ?? { key: toContentKey(row), subscriptions: [] }
    read.set(row, known)
    const place = twinsByRow.get(row) ?? 0
    twinsByRow.set(row, place + 1)
    const subscription = (known.subscriptions[place] ??= toSafeSubscription(row))
    const twins = twinsByKey.get(known.key) ?? 0
    twinsByKey.set(known.key, twins + 1)
    return { row, key: `${twins} ${known.key}`, subscription }
  })
}

/** A filter that cannot be applied to an event does not take it. */
function toSafeSubscription(row: SubscriptionRow): Subscription {
  const subscription = toUncheckedSubscription(row)
  return { ...subscription, takes: (event) => isTaken(subscription, event) }
}

/** The content of a row without its name. */
const toContentKey = ({ partnerAction, subscribe, mapping }: SubscriptionRow): string =>
  JSON.stringify([partnerAction, subscribe, mapping], inOrder)

/** Sorts keys, because their order has no meaning. */
const inOrder = (_: string, value: unknown): unknown =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

const untaken = new WeakMap<SubscriptionRow, Map<string | undefined, SubscriptionTrace>>()
/** How many reasons of one row are remembered: most events are refused for the same few. */
const MOST_REASONS = 100

/** The trace of a row before it has run. Events that a row does not take for the same reason share it. */
export function toSubscriptionTrace({ row, takes }: Match, event: JsonObject): SubscriptionTrace {
  const whyNot = takes ? undefined : toWhyNot(row, event)
  const known = untaken.get(row) ?? new Map<string | undefined, SubscriptionTrace>()
  untaken.set(row, known)
  const trace = known.get(takes ? undefined : (whyNot ?? '')) ?? toTrace(row, takes, whyNot)
  if (known.size < MOST_REASONS) known.set(takes ? undefined : (whyNot ?? ''), trace)
  return trace
}

function toTrace(row: SubscriptionRow, takes: boolean, whyNot: string | undefined): SubscriptionTrace {
  const { name, partnerAction, subscribe, enabled } = row
  const traced = { name, action: partnerAction, filter: subscribe, enabled, takes }
  return whyNot === undefined ? traced : { ...traced, whyNot }
}

function isTaken({ takes }: Subscription, event: SegmentEvent): boolean {
  try {
    return takes(event)
  } catch {
    return false
  }
}
