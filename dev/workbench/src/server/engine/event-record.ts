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

/** An event and what both destinations have done with it. Immutable: every change makes a new record. */
export interface EventRecord {
  readonly id: string
  readonly receivedAt: number
  readonly source: EventSource
  readonly event: JsonObject & SegmentEvent
  /** The event as the destinations receive it. */
  readonly prepared: PreparedEvent
  /** Notes about the page's state when the event came in. */
  readonly remarks: readonly string[]
  readonly web: Side
  readonly cloud: Side
  /** What it changed in the emulator; `undefined` where the target is Intercom itself. */
  readonly affected: { readonly entities: readonly AffectedEntity[]; readonly state: EmulatorState } | undefined
  /** Why the Messenger of its page was refused. */
  readonly refused?: readonly string[]
  readonly differences: readonly Difference[]
  readonly row: Row
}

/** The parts of a record that change. */
export type Change = Partial<Pick<EventRecord, 'web' | 'cloud' | 'affected' | 'refused'>>

/** The type is validated where events come in; an event without one is treated as a track call. */
export function toSegmentEvent(event: JsonObject): JsonObject & SegmentEvent {
  return isSegmentEvent(event) ? event : { ...event, type: 'track' }
}

const isSegmentEvent = (event: JsonObject): event is JsonObject & SegmentEvent => typeof event.type === 'string'

/** The record of a new event that waits for both destinations. */
export function openRecord(
  known: Pick<EventRecord, 'id' | 'receivedAt' | 'source' | 'event' | 'prepared' | 'remarks'>
): EventRecord {
  const web: Side = { destination: WEB_NAME, outcome: WAITING, subscriptions: [] }
  const cloud: Side = { destination: CLOUD_NAME, outcome: WAITING, subscriptions: [] }
  const nothing = { affected: undefined, differences: [] }
  return withRow({ ...known, ...nothing, web, cloud })
}

/** The record with the change applied, and its row updated. */
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

/** Rows are published often, so long texts are cut; the trace has them whole. */
const LONGEST_SHOWN = 200

const cut = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)

/** The halves are compared only after both have run. */
const isSettled = ({ state }: Outcome): boolean => ['delivered', 'nothing-sent', 'failed'].includes(state)

function toEmail({ traits, properties, context }: JsonObject): string {
  const places = [traits, properties, isJsonObject(context) ? context.traits : undefined]
  return places.map((place) => toName(isJsonObject(place) ? place.email : undefined)).find(isThere) ?? ''
}

const isThere = (name: string | undefined): boolean => name !== undefined

function toEventName({ type, event, name, traits, groupId }: JsonObject): string {
  if (type === 'group') return toName(isJsonObject(traits) ? traits.name : undefined) ?? toName(groupId) ?? ''
  return toName(event) ?? toName(name) ?? ''
}
