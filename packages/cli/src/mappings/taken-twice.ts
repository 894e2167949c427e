import { isSegmentEvent, toUncheckedSubscription } from '@intercom-destinations/delivery'
import type { SegmentEvent } from '@segment/actions-core'
import type { OwnedRow } from './row-owner'
import { put, SAMPLE_USER } from './sample-event'

/** The action that writes events, in both destinations. Of people and companies, the later write replaces the earlier. */
const EVENT_ACTION = 'trackEvent'
/** Comparisons with a text in a trigger, such as `event = "Paid"`. */
const EQUALS = /([\w.]+)\s*=\s*"([^"]*)"/g

/** A mapping of the web destination that takes an event of a page which a mapping of the cloud destination takes, too. */
export interface TakenTwice {
  readonly web: OwnedRow
  readonly event: SegmentEvent
}

/**
 * Finds a mapping of the web destination that writes the same events as this one of the cloud destination, with an event as
 * the proof. Events are made from the texts that the two triggers compare with, so it finds nothing where a trigger asks for
 * something else, such as a number.
 */
export function findTakenTwice(cloud: OwnedRow, rows: readonly OwnedRow[]): TakenTwice | undefined {
  if (cloud.destination.half !== 'cloud' || !isWriting(cloud)) return undefined
  const takes = toTakes(cloud)
  for (const web of rows) {
    if (web.destination.half !== 'web' || !isWriting(web)) continue
    const alsoTakes = toTakes(web)
    const event = toPageEvents(web.row.subscribe, cloud.row.subscribe).find((one) => takes(one) && alsoTakes(one))
    if (event) return { web, event }
  }
  return undefined
}

const isWriting = ({ row }: OwnedRow): boolean => row.enabled && row.partnerAction === EVENT_ACTION

const toTakes = ({ row }: OwnedRow): ((event: SegmentEvent) => boolean) => toUncheckedSubscription(row).takes

/** Events of a page for two triggers: each type with each name, and the other texts of the one or of the other. */
function toPageEvents(web: string, cloud: string): SegmentEvent[] {
  const [ofWeb, ofCloud] = [toTexts(web), toTexts(cloud)]
  const valuesOf = (path: string, other: string) => [
    ...new Set([...ofWeb, ...ofCloud].flatMap(([name, value]) => (name === path ? value : [])).concat(other))
  ]
  const orders = [
    [...ofWeb, ...ofCloud],
    [...ofCloud, ...ofWeb]
  ]
  return valuesOf('type', 'track').flatMap((type) =>
    valuesOf('event', 'Sample').flatMap((event) => orders.flatMap((texts) => toPageEvent(type, event, texts)))
  )
}

const toTexts = (trigger: string): (readonly [path: string, value: string])[] =>
  [...trigger.matchAll(EQUALS)].map(([, path = '', value = '']) => [path, value] as const)

function toPageEvent(type: string, event: string, texts: readonly (readonly [string, string])[]): SegmentEvent[] {
  const library = { name: 'analytics.js' }
  const json = { type, event, messageId: 'sample', userId: SAMPLE_USER, properties: {}, context: { library } }
  for (const [path, value] of texts) put(json, `$.${path}`, value)
  return isSegmentEvent(json) ? [json] : []
}
