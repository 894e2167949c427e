/**
 * Whether a text has more characters than the limit. Characters are code points: an emoji is one, though JavaScript
 * counts most of them as two.
 */
export function isLongerThan(text: string, limit: number): boolean {
  // A character takes two of JavaScript's units at most, so that neither short nor huge texts are taken apart.
  return text.length > limit && (text.length > 2 * limit || Array.from(text).length > limit)
}

/** Text as it is; a number or a boolean becomes its text, because ids are often numbers. Anything else: `undefined`. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return undefined
}
