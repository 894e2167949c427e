import type { EmulatorState } from '@intercom-destinations/emulator'
import type { PreparedEvent } from '@intercom-destinations/cli'
import type { SegmentEvent } from '@segment/actions-core'
import type { Difference, EventSource, JsonObject, Outcome, Row, Side } from '../../contract'
import { CLOUD_NAME } from './cloud-progress'
import { toDifferences } from './differences'
import { isJsonObject } from '../../json-guards'
import { toName } from './json'
import { WAITING } from './outcome'
import type { AffectedEntity } from './affected-entities'
import { WEB_NAME } from './web-half'

/** An event and all that is known of its way. Never changed in place: what happens makes another one. */
export interface EventRecord {
  readonly id: string
  readonly receivedAt: number
  readonly source: EventSource
  readonly event: JsonObject & SegmentEvent
  /** The same event as the destinations get it. */
  readonly prepared: PreparedEvent
  /** What a reader has to know of the page of that moment. */
  readonly remarks: readonly string[]
  readonly web: Side
  readonly cloud: Side
  /** `undefined` where Intercom is not the emulator. */
  readonly touched: { readonly things: readonly AffectedEntity[]; readonly state: EmulatorState } | undefined
  readonly differences: readonly Difference[]
  readonly row: Row
}

/** What may happen to an event. */
export type Change = Partial<Pick<EventRecord, 'web' | 'cloud' | 'touched'>>

/** Whoever submits has looked at the type; what has none is carried all the same, and matched by nothing. */
export function toSegmentEvent(event: JsonObject): JsonObject & SegmentEvent {
  return isSegmentEvent(event) ? event : { ...event, type: 'track' }
}

const isSegmentEvent = (event: JsonObject): event is JsonObject & SegmentEvent => typeof event.type === 'string'

/** An event whose turn has not come. */
export function openRecord(
  known: Pick<EventRecord, 'id' | 'receivedAt' | 'source' | 'event' | 'prepared' | 'remarks'>
): EventRecord {
  const web: Side = { destination: WEB_NAME, outcome: WAITING, subscriptions: [] }
  const cloud: Side = { destination: CLOUD_NAME, outcome: WAITING, subscriptions: [] }
  const nothing = { touched: undefined, differences: [] }
  return withRow({ ...known, ...nothing, web, cloud })
}

/** The record after something has happened to it. */
export const changeRecord = (record: EventRecord, change: Change): EventRecord => withRow({ ...record, ...change })

function withRow(record: Omit<EventRecord, 'row'>): EventRecord {
  const { id, receivedAt, source, event, web, cloud } = record
  const areSettled = isSettled(web.outcome) && isSettled(cloud.outcome)
  const differences = areSettled ? toDifferences(web, cloud) : []
  const row: Row = {
    id,
    receivedAt,
    source,
    type: event.type,
    name: cut(toEventName(event)),
    person: cut(toName(event.userId) ?? toName(event.anonymousId) ?? ''),
    email: cut(toEmail(event)),
    web: web.outcome,
    cloud: cloud.outcome,
    differs: differences.length > 0
  }
  return { ...record, differences, row }
}

/** Rows are told again and again; the whole of it is in the trace. */
const LONGEST_SHOWN = 200

const cut = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)

/** The halves are compared where both ran, and neither is on its way still. */
const isSettled = ({ state }: Outcome): boolean => state === 'delivered' || state === 'failed'

function toEmail({ traits, properties, context }: JsonObject): string {
  const places = [traits, properties, isJsonObject(context) ? context.traits : undefined]
  return places.map((place) => toName(isJsonObject(place) ? place.email : undefined)).find(isThere) ?? ''
}

const isThere = (name: string | undefined): boolean => name !== undefined

function toEventName({ type, event, name, traits, groupId }: JsonObject): string {
  if (type === 'group') return toName(isJsonObject(traits) ? traits.name : undefined) ?? toName(groupId) ?? ''
  return toName(event) ?? toName(name) ?? ''
}
