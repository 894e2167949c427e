import { person } from '../account'
import { Heading } from '../heading'
import { Link } from '../link'
import { ProductArt } from '../product-art'
import { PRODUCTS, toPrice } from '../products'

export const Home = () => (
  <>
    <section class="hero">
      <div>
        <p class="eyebrow">Stationery since last Tuesday</p>
        <Heading>Paper that keeps up with you.</Heading>
        <p class="lead">Notebooks, pens and inks for people who still think with their hands.</p>
        <p class="actions">
          <Link to="/shop/product/linen-journal" class="button">
            See the linen journal
          </Link>
          <Link to={person.value ? '/shop/account' : '/shop/sign-up'} class="button quiet">
            {person.value ? 'Your account' : 'Open an account'}
          </Link>
        </p>
      </div>
      <Landscape />
    </section>
    <section aria-labelledby="range">
      <h2 id="range">For your desk</h2>
      <ul class="grid">
        {PRODUCTS.map((product) => (
          <li key={product.id}>
            <Link to={`/shop/product/${product.id}`} class="card">
              <ProductArt product={product} />
              <span class="card-text">
                <span class="card-name">{product.name}</span>
                <span class="card-line">{product.line}</span>
                <span class="price">{toPrice(product.cents)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  </>
)

const Landscape = () => (
  <svg class="landscape" viewBox="0 0 360 240" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
    <rect class="sky" width="360" height="240" />
    <circle class="sun" cx="268" cy="84" r="34" />
    <path class="hill far" d="M0 170q70-58 150-26t210-18v114H0z" />
    <path class="hill near" d="M0 204q110-52 200-18t160-8v62H0z" />
    <g class="tree">
      <path d="m92 84 26 46h-14l22 38h-16l20 32H54l20-32H58l22-38H66z" />
      <path d="m190 116 18 32h-10l16 26h-12l14 22h-52l14-22h-12l16-26h-10z" />
      <path d="m300 128 14 26h-8l12 20h-8l10 18h-40l10-18h-8l12-20h-8z" />
    </g>
  </svg>
)
