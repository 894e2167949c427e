import { Hono } from 'hono'
import { createHmac, randomBytes } from 'node:crypto'
import { readPageFile } from './page-files'
import { SHOP_WRITE_KEY } from './tracking-key'

export interface ShopOptions {
  /** Where the built shop lies. */
  readonly folder: string
  /** Whether the workspace wants a proof for everybody who is named to it. */
  readonly isSecured: () => boolean
}

const BAD_REQUEST = 400
const SECRET_BYTES = 32

/** The site "Paper & Pine" and its backend. To be mounted at `/shop`. */
export function createShop({ folder, isSecured }: ShopOptions): Hono {
  const app = new Hono()
  // Of this run alone: nobody proves anything to a real workspace with it.
  const secret = randomBytes(SECRET_BYTES)

  app.get('/shop.js', () => readPageFile(folder, 'shop.js'))
  app.get('/shop.css', () => readPageFile(folder, 'shop.css'))
  app.get('/source.json', (context) => context.json({ writeKey: SHOP_WRITE_KEY }))
  app.get('/security.json', (context) => {
    context.header('Cache-Control', 'no-store')
    return context.json({ secured: isSecured() })
  })
  // As Intercom's identity verification has it: HMAC-SHA256 of the user id, in hexadecimal.
  app.get('/proof', (context) => {
    const userId = context.req.query('user_id')
    if (!userId) return context.json({ message: 'Name the person: /shop/proof?user_id=…' }, BAD_REQUEST)
    context.header('Cache-Control', 'no-store')
    return context.json({ user_hash: createHmac('sha256', secret).update(userId).digest('hex') })
  })
  // Everything else without a file's ending is a place in the shop.
  app.get('*', (context) => (/\.\w+$/.test(context.req.path) ? context.notFound() : readPageFile(folder, 'index.html')))
  return app
}
