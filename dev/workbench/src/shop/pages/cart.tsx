import { useSignal } from '@preact/signals'
import { person } from '../account'
import { buy, lastOrder, lines, setQuantity } from '../cart'
import { Heading } from '../heading'
import { Link } from '../link'
import { toTotals, type CartLine } from '../order'
import { ProductArt } from '../product-art'
import { toPrice, toProduct } from '../products'

export function Cart() {
  const coupon = useSignal('PINE10')
  const { subtotal, discount, total } = toTotals(lines.value, coupon.value)
  if (lines.value.length === 0) return lastOrder.value ? <Thanks /> : <Empty />
  return (
    <>
      <Heading>Cart</Heading>
      <div class="cart">
        <ul class="lines">
          {lines.value.map((line) => (
            <Line key={line.productId} line={line} />
          ))}
        </ul>
        <section class="sheet" aria-label="Total">
          <label class="field">
            <span>Coupon</span>
            <input
              value={coupon.value}
              onInput={({ currentTarget }) => {
                coupon.value = currentTarget.value.trim()
              }}
            />
          </label>
          <dl class="totals">
            <div>
              <dt>Paper and pens</dt>
              <dd>{toPrice(subtotal)}</dd>
            </div>
            {discount > 0 && (
              <div>
                <dt>Coupon {coupon.value}</dt>
                <dd>−{toPrice(discount)}</dd>
              </div>
            )}
            <div class="total">
              <dt>Total</dt>
              <dd>{toPrice(total)}</dd>
            </div>
          </dl>
          <button
            type="button"
            class="button wide"
            onClick={() => {
              buy(coupon.value)
            }}
          >
            Buy
          </button>
          <p class="small">Nothing is paid and nothing is posted: this shop only sends events to Segment.</p>
        </section>
      </div>
    </>
  )
}

function Line({ line: { productId, quantity } }: { readonly line: CartLine }) {
  const product = toProduct(productId)
  if (!product) return null
  const change = (by: number) => () => {
    setQuantity(productId, quantity + by)
  }
  return (
    <li class="cart-line">
      <ProductArt product={product} />
      <div class="cart-name">
        <Link to={`/shop/product/${productId}`}>{product.name}</Link>
        <span class="card-line">{toPrice(product.cents)} each</span>
      </div>
      <div class="stepper" role="group" aria-label={`Number of ${product.name}`}>
        <button type="button" aria-label={`One ${product.name} less`} onClick={change(-1)}>
          −
        </button>
        <span aria-live="polite">{quantity}</span>
        <button type="button" aria-label={`One ${product.name} more`} onClick={change(1)}>
          +
        </button>
      </div>
      <span class="price">{toPrice(product.cents * quantity)}</span>
    </li>
  )
}

const Empty = () => (
  <section class="sheet narrow">
    <Heading>Your cart is empty</Heading>
    <p class="lead">A blank page, so to speak.</p>
    <p class="actions">
      <Link to="/shop/" class="button">
        Look around
      </Link>
    </p>
  </section>
)

const Thanks = () => (
  <section class="sheet narrow">
    <Heading>Thank you</Heading>
    <p class="lead">
      Order {lastOrder.value?.order_id} for €{lastOrder.value?.revenue.toFixed(2)} is on its way to Segment.{' '}
      {person.value
        ? 'The revenue becomes a price in Intercom. The list of products in the cart is lost, because Intercom stores no lists.'
        : 'Intercom stores events under a person, and no person has signed up here yet.'}
    </p>
    <p class="actions">
      <Link to="/shop/" class="button">
        Look around
      </Link>
    </p>
  </section>
)
