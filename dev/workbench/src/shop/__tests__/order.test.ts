import { buildOrder, toTotals } from '../order'

const LINES = [
  { productId: 'linen-journal', quantity: 2 },
  { productId: 'washi-tape', quantity: 1 }
]

test('an order has revenue, currency and a cart that Intercom cannot store', () => {
  expect(buildOrder('PP-1', LINES, 'PINE10')).toEqual({
    order_id: 'PP-1',
    revenue: 50.85,
    currency: 'EUR',
    coupon: 'PINE10',
    items: 3,
    cart: {
      items: [
        {
          product_id: 'linen-journal',
          name: 'Linen journal',
          category: 'Notebooks',
          price: 24,
          currency: 'EUR',
          quantity: 2
        },
        { product_id: 'washi-tape', name: 'Washi tape', category: 'Desk', price: 8.5, currency: 'EUR', quantity: 1 }
      ]
    }
  })
})

test.each(['', 'NOPE', 'constructor', '__proto__'])('the coupon %j gives no discount', (coupon) => {
  expect(toTotals(LINES, coupon)).toEqual({ subtotal: 5650, discount: 0, total: 5650 })
})

test('a removed product costs nothing and is not in the order', () => {
  expect(buildOrder('PP-1', [{ productId: 'gone', quantity: 1 }], '').cart.items).toEqual([])
})
