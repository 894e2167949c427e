import type { Json } from '../../contract'
import { isJsonObject } from '../../json-guards'

const CENTS = 100

/** A value of Intercom for display: prices (in cents) as money, links as their text and URL. */
export function toValueText(value: Json): string {
  if (isJsonObject(value)) {
    const { amount, currency, url, value: text } = value
    if (typeof amount === 'number' && typeof currency === 'string') {
      return `${(amount / CENTS).toFixed(2)} ${currency.toUpperCase()}`
    }
    if (typeof url === 'string' && typeof text === 'string') return text === url ? url : `${text} (${url})`
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
