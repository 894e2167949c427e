import type { Json } from '../../contract'

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** Whether the value is of a JSON type. Does not check nested values: use it only for parsed JSON. */
export const isJson = (value: unknown): value is Json =>
  value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value)

/** `undefined` becomes `null`, as `JSON.stringify` has it in a list. */
export const toJson = (value: unknown): Json => (isJson(value) ? value : null)

/** A string or a number as a string; `undefined` for other values and for the empty string. */
export const toName = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined

/** A value for a sentence; long ones are cut. */
export function toShown(value: unknown): string {
  if (value === undefined) return 'nothing'
  return typeof value === 'string' ? JSON.stringify(cut(value)) : cut(JSON.stringify(value))
}

const LONGEST_SHOWN = 80

const cut = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)
