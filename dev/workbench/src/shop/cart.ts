import { computed, signal } from '@preact/signals'
import { buildOrder, toProductProperties, type CartLine } from './order'
import { toProduct, type Product } from './products'
import { track } from './sender'
import { readStored, writeStored } from './stored'

const NAME = 'paper-and-pine.cart'
const MOST = 99
const ORDER_DIGITS = 1_000_000

const isLine = (value: unknown): value is CartLine =>
  typeof value === 'object' &&
  value !== null &&
  'productId' in value &&
  'quantity' in value &&
  typeof value.productId === 'string' &&
  toProduct(value.productId) !== undefined &&
  Number.isInteger(value.quantity) &&
  Number(value.quantity) > 0

const isLines = (value: unknown): value is readonly CartLine[] => Array.isArray(value) && value.every(isLine)

export const lines = signal<readonly CartLine[]>(readStored(NAME, isLines) ?? [])

export const itemCount = computed(() => lines.value.reduce((sum, { quantity }) => sum + quantity, 0))

/** The latest order, until the visitor leaves its page. */
export const lastOrder = signal<ReturnType<typeof buildOrder> | undefined>(undefined)

function keep(next: readonly CartLine[]): void {
  lines.value = next
  writeStored(NAME, next)
}

export function addToCart(product: Product): void {
  const line = lines.value.find(({ productId }) => productId === product.id)
  if (line) setQuantity(product.id, line.quantity + 1)
  else keep([...lines.value, { productId: product.id, quantity: 1 }])
  track('Product Added', { ...toProductProperties(product), quantity: 1 })
}

/** A quantity of zero removes the line. */
export function setQuantity(productId: string, quantity: number): void {
  const wanted = Math.min(quantity, MOST)
  keep(
    lines.value.flatMap((line) =>
      line.productId !== productId ? [line] : wanted < 1 ? [] : [{ ...line, quantity: wanted }]
    )
  )
}

export function buy(coupon: string): void {
  const number = Math.floor(Math.random() * ORDER_DIGITS)
  const order = buildOrder(`PP-${String(number).padStart(6, '0')}`, lines.value, coupon)
  track('Order Completed', order)
  lastOrder.value = order
  keep([])
}
