import { isDate } from './date'
import { toUnixSeconds } from './unix-seconds'

/** A value that Intercom stores unchanged. `null` clears an attribute. */
export type Scalar = string | number | boolean | null

/** A scalar unchanged, a `Date` as Unix seconds. `undefined` for objects, lists, NaN and bigints. */
export function toScalar(value: unknown): Scalar | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (isDate(value)) return toUnixSeconds(value)
  return undefined
}
