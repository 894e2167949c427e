import { intercomCloud, type Loss } from '@intercom-destinations/intercom-cloud'
import { transform, type InputField, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import { isJsonObject } from '../json-object'

export interface UsableRow {
  readonly row: JSONObject
  readonly losses: readonly Loss[]
}

type Value = JSONObject[string] | undefined

const ACTIONS: ReadonlyMap<string, { readonly fields: Readonly<Record<string, InputField>> }> = new Map(
  Object.entries(intercomCloud().actions)
)

const COMPANY_ACTION = 'groupIdentifyContact'
/** Fields of the company action that are about the person; losses name the others as the builder does. */
const PERSON_FIELDS: ReadonlySet<string> = new Set(['external_id', 'email', 'contact_id'])

/**
 * Segment's validation refuses a whole event for an object in the field of a text. This is the row without the optional
 * values that it would refuse, each of them a loss; `undefined` where there are none, so that no other row would help.
 */
export function toUsableRow(row: JSONObject, event: SegmentEvent): UsableRow | undefined {
  const { partnerAction, mapping } = row
  const fields = typeof partnerAction === 'string' ? ACTIONS.get(partnerAction)?.fields : undefined
  const payload = isJsonObject(mapping) ? toPayload(mapping, event) : undefined
  if (!fields || !payload || !isJsonObject(mapping)) return undefined
  const losses: Loss[] = []
  const replaced = new Map<string, Value>()
  for (const [key, field] of Object.entries(fields)) {
    if (field.required !== undefined && field.required !== false) continue
    const path = partnerAction === COMPANY_ACTION && !PERSON_FIELDS.has(key) ? `company.${key}` : key
    const usable = toUsable(payload[key], field, path, losses)
    if (usable !== payload[key]) replaced.set(key, usable)
  }
  return replaced.size === 0 ? undefined : { row: { ...row, mapping: withReplaced(mapping, replaced) }, losses }
}

function toPayload(mapping: JSONObject, event: SegmentEvent): JSONObject | undefined {
  try {
    return transform(mapping, { ...event })
  } catch {
    return undefined
  }
}

/** The value as far as the field takes it; `undefined` for nothing. What is taken whole comes back as it is. */
function toUsable(value: Value, field: InputField, path: string, losses: Loss[]): Value {
  if (value === undefined) return undefined
  if (field.type === 'object') {
    if (field.multiple === true || isJsonObject(value)) return value
    if (value !== null && value !== '') losses.push({ path, reason: 'not-an-object' })
    return undefined
  }
  if (!Array.isArray(value)) return isNested(value) ? lose(path, losses) : value
  if (field.multiple !== true) {
    // A list of one is taken for its item.
    return value.length === 1 && !isNested(value[0]) ? value : lose(path, losses)
  }
  for (const [index, item] of value.entries()) if (isNested(item)) lose(`${path}[${index}]`, losses)
  return value.some(isNested) ? value.filter((item) => !isNested(item)) : value
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null

function lose(path: string, losses: Loss[]): undefined {
  losses.push({ path, reason: 'nested-value' })
  return undefined
}

function withReplaced(mapping: JSONObject, replaced: ReadonlyMap<string, Value>): JSONObject {
  const kept = Object.entries(mapping).filter(([key]) => !replaced.has(key))
  const others = [...replaced].flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))
  return Object.fromEntries([...kept, ...others])
}
