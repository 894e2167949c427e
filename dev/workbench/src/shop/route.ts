import { toProduct, type Product } from './products'

export type Route =
  | { readonly kind: 'home' | 'cart' | 'account' | 'sign-up' | 'sign-in' | 'company' | 'missing' }
  | { readonly kind: 'product'; readonly product: Product }

const PLACES = ['cart', 'account', 'sign-up', 'sign-in', 'company'] as const

/** The name of the page, also for `analytics.page`. */
const TITLES = {
  home: 'Home',
  cart: 'Cart',
  account: 'Account',
  'sign-up': 'Sign up',
  'sign-in': 'Sign in',
  company: 'Your company',
  missing: 'Not found'
} as const

/** The page for a path of the shop. */
export function toRoute(path: string): Route {
  const [, , place = '', id, ...more] = path.replace(/\/+$/, '').split('/')
  if (more.length > 0) return { kind: 'missing' }
  if (place === '') return { kind: 'home' }
  if (place === 'product') {
    const product = toProduct(id ?? '')
    return product ? { kind: 'product', product } : { kind: 'missing' }
  }
  const kind = PLACES.find((one) => one === place && id === undefined)
  return { kind: kind ?? 'missing' }
}

export const toTitle = (route: Route): string => (route.kind === 'product' ? route.product.name : TITLES[route.kind])
