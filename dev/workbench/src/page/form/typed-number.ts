/** A typed text as a number, or `undefined` where it is none. */
export function toTypedNumber(text: string): number | undefined {
  const trimmed = text.trim()
  const number = Number(trimmed)
  return trimmed === '' || !Number.isFinite(number) ? undefined : number
}
