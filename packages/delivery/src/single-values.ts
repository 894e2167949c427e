import type { InputField } from '@segment/actions-core'

/** The fields that take one value. For a list of one item, Segment passes the item to them. */
export function toSingleFields(fields: Readonly<Record<string, InputField>>): ReadonlySet<string> {
  return new Set(
    Object.entries(fields).flatMap(([key, { type, multiple }]) => (type === 'object' || multiple === true ? [] : key))
  )
}

/** The payload with each list of one item replaced by the item, where the field takes one value. Accepts anything. */
export function withSingleValues(payload: unknown, fields: ReadonlySet<string>): unknown {
  if (typeof payload !== 'object' || payload === null) return payload
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]: [string, unknown]) => [key, fields.has(key) ? toItem(value) : value])
  )
}

function toItem(value: unknown): unknown {
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  const [item] = list
  if (list.length !== 1) return value
  return typeof item === 'object' && item !== null ? value : item
}
