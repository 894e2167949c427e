const PLAIN_NUMBER = /^-?(\d+(\.\d*)?|\.\d+)$/

/** A finite number, or a text that is one (`'12'`, `'99.5'`). `'11-50'`, `'1e3'`, `''`: `undefined`. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !PLAIN_NUMBER.test(value.trim())) return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}
