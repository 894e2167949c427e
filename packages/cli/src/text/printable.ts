/**
 * Control and format characters: escape sequences steer a terminal, among them those of one character from U+0080 on, and
 * direction marks show another text than the one that is there.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu

/** Names come from files and servers: a terminal must not be steered by them, so control characters become a dot. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, '·')

/** The same for several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')

/** JSON in one line that says the same and is printable: what JSON leaves as it is, is escaped too. */
export const toPrintableJson = (value: unknown): string => JSON.stringify(value).replace(UNPRINTABLE, toEscapes)

function toEscapes(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
