/**
 * Whether the methods of `Date` work on the value. `instanceof` would reject dates of another frame or realm, and accept
 * objects with the prototype of `Date` whose methods throw.
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
