/**
 * Whether a text has more characters than the limit. Characters are code points: an emoji is one, although its `length` in
 * JavaScript is usually two.
 */
export function isLongerThan(text: string, limit: number): boolean {
  // A code point has at most two code units, so only texts near the limit have to be split.
  return text.length > limit && (text.length > 2 * limit || [...text].length > limit)
}

/** A text unchanged; a number or boolean as text, because ids are often numbers. `undefined` for anything else. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'boolean' || Number.isFinite(value) ? String(value) : undefined
}

/** `hide_default_launcher` from `hideDefaultLauncher`: Intercom's and Segment's spelling of the same name. */
export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
