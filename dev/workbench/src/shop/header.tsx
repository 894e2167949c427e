import { person } from './account'
import { itemCount } from './cart'
import { Link } from './link'
import type { Route } from './route'

/** The header of every page of the shop. */
export const Header = ({ here: { kind } }: { readonly here: Route }) => (
  <header class="top">
    <Link to="/shop/" class="brand">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="m12 2 5 7h-3l5 6h-4l4 5H5l4-5H5l5-6H7z" fill="currentColor" />
      </svg>
      Paper &amp; Pine
    </Link>
    <nav aria-label="Shop">
      <Link to="/shop/cart" isHere={kind === 'cart'}>
        Cart
        {itemCount.value > 0 && (
          <span class="badge">
            {itemCount}
            <span class="unseen"> in it</span>
          </span>
        )}
      </Link>
      {person.value ? (
        <Link to="/shop/account" isHere={kind === 'account'}>
          <span class="nav-name">{person.value.name}</span>
        </Link>
      ) : (
        <>
          <Link to="/shop/sign-in" isHere={kind === 'sign-in'}>
            Sign in
          </Link>
          <Link to="/shop/sign-up" isHere={kind === 'sign-up'} class="nav-strong">
            Sign up
          </Link>
        </>
      )}
    </nav>
  </header>
)
