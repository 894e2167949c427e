import type { FrameLocator, Page } from 'playwright-core'
import type { Row, Table } from '../../src/contract'
import { openFor } from './open-for'
import { findBarriers, PHONE } from './opened'

const { opened, talk } = openFor('all tests')

beforeEach(async () => {
  await talk.clear()
})

/** Follows the shop's own links from the sign-up to the purchase. */
async function shopUntilBought(shop: FrameLocator): Promise<void> {
  await shop.getByRole('link', { name: 'Sign up' }).click()
  await shop.getByRole('button', { name: 'Sign up' }).click()
  await shop.getByRole('link', { name: 'Join a company' }).click()
  await shop.getByRole('button', { name: 'Join' }).click()
  await shop.getByRole('link', { name: 'Paper & Pine' }).click()
  await shop.getByRole('link', { name: /Linen journal/ }).click()
  await shop.getByRole('button', { name: 'Add to cart' }).click()
  await shop.getByRole('link', { name: 'Go to the cart' }).click()
  await shop.getByRole('button', { name: 'Buy' }).click()
}

/** Waits for the text and returns the content of the element around it. */
async function textOf(page: Page, role: 'region' | 'article' | 'table', text: string): Promise<string> {
  const place = page.getByRole(role).filter({ hasText: text }).first()
  await place.waitFor()
  return (await place.textContent()) ?? ''
}

test.each([
  ['a desktop', {}],
  ['a phone', { viewport: PHONE }]
])(
  'on %s a new user gets to a person with a company and a purchase, and to why `cart` did not arrive',
  async (_where, options) => {
    const { page, complaints } = await opened.visit('/', options)
    await shopUntilBought(page.frameLocator('iframe'))

    await page.getByRole('link', { name: 'See why cart did not arrive' }).click()
    await page.getByRole('heading', { name: 'Order Completed' }).waitFor()
    const reason = 'metadata.cart, because Intercom stores single values only, not objects or lists'
    await page.getByText(`Delivered to Intercom with 1 request; 1 value was left out: ${reason}.`).waitFor()
    await page.getByText(`Told to the Messenger with 1 call; 1 value was left out: ${reason}.`).waitFor()

    await page.getByRole('navigation', { name: 'Workbench' }).getByRole('link', { name: 'Intercom' }).click()
    const people = await textOf(page, 'table', 'ada.birch@example.com')
    expect(people).toContain('Ada Birch')
    expect(people).toContain('Northlight Studio')
    await page.getByRole('link', { name: 'Ada Birch' }).click()
    const person = await textOf(page, 'article', 'Order Completed')
    expect(person).toContain('coupon')
    expect(person).toMatch(/price\s*\d+\.\d\d EUR/)
    expect(person).not.toContain('cart')
    expect(complaints).toEqual([])
  }
)

test('signing out of the shop shuts the Messenger down, and the panel shows the call', async () => {
  const { page, complaints } = await opened.visit('/shop/')
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('button', { name: 'What the Messenger holds' }).click()
  const corner = page.getByRole('dialog').or(page.getByRole('complementary')).first()
  await corner.getByText('ada.birch@example.com').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Ada Birch' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'What the Messenger holds' }).click()
  await corner.getByText('shutdown').first().waitFor()
  expect(complaints).toEqual([])
})

test('starting over deletes every event and every person, in the shop too', async () => {
  const { page, complaints } = await opened.visit('/')
  const shop = page.frameLocator('iframe')
  await shopUntilBought(shop)
  await page.goto(`${opened.url}/#/intercom/contacts`)
  await page.getByRole('button', { name: 'Start over' }).click()
  await page.getByRole('button', { name: 'No' }).click()
  await page.getByRole('table').getByText('Ada Birch').waitFor()
  await page.getByRole('button', { name: 'Start over' }).click()
  await page.getByRole('button', { name: 'Yes' }).click()
  await shop.getByRole('link', { name: 'Sign up' }).waitFor()
  expect(await talk.read<Table>('tables/contacts')).toMatchObject({ total: 0 })
  // The shop of the source view opens anew, for a stranger.
  await talk.until<Row[]>('events', (rows) => rows.length === 1 && rows[0]?.type === 'page')
  await shopUntilBought(shop)
  await page.goto(`${opened.url}/#/intercom/contacts`)
  await page.getByRole('table').getByText('Ada Birch').waitFor()
  expect(complaints).toEqual([])
})

test('the shop keeps its page, and an event that is opened by keyboard gets the focus on its heading', async () => {
  const { page, complaints } = await opened.visit('/')
  const shop = page.frameLocator('iframe')
  await shop.getByRole('link', { name: /Linen journal/ }).click()
  await shop.getByRole('button', { name: 'Add to cart' }).click()
  const places = page.getByRole('navigation', { name: 'Workbench' })
  await places.getByRole('link', { name: 'Trace' }).click()

  const row = page.getByRole('link', { name: /Product Added/ })
  await row.press('Enter')
  const heading = page.getByRole('heading', { name: 'Product Added' })
  await heading.and(page.locator(':focus')).waitFor()
  await page.waitForFunction(() => /^Product Added \(e\d+\) · Trace/.test(document.title))
  await page.getByRole('link', { name: 'All events' }).press('Enter')
  await row.and(page.locator(':focus')).waitFor()

  await places.getByRole('link', { name: 'Source' }).click()
  await shop.getByRole('heading', { name: 'Linen journal' }).waitFor()
  expect(complaints).toEqual([])
})

test.each([
  ['light', {}],
  ['dark', { colorScheme: 'dark' as const }],
  ['a phone', { viewport: PHONE }]
])('%s: axe finds nothing serious on any place of the workbench, nor in the shop', async (_how, options) => {
  const { page } = await opened.visit('/', options)
  await shopUntilBought(page.frameLocator('iframe'))
  await page.getByRole('link', { name: 'See why cart did not arrive' }).waitFor()
  const [row] = await talk.read<Row[]>('events')
  const places = [
    ...['source', 'source/editor', 'source/library', 'trace', `trace/${String(row?.id)}`, 'trace/nothing'],
    ...['report', 'intercom/contacts', 'intercom/faults', 'catalog/cloud/connect'],
    ...['mappings/web', 'mappings/cloud/0', 'mappings/cloud/2', 'catalog', 'catalog/web', 'catalog/cloud']
  ].map((place) => `/#/${place}`)
  for (const place of [...places, '/shop/', '/shop/sign-up', '/shop/account', '/shop/product/linen-journal']) {
    await page.goto(opened.url + place)
    await page.getByRole('heading').first().waitFor()
    expect([place, await findBarriers(page)]).toEqual([place, []])
    // On a phone nothing stands beside the page.
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect([place, Number(overflow) <= 0]).toEqual([place, true])
  }
})
