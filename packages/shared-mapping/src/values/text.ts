/** Text as it is; a number or a boolean becomes its text, because ids are often numbers. Anything else: `undefined`. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return undefined
}
