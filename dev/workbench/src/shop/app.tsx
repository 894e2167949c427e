import { useLayoutEffect } from 'preact/hooks'
import { lastOrder } from './cart'
import { Header } from './header'
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
import { page } from './sender'
import { SentLine } from './sent-line'

export function App() {
  const here = route.value
  const visit = visits.value
  // A layout effect runs before the page's own effects, so the page call comes before its track calls.
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
