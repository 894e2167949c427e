/** The bytes of a text, as `TextEncoder` writes them: half of a surrogate pair becomes U+FFFD. */
export function toUtf8(text: string): number[] {
  const whole = Array.from(text, (character) => (/^[\ud800-\udfff]$/.test(character) ? '\ufffd' : character)).join('')
  return Array.from(encodeURIComponent(whole).match(/%..|./g) ?? [], (part) =>
    part.startsWith('%') ? parseInt(part.slice(1), 16) : part.charCodeAt(0)
  )
}
