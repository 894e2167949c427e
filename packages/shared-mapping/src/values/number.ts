const PLAIN_NUMBER = /^-?(\d+(\.\d*)?|\.\d+)$/

/** A finite number, also as text (`'12'`, `'99.5'`). `undefined` for `'11-50'`, `'1e3'`, `''`. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !PLAIN_NUMBER.test(value.trim())) return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}
