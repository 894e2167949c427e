import type { Json } from '../../contract'

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** Whether JSON can say it at all. Does not look inside: only for what came out of `JSON.parse` or went out as JSON. */
export const isJson = (value: unknown): value is Json =>
  value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value)

/** What is not there becomes `null`, as in a list. */
export const toJson = (value: unknown): Json => (isJson(value) ? value : null)

/** A text or a number as a text; `undefined` for all else and for the empty text. */
export const toName = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined

/** A value as people read it in a sentence, long ones cut. */
export function toShown(value: unknown): string {
  if (value === undefined) return 'nothing'
  return typeof value === 'string' ? JSON.stringify(cut(value)) : cut(JSON.stringify(value))
}

const LONGEST_SHOWN = 80

const cut = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)
