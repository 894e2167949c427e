import { toRoute, toTitle } from '../route'

test.each([
  ['/shop', 'Home'],
  ['/shop/', 'Home'],
  ['/shop/product/linen-journal', 'Linen journal'],
  ['/shop/cart', 'Cart'],
  ['/shop/account/', 'Account'],
  ['/shop/sign-up', 'Sign up'],
  ['/shop/sign-in', 'Sign in'],
  ['/shop/company', 'Your company'],
  ['/shop/product', 'Not found'],
  ['/shop/product/constructor', 'Not found'],
  ['/shop/cart/more', 'Not found'],
  ['/shop/product/linen-journal/more', 'Not found'],
  ['/shop/elsewhere', 'Not found']
])('%s leads to %s', (path, title) => {
  expect(toTitle(toRoute(path))).toBe(title)
})
