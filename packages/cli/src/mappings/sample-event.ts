import { EVENT_TYPES, isJsonObject, type CompleteRow } from '@intercom-destinations/delivery'
import { toPaths } from './mapping-parts'

export const SAMPLE_USER = 'sample-user'
export const SAMPLE_EMAIL = 'ada@example.com'
/** What a path has whose field is not listed below. */
export const SAMPLE_TEXT = 'sample'

/** An event made for one mapping, and what it has at each path. */
export interface SampleEvent {
  readonly type: string
  readonly json: Record<string, unknown>
}

/** What a sample event is made from. */
interface SampledAction {
  readonly defaultSubscription?: string
  readonly fields: SampledFields
}

type SampledFields = Readonly<Record<string, SampledField>>

interface SampledField {
  readonly type: string
  /** What another field has to be, so that this one is used. */
  readonly depends_on?: { readonly conditions: readonly SampledCondition[] }
  /** The fields of an object. */
  readonly properties?: SampledFields | undefined
}

interface SampledCondition {
  readonly fieldKey?: string
  readonly operator: 'is' | 'is_not'
  readonly value?: unknown
}

const TYPE_IN_TRIGGER = new RegExp(`\\btype\\s*=\\s*"(${EVENT_TYPES.join('|')})"`)
const PATH = /^\$\.([\w-]+(?:\.[\w-]+)*)$/
const TIMESTAMP = '2026-01-02T03:04:05.000Z'
/** The names inside directives that hold a part of a mapping. */
const DIRECTIVE_PARTS = new Set(['exists', 'blank', 'value', 'objects', 'mapping'])
/** Fields whose values are no plain text; other fields get a text. */
const SAMPLES: ReadonlyMap<string, unknown> = new Map(
  Object.entries({
    external_id: SAMPLE_USER,
    user_id: SAMPLE_USER,
    email: SAMPLE_EMAIL,
    avatar: 'https://example.com/ada.png',
    avatar_image_url: 'https://example.com/ada.png',
    website: 'https://example.com',
    created_at: TIMESTAMP,
    event_time: TIMESTAMP,
    signed_up_at: TIMESTAMP,
    last_seen_at: TIMESTAMP,
    remote_created_at: TIMESTAMP,
    last_request_at: TIMESTAMP,
    monthly_spend: 100,
    size: 42,
    owner_id: 7,
    revenue: 19.99,
    currency: 'EUR',
    active: true,
    unsubscribed_from_emails: false,
    hide_default_launcher: false,
    remove: false,
    command: 'show'
  })
)

/** An event that the trigger may take, with a fitting value wherever the mapping reads one; of alternatives, one. */
export function toSampleEvent(
  { subscribe, mapping }: Pick<CompleteRow, 'subscribe' | 'mapping'>,
  { defaultSubscription = '', fields }: SampledAction
): SampleEvent {
  const triggers = [subscribe, defaultSubscription]
  const [type = 'track'] = triggers.flatMap((trigger) => TYPE_IN_TRIGGER.exec(trigger)?.[1] ?? [])
  const json: Record<string, unknown> = { type, messageId: 'sample', timestamp: TIMESTAMP }
  const used = Object.entries(mapping).filter(([key]) => !isSwitchedOff(fields[key], mapping))
  fill(json, Object.fromEntries(used), { fields: new Map(Object.entries(fields)), sample: SAMPLE_TEXT })
  return {
    type,
    json: { userId: SAMPLE_USER, groupId: 'sample-company', event: 'Sample', traits: {}, properties: {}, ...json }
  }
}

/** Whether the mapping itself, whatever the event is, says that the field is not used. */
const isSwitchedOff = (field: SampledField | undefined, mapping: Readonly<Record<string, unknown>>): boolean =>
  field?.depends_on?.conditions.some(({ fieldKey, operator, value }) => {
    const given = fieldKey === undefined ? undefined : mapping[fieldKey]
    return typeof given === 'string' && (given === value) !== (operator === 'is')
  }) ?? false

/** What a part of a mapping is for. */
interface Purpose {
  /** The fields whose names the part may have. */
  readonly fields: ReadonlyMap<string, SampledField>
  /** The value that fits. */
  readonly sample: unknown
}

/** Puts a sample at each path that a part of the mapping reads. */
function fill(json: Record<string, unknown>, part: unknown, purpose: Purpose): void {
  if (Array.isArray(part)) for (const item of part) fill(json, item, purpose)
  else if (isJsonObject(part))
    for (const [key, inner] of Object.entries(part)) {
      if (key === '@path') put(json, inner, purpose.sample)
      else if (key === '@arrayPath') putList(json, inner, purpose)
      else if (key === '@if') fill(json, toBranch(inner), purpose)
      else fill(json, inner, key.startsWith('@') || DIRECTIVE_PARTS.has(key) ? purpose : toPurpose(key, inner, purpose))
    }
}

function toPurpose(key: string, value: unknown, { fields }: Purpose): Purpose {
  const { type, properties = {} } = fields.get(key) ?? {}
  // A whole object has the names that the rest of the mapping reads, and no others.
  const isWhole = type === 'object' && isJsonObject(value) && Object.keys(value).some((name) => name.startsWith('@'))
  return { fields: new Map(Object.entries(properties)), sample: isWhole ? {} : (SAMPLES.get(key) ?? SAMPLE_TEXT) }
}

/** The branch of a condition that an event takes: `then` if it has what is asked for, which is what `then` reads. */
function toBranch(condition: unknown): unknown {
  if (!isJsonObject(condition)) return undefined
  const { then, else: otherwise, ...asked } = condition
  const read = new Set(toPaths(then))
  return otherwise === undefined || toPaths(asked).some((path) => read.has(path)) ? [then, asked] : otherwise
}

/** The paths of the items are below each item. */
function putList(json: Record<string, unknown>, content: unknown, purpose: Purpose): void {
  const parts: readonly unknown[] = Array.isArray(content) ? content : []
  const [at, shape] = parts
  const item: Record<string, unknown> = {}
  fill(item, shape, { ...purpose, sample: SAMPLE_TEXT })
  put(json, isJsonObject(at) ? at['@path'] : at, [Object.keys(item).length === 0 ? SAMPLE_TEXT : item])
}

/** Paths with brackets or quotation marks are left out, and so is a path below or above one that is there. */
export function put(json: Record<string, unknown>, path: unknown, sample: unknown): void {
  const names = PATH.exec(typeof path === 'string' ? path : '')?.[1]?.split('.') ?? []
  const last = names.pop()
  if (last === undefined || [...names, last].some((name) => name === '__proto__')) return
  let place = json
  for (const name of names) {
    if (!Object.hasOwn(place, name)) place[name] = {}
    const next = place[name]
    if (!isJsonObject(next)) return
    place = next
  }
  if (!Object.hasOwn(place, last)) place[last] = sample
}
