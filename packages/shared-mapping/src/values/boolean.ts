/** `true`, `false` and their texts. `'no'`, `0` and `'1'` are guesses, so they are `undefined`. */
export function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  if (value === 'false') return false
  return undefined
}
