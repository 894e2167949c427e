import { EVENT_TYPES, isJsonObject, type CompleteRow } from '@intercom-destinations/delivery'

export const SAMPLE_USER = 'sample-user'
export const SAMPLE_EMAIL = 'ada@example.com'

/** An event made for one mapping, and what it has at each path. */
export interface SampleEvent {
  readonly type: string
  readonly json: Record<string, unknown>
}

/** What a sample event is made from. */
export interface CheckedAction {
  readonly title: string
  readonly defaultSubscription?: string
  readonly fields: Readonly<Record<string, { readonly type: string; readonly label: string }>>
}

const TYPE_IN_TRIGGER = new RegExp(`\\btype\\s*=\\s*"(${EVENT_TYPES.join('|')})"`)
const PATH = /^\$\.([\w-]+(?:\.[\w-]+)*)$/
const TIMESTAMP = '2026-01-02T03:04:05.000Z'
/** Fields whose values are no plain text; other fields get a text. */
const SAMPLES: ReadonlyMap<string, unknown> = new Map(
  Object.entries({
    external_id: SAMPLE_USER,
    user_id: SAMPLE_USER,
    email: SAMPLE_EMAIL,
    avatar: 'https://example.com/ada.png',
    website: 'https://example.com',
    created_at: TIMESTAMP,
    event_time: TIMESTAMP,
    signed_up_at: TIMESTAMP,
    last_seen_at: TIMESTAMP,
    remote_created_at: TIMESTAMP,
    monthly_spend: 100,
    size: 42,
    owner_id: 7,
    revenue: 19.99,
    currency: 'EUR',
    active: true,
    unsubscribed_from_emails: false
  })
)

/** An event that the trigger may take, with a fitting value wherever the mapping reads one. */
export function toSampleEvent({ subscribe, mapping }: CompleteRow, action: CheckedAction | undefined): SampleEvent {
  const triggers = [subscribe, action?.defaultSubscription ?? '']
  const [type = 'track'] = triggers.flatMap((trigger) => TYPE_IN_TRIGGER.exec(trigger)?.[1] ?? [])
  const fields = new Map(Object.entries(action?.fields ?? {}))
  const json: Record<string, unknown> = { type, messageId: 'sample', timestamp: TIMESTAMP }
  for (const [field, value] of Object.entries(mapping)) {
    // The object of a field that takes a whole one has no values.
    const isWhole = fields.get(field)?.type === 'object' && isJsonObject(value) && '@path' in value
    fill(json, value, isWhole ? {} : SAMPLES.get(field))
  }
  return {
    type,
    json: { userId: SAMPLE_USER, groupId: 'sample-company', event: 'Sample', traits: {}, properties: {}, ...json }
  }
}

/** Puts the sample at each path of the value; below a key, its own sample. */
function fill(json: Record<string, unknown>, value: unknown, sample: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) fill(json, item, sample)
    return
  }
  if (!isJsonObject(value)) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === '@path' && typeof inner === 'string') put(json, inner, sample ?? 'sample')
    else fill(json, inner, key.startsWith('@') ? sample : (SAMPLES.get(key) ?? sample))
  }
}

/** Paths with brackets or quotation marks are left out, and so is a path below or above one that is there. */
function put(json: Record<string, unknown>, path: string, sample: unknown): void {
  const names = PATH.exec(path)?.[1]?.split('.') ?? []
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
