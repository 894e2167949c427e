import { Hono } from 'hono'
import { createHmac, randomBytes } from 'node:crypto'
import { readPageFile } from './page-files'
import { SHOP_WRITE_KEY } from './tracking/tracking-key'

export interface ShopOptions {
  /** The folder of the built shop. */
  readonly folder: string
  /** Whether the workspace requires a proof for every identified person. */
  readonly isSecured: () => boolean
}

const BAD_REQUEST = 400
const SECRET_BYTES = 32

/** The site "Paper & Pine" and its backend. Mount it at `/shop`. */
export function createShop({ folder, isSecured }: ShopOptions): Hono {
  const app = new Hono()
  // Random for each run: its proofs are worthless to a real workspace.
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
  // Every other path without a file extension is a page of the shop.
  app.get('*', (context) => (/\.\w+$/.test(context.req.path) ? context.notFound() : readPageFile(folder, 'index.html')))
  return app
}
