import type { JSONObject } from '@segment/actions-core'

const NAMES = { action: 'partnerAction', trigger: 'subscribe', settings: 'mapping' }

/** In the place of the reader of all formats: the setting of a function takes subscriptions as Segment saves them. */
export function findRows(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('a list of subscriptions was expected')
  return value
}

export function toUncheckedRow(row: unknown, place: string): { row: JSONObject; names: typeof NAMES } {
  if (!isRow(row)) throw new Error(`${place} must be an object with "partnerAction", "subscribe" and "mapping"`)
  return { row, names: NAMES }
}

function isRow(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
