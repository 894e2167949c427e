import { toProduct, type Product } from './products'

export interface CartLine {
  readonly productId: string
  readonly quantity: number
}

const CURRENCY = 'EUR'
const CENTS = 100
const COUPONS: Readonly<Record<string, number>> = { PINE10: 0.1 }

interface Totals {
  readonly subtotal: number
  readonly discount: number
  readonly total: number
}

/** The total in cents. An unknown coupon gives no discount. */
export function toTotals(lines: readonly CartLine[], coupon: string): Totals {
  const subtotal = lines.reduce(
    (sum, { productId, quantity }) => sum + (toProduct(productId)?.cents ?? 0) * quantity,
    0
  )
  const share = Object.hasOwn(COUPONS, coupon) ? (COUPONS[coupon] ?? 0) : 0
  const discount = Math.round(subtotal * share)
  return { subtotal, discount, total: subtotal - discount }
}

/** The properties of `Product Viewed` and `Product Added`, by Segment's ecommerce spec. */
export const toProductProperties = ({ id, name, category, cents }: Product) => ({
  product_id: id,
  name,
  category,
  price: cents / CENTS,
  currency: CURRENCY
})

/**
 * The properties of `Order Completed`. The revenue becomes a price in Intercom. The cart is an object with a list,
 * which Intercom does not store and our destinations report as lost.
 */
export function buildOrder(orderId: string, lines: readonly CartLine[], coupon: string) {
  return {
    order_id: orderId,
    revenue: toTotals(lines, coupon).total / CENTS,
    currency: CURRENCY,
    ...(coupon ? { coupon } : {}),
    items: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    cart: {
      items: lines.flatMap(({ productId, quantity }) => {
        const product = toProduct(productId)
        return product ? [{ ...toProductProperties(product), quantity }] : []
      })
    }
  }
}
