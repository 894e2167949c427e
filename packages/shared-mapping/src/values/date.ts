/**
 * Whether `Date`'s own methods work on it. `instanceof` would miss the dates of another frame or realm, and take an
 * object that only claims to be one, whose methods throw.
 */
export function isDate(value: unknown): value is Date {
  if (typeof value !== 'object') return false
  try {
    Date.prototype.getTime.call(value)
    return true
  } catch {
    return false
  }
}
