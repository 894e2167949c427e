import {
  HTTP_STATUS,
  isAllowedByIntegrations,
  openSender,
  type Clock,
  type Subscription
} from '@intercom-destinations/delivery'
import type { Emulator } from '@intercom-destinations/emulator'
import { toAttributeType, toAttributeValue, type AttributeType } from '@intercom-destinations/intercom-cloud'
import { openEmbeddedIntercom } from '../target/embedded-intercom'
import { toEventLine } from '../input/event-line'
import { isJsonObject } from '@intercom-destinations/delivery'
import { toOperation } from '../text/operation'
import type { EventSource } from '../input/open-source'
import { PRESETS } from '../deliver/subscription-names'
import { toEventName, toNameKey } from '../report/event-name'
import { toWider } from '../report/missing-attributes'

export type AttributeModel = 'contact' | 'company'

/** The type of a value for Intercom; `nothing` clears an attribute and fits every type. */
export type ValueType = 'text' | 'whole number' | 'number with a fraction' | 'true or false' | 'nothing'

/** A custom attribute that a file would send. */
export interface AttributeNeed {
  readonly model: AttributeModel
  readonly name: string
  /** How many events have it with a value of each type. */
  readonly types: Partial<Record<ValueType, number>>
  /** For each of Intercom's types, how many events have a value that does not fit it. */
  readonly misfits: Readonly<Partial<Record<string, number>>>
  /** The type with which it would be created, so that it takes every value; absent if no value shows it. */
  readonly newType?: AttributeType | undefined
  readonly events: number
}

/** What a file needs of a workspace. */
export interface FileNeeds {
  readonly events: number
  readonly unreadable: number
  readonly attributes: readonly AttributeNeed[]
  /** The names of track calls that would be sent, the most frequent first; Intercom ignores upper and lower case. */
  readonly eventNames: readonly { readonly name: string; readonly events: number }[]
  /** Whether there were more different names than the lists contain. */
  readonly isCut: boolean
}

export interface NeedsOptions {
  readonly source: Pick<EventSource, 'records'>
  readonly subscriptions?: readonly Subscription[]
  readonly signal: AbortSignal
  readonly limit?: number
  readonly clock: Clock
}

/** How many names are kept, because a file with ids in its names must not fill the memory. */
const NAMES_KEPT = 10_000

const TRACK = 'trackEvent'
/** Intercom's types (OpenAPI 2.16, data attributes). */
const DATA_TYPES = ['string', 'integer', 'float', 'boolean', 'date', 'datetime'] as const
const LIST_OF_ATTRIBUTES = 'GET /data_attributes'

const MODELS: Readonly<Record<string, AttributeModel>> = {
  'POST /contacts': 'contact',
  'PUT /contacts/{id}': 'contact',
  'POST /companies': 'company',
  'PUT /companies/{id}': 'company'
}

/** Each event counts, also one whose values were sent before. */
function toSending(subscription: Subscription): Subscription {
  return { ...subscription, mapping: { ...subscription.mapping, unchanged_values: 'send' } }
}

/**
 * Runs a file through mapping and destination against an emulator. The custom attributes of each request are recorded and
 * removed, and the list of attributes is refused, so that the destination always sends all of them. Track calls are only
 * mapped.
 */
export async function findNeeds({
  source,
  signal,
  limit = Infinity,
  clock,
  subscriptions = PRESETS
}: NeedsOptions): Promise<FileNeeds> {
  const needs = new NeedsRecorder()
  const target = await openEmbeddedIntercom({}, { wrapFetch: (fetch) => recordNeeds(fetch, needs) })
  const sender = openSender({
    ...target.connection,
    subscriptions: subscriptions.filter(({ action }) => action !== TRACK).map(toSending),
    clock,
    concurrency: 1,
    retries: 'none',
    holdAfterRetry: false
  })
  const scope = sender.openScope({ signal })
  let events = 0
  let unreadable = 0
  try {
    for await (const { content } of source.records) {
      if (signal.aborted) break
      const read = toEventLine(content, clock.now)
      if (read.kind === 'unreadable') unreadable += 1
      if (read.kind !== 'event') continue
      events += 1
      const { event } = read
      if (isAllowedByIntegrations(event.integrations)) {
        for (const one of subscriptions)
          if (one.action === TRACK && one.takes(event)) needs.eventName(toEventName(event, one))
        await sender.deliver(event, scope)
      }
      needs.endOfEvent()
      if (events >= limit) break
    }
  } finally {
    await sender.close()
    await target.close()
  }
  return { events, unreadable, ...needs.result() }
}

