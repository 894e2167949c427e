/** `true`, `false`, `'true'` and `'false'`. `undefined` for anything else, such as `'no'`, `0` and `'1'`. */
export function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  if (value === 'false') return false
  return undefined
}
