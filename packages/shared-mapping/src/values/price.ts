declare const cents: unique symbol

/** Whole hundredths of a currency's unit. Intercom calls them cents for every currency, also the yen. Made by `toCents`. */
export type Cents = number & { readonly [cents]: true }

/** Intercom's monetary metadata: `{ amount: 1999, currency: 'EUR' }`. */
export interface Price {
  amount: Cents
  currency: string
}

export const DEFAULT_CURRENCY = 'USD'

/**
 * Currencies whose smallest unit is not a hundredth (ISO 4217; the ariary as Stripe counts it). Intercom documents amounts
 * "in cents" for every currency and does not mention these.
 */
const WITHOUT_CENTS =
  'BIF CLP DJF GNF ISK JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF BHD IQD JOD KWD LYD OMR TND'.split(' ')

const PLAIN_AMOUNT = /^(\d*)(?:\.(\d*))?$/
const CURRENCY = /^[a-z]{3}$/i
/** JavaScript writes smaller numbers as `1e-7`. They are less than half a cent. */
const SMALLEST_PLAIN_NUMBER = 1e-6

/**
 * An amount in the currency's unit (`19.99`, `'19.99'`) as whole cents, half a cent rounded up.
 * Computed from the decimal text, because 1.005 * 100 is 100.49999999999999. `undefined` for negative amounts, `'$19.99'`,
 * 1e21 and NaN.
 */
export function toCents(value: unknown): Cents | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const text =
    value === 0 || (typeof value === 'number' && value > 0 && value < SMALLEST_PLAIN_NUMBER)
      ? '0'
      : String(value).trim()
  const match = PLAIN_AMOUNT.exec(text)
  const [, whole = '', fraction = ''] = match ?? []
  if (whole + fraction === '') return undefined
  const hundredths = Number(whole + fraction.padEnd(2, '0').slice(0, 2))
  const amount = hundredths + (fraction.charAt(2) >= '5' ? 1 : 0)
  return isCents(amount) ? amount : undefined
}

/** Whether the amount was not rounded. A thousandth of a cent is tolerated, for sums such as 0.1 + 0.2. */
export function isExact(value: unknown, amount: Cents): boolean {
  return Math.abs(Number(value) * 100 - amount) < 0.001
}

/** A three-letter code in upper case, else `undefined`. */
export function toCurrency(value: unknown): string | undefined {
  return typeof value === 'string' && CURRENCY.test(value.trim()) ? value.trim().toUpperCase() : undefined
}

/** Whether the currency has hundredths, so that an amount "in cents" is unambiguous. */
export function hasCents(currency: string): boolean {
  return !WITHOUT_CENTS.includes(currency)
}

/** Whole and not negative. Zero is accepted for free orders, although Intercom's description says "positive". */
export function isCents(value: unknown): value is Cents {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
