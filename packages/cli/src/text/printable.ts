/**
 * Control and format characters. Escape sequences control a terminal, and so do the single characters from U+0080 on;
 * direction marks make a terminal show another text.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu

/** Replaces control characters by a dot: names come from files and servers, and must not control a terminal. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, '·')

/** The same for a text of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')

/** JSON in one printable line: control characters that JSON allows in a text are escaped too. */
export const toPrintableJson = (value: unknown): string => JSON.stringify(value).replace(UNPRINTABLE, toEscapes)

function toEscapes(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
