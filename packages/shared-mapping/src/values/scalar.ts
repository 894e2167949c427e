import { isDate } from './date'
import { toUnixSeconds } from './unix-seconds'

/** What Intercom stores as it is. `null` clears an attribute. */
export type Scalar = string | number | boolean | null

/** A scalar as it is, a `Date` as Unix seconds; an object, a list, NaN, a bigint: `undefined`. */
export function toScalar(value: unknown): Scalar | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (isDate(value)) return toUnixSeconds(value)
  return undefined
}
