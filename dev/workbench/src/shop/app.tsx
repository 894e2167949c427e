import { useLayoutEffect } from 'preact/hooks'
import { person } from './account'
import { itemCount, lastOrder } from './cart'
import { Heading } from './heading'
import { route, visits } from './history'
import { Link } from './link'
import { Corner } from './messenger/corner'
import { openPanel } from './messenger/messenger'
import { Account } from './pages/account'
import { Cart } from './pages/cart'
import { CompanyPage } from './pages/company'
import { Home } from './pages/home'
import { ProductPage } from './pages/product'
import { SignIn } from './pages/sign-in'
import { SignUp } from './pages/sign-up'
import { askSecurity } from './proof'
import { toTitle, type Route } from './route'
import { page, sent } from './sender'

export function App() {
  const here = route.value
  const visit = visits.value
  // Before the effects of the place itself: its page comes before what happens on it.
  useLayoutEffect(() => {
    document.title = `${toTitle(here)} – Paper & Pine`
    if (here.kind !== 'cart') lastOrder.value = undefined
    void askSecurity()
    page(toTitle(here))
  }, [here, visit])
  return (
    <>
      <a class="skip" href="#content">
        To the content
      </a>
      <Header here={here} />
      <SentLine />
      <main id="content" tabIndex={-1}>
        {toPage(here)}
      </main>
      <footer class="foot">
        <p>Paper &amp; Pine is not a shop. It is here to be clicked through.</p>
        <button type="button" class="plain" onClick={openPanel}>
          What the Messenger holds
        </button>
      </footer>
      <Corner />
    </>
  )
}

function toPage(here: Route) {
  switch (here.kind) {
    case 'home':
      return <Home />
    case 'product':
      return <ProductPage product={here.product} />
    case 'cart':
      return <Cart />
    case 'account':
      return <Account />
    case 'sign-up':
      return <SignUp />
    case 'sign-in':
      return <SignIn />
    case 'company':
      return <CompanyPage />
    case 'missing':
      return <Missing />
  }
}

const Header = ({ here: { kind } }: { readonly here: Route }) => (
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

/** Says what the latest click has sent. */
const SentLine = () => (
  <p class="sent" role="status" aria-live="polite">
    <span class="sent-dot" aria-hidden="true" />
    <span>{sent.value.length > 0 ? `Sent: ${sent.value.join(', ')}` : ' '}</span>
  </p>
)

const Missing = () => (
  <section class="sheet narrow">
    <Heading>There is nothing here</Heading>
    <p class="lead">This page was torn out.</p>
    <p class="actions">
      <Link to="/shop/" class="button">
        To the shop
      </Link>
    </p>
  </section>
)