function recordNeeds(fetch: Emulator['fetch'], needs: NeedsRecorder): Emulator['fetch'] {
  return (input, init) => {
    const url = input instanceof Request ? input.url : input.toString()
    const operation = toOperation(init?.method ?? 'GET', url)
    if (operation === LIST_OF_ATTRIBUTES) return Promise.resolve(toRefusal())
    const model = MODELS[operation]
    if (model === undefined || !(init?.body instanceof Uint8Array)) return fetch(input, init)
    const body: unknown = JSON.parse(Buffer.from(init.body).toString())
    if (!isJsonObject(body) || !isJsonObject(body.custom_attributes)) return fetch(input, init)
    const { custom_attributes, ...others } = body
    for (const [name, value] of Object.entries(custom_attributes)) needs.attribute(model, name, value)
    return fetch(input, { ...init, body: JSON.stringify(others) })
  }
}

/** Intercom's answer when a scope is missing. */
const toRefusal = (): Response =>
  Response.json(
    { type: 'error.list', errors: [{ code: 'forbidden', message: 'The check asks for no attributes here.' }] },
    { status: HTTP_STATUS.forbidden }
  )

/** The types that the value does not fit, by the rule of the destination. */
const toMisfits = (value: unknown): string[] =>
  isScalar(value) ? DATA_TYPES.filter((type) => toAttributeValue(value, type) === undefined) : [...DATA_TYPES]

const isScalar = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

function toValueType(value: unknown): ValueType {
  if (value === null || value === '') return 'nothing'
  if (typeof value === 'boolean') return 'true or false'
  if (typeof value === 'number') return Number.isInteger(value) ? 'whole number' : 'number with a fraction'
  return 'text'
}

interface MutableNeed {
  readonly model: AttributeModel
  readonly name: string
  readonly types: Partial<Record<ValueType, number>>
  readonly misfits: Partial<Record<string, number>>
  newType: AttributeType | undefined
  events: number
}

interface NeedOfEvent {
  readonly model: AttributeModel
  readonly name: string
  readonly types: Set<ValueType>
  readonly misfits: Set<string>
  newType: AttributeType | undefined
}

/** Counts events and not requests, because one event may write the same attribute several times. */
class NeedsRecorder {
  readonly #attributes = new Map<string, MutableNeed>()
  readonly #names = new Map<string, { name: string; events: number }>()
  readonly #ofCurrentEvent = new Map<string, NeedOfEvent>()
  #isCut = false

  attribute(model: AttributeModel, name: string, value: unknown): void {
    const key = `${model} ${name}`
    const known: NeedOfEvent = this.#ofCurrentEvent.get(key) ?? {
      model,
      name,
      types: new Set(),
      misfits: new Set(),
      newType: undefined
    }
    known.types.add(toValueType(value))
    for (const type of toMisfits(value)) known.misfits.add(type)
    known.newType = toWider(known.newType, toAttributeType(name, value))
    this.#ofCurrentEvent.set(key, known)
  }

  eventName(name: string | undefined): void {
    if (name === undefined) return
    const row = this.#rowOf(this.#names, toNameKey(name), () => ({ name, events: 0 }))
    if (row) row.events += 1
  }

  endOfEvent(): void {
    for (const [key, { model, name, types, misfits, newType }] of this.#ofCurrentEvent) {
      const row = this.#rowOf<MutableNeed>(this.#attributes, key, () => ({
        model,
        name,
        types: {},
        misfits: {},
        newType: undefined,
        events: 0
      }))
      if (!row) continue
      row.events += 1
      row.newType = toWider(row.newType, newType)
      for (const type of types) row.types[type] = (row.types[type] ?? 0) + 1
      for (const type of misfits) row.misfits[type] = (row.misfits[type] ?? 0) + 1
    }
    this.#ofCurrentEvent.clear()
  }

  result(): Pick<FileNeeds, 'attributes' | 'eventNames' | 'isCut'> {
    const byFrequency = (a: { events: number }, b: { events: number }) => b.events - a.events
    return {
      attributes: [...this.#attributes.values()].sort(byFrequency),
      eventNames: [...this.#names.values()].sort(byFrequency),
      isCut: this.#isCut
    }
  }

  #rowOf<T>(rows: Map<string, T>, key: string, make: () => T): T | undefined {
    const found = rows.get(key)
    if (found !== undefined) return found
    if (rows.size >= NAMES_KEPT) {
      this.#isCut = true
      return undefined
    }
    const made = make()
    rows.set(key, made)
    return made
  }
}
