import { Hono } from 'hono'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createShop } from '../shop'

const folder = mkdtempSync(path.join(tmpdir(), 'shop-'))

beforeAll(() => {
  writeFileSync(path.join(folder, 'index.html'), '<title>Paper</title>')
  writeFileSync(path.join(folder, 'shop.js'), 'start()')
  writeFileSync(path.join(folder, 'shop.css'), 'body{}')
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

const openShop = (isSecured = false) => {
  const app = new Hono().route('/shop', createShop({ folder, isSecured: () => isSecured }))
  return (asked: string) => app.request(asked)
}

test.each(['/shop', '/shop/', '/shop/product/field-notes', '/shop/account'])(
  'the place %s is the shop, after a reload too',
  async (place) => {
    const response = await openShop()(place)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toBe('<title>Paper</title>')
  }
)

test.each([
  ['/shop/shop.js', 'text/javascript; charset=utf-8', 'start()'],
  ['/shop/shop.css', 'text/css; charset=utf-8', 'body{}']
])('serves the built %s', async (file, type, text) => {
  const response = await openShop()(file)
  expect(response.headers.get('content-type')).toBe(type)
  expect(await response.text()).toBe(text)
})

test('a missing file is not answered with the shop’s page', async () => {
  expect((await openShop()('/shop/other.js')).status).toBe(404)
})

test.each([true, false])('the shop can read whether the workspace is secured: %s', async (isSecured) => {
  expect(await (await openShop(isSecured)('/shop/security.json')).json()).toEqual({ secured: isSecured })
})

test('the shop can read its own write key', async () => {
  expect(await (await openShop()('/shop/source.json')).json()).toEqual({ writeKey: 'paper-and-pine' })
})

test('each person has one proof, different from all others', async () => {
  const get = openShop()
  const prove = async (id: string) => JSON.stringify(await (await get(`/shop/proof?user_id=${id}`)).json())
  const proof = await prove('u1')
  expect(proof).toMatch(/^\{"user_hash":"[\da-f]{64}"\}$/)
  expect(await prove('u1')).toBe(proof)
  expect(await prove('u2')).not.toBe(proof)
})

test('a proof without a user id is refused', async () => {
  expect((await openShop()('/shop/proof')).status).toBe(400)
})
