import { useEffect } from 'preact/hooks'
import { addToCart } from '../cart'
import { Heading } from '../heading'
import { visits } from '../history'
import { Link } from '../link'
import { toProductProperties } from '../order'
import { ProductArt } from '../product-art'
import { toPrice, type Product } from '../products'
import { track } from '../sender'

export function ProductPage({ product }: { readonly product: Product }) {
  const visit = visits.value
  useEffect(() => {
    track('Product Viewed', toProductProperties(product))
  }, [product, visit])
  return (
    <>
      <p class="back">
        <Link to="/shop/">← All paper</Link>
      </p>
      <article class="product">
        <ProductArt product={product} />
        <div>
          <p class="eyebrow">{product.category}</p>
          <Heading>{product.name}</Heading>
          <p class="lead">{product.description}</p>
          <ul class="points">
            {product.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
          <p class="price large">{toPrice(product.cents)}</p>
          <p class="actions">
            <button
              type="button"
              class="button"
              onClick={() => {
                addToCart(product)
              }}
            >
              Add to cart
            </button>
            <Link to="/shop/cart" class="button quiet">
              Go to the cart
            </Link>
          </p>
        </div>
      </article>
    </>
  )
}
