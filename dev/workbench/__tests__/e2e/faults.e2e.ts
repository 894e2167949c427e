import type { Page } from 'playwright-core'
import type { EventTrace, Row, Table } from '../../src/contract'
import { openFor } from './open-for'

const { opened, talk } = openFor('all tests')

beforeEach(async () => {
  await talk.clear()
})

const people = async () => (await talk.read<Table>('tables/contacts?limit=100')).rows.map(({ cells }) => cells)

const rowOf = (page: Page, text: RegExp) =>
  page.getByRole('region', { name: 'All events' }).getByRole('link').filter({ hasText: text }).first()

const requestsOf = ({ cloud }: EventTrace) =>
  cloud.subscriptions.flatMap(({ run }) => run?.calls ?? []).flatMap(({ request }) => request ?? [])

/** Switches the fault on in the page, and off again at the end. */
async function withFault(name: string, during: (page: Page) => Promise<void>): Promise<void> {
  const { page, complaints } = await opened.visit('/#/intercom/faults')
  const flip = async (on: boolean) => {
    await page.goto(`${opened.url}/#/intercom/faults`)
    const box = page.getByRole('switch', { name })
    await box.click()
    await expectSwitched(page, name, on)
  }
  await flip(true)
  // Every view shows which faults are switched on.
  await page.getByRole('banner').getByRole('link', { name }).waitFor()
  try {
    await during(page)
  } finally {
    await flip(false)
  }
  expect(complaints.filter((text) => !text.includes('status of 4'))).toEqual([])
}

const expectSwitched = (page: Page, name: string, on: boolean) =>
  page.getByRole('switch', { name, checked: on }).waitFor()

test('a rate limit: the event is refused with 429, waits, and arrives', async () => {
  await withFault('Rate limit', async (page) => {
    await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com' } })
    await page.goto(`${opened.url}/#/trace`)
    await rowOf(page, /cloud\s*delivered/).waitFor()
    const [row] = await talk.read<Row[]>('events')
    const trace = await talk.read<EventTrace>(`events/${String(row?.id)}`)
    expect(requestsOf(trace).map(({ status }) => status)).toEqual([429, 200, 200])
    expect((await people()).map((cells) => cells[1])).toEqual(['ada@example.com'])
  })
})

test('an outage: the row shows that Segment retries, and the event is delivered afterwards', async () => {
  await withFault('Outage', async (page) => {
    await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com' } })
    await page.goto(`${opened.url}/#/trace`)
    await rowOf(page, /cloud\s*retrying/).click()
    await page.getByText(/Not delivered yet: .*/).waitFor()
    expect(await people()).toEqual([])
  })
  const { page } = await opened.visit('/#/intercom/contacts')
  await page.getByRole('table').getByText('ada@example.com').waitFor()
})

test('slow: every request takes three seconds, and the event still arrives', async () => {
  await withFault('Slow', async (page) => {
    await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com' } })
    await page.goto(`${opened.url}/#/trace`)
    await rowOf(page, /cloud\s*waiting/).waitFor()
    await rowOf(page, /cloud\s*delivered/).waitFor()
    const [row] = await talk.read<Row[]>('events')
    const took = requestsOf(await talk.read<EventTrace>(`events/${String(row?.id)}`)).map((request) => request.took)
    expect(took.length).toBeGreaterThan(0)
    expect(took.every((milliseconds) => milliseconds >= 2990)).toBe(true)
  })
})

test('a lagging index: two identifies with one address do not create two contacts', async () => {
  await withFault('Index lag', async (page) => {
    for (const name of ['Ada', 'Ada Birch'])
      await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com', name } })
    await page.goto(`${opened.url}/#/intercom/contacts`)
    await page.getByRole('table').getByText('Ada Birch').waitFor()
    expect(await people()).toHaveLength(1)
  })
})

test('a blocked widget: the shop works without the Messenger and shows why it is missing', async () => {
  await withFault('Blocked widget', async (page) => {
    await page.goto(`${opened.url}/shop/`)
    await page.getByRole('button', { name: 'What the Messenger holds' }).click()
    await page
      .getByRole('dialog')
      .getByText(/an ad blocker/)
      .waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Sign up' }).click()
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByRole('link', { name: 'Ada Birch' }).waitFor()
    // The shop shows the name before Analytics.js has sent the event, so wait for it before leaving.
    await talk.until<Row[]>('events', (rows) => rows.some(({ type }) => type === 'identify'))
    await page.goto(`${opened.url}/#/intercom/contacts`)
    await page.getByRole('table').getByText('Ada Birch').waitFor()
  })
})

test('a secured workspace: the Messenger identifies the visitor only with a proof', async () => {
  await withFault('Secured workspace', async (page) => {
    await page.goto(`${opened.url}/shop/sign-up`)
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByRole('link', { name: 'Ada Birch' }).click()
    await page.getByRole('button', { name: 'What the Messenger holds' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByText(/this workspace wants proof \(user_hash\)/).waitFor()
    await panel.getByText('An anonymous visitor.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('checkbox', { name: /Prove who is there/ }).check()
    await page.getByRole('button', { name: 'What the Messenger holds' }).click()
    await panel.getByText('ada-birch').first().waitFor()
  })
})

test('an archived contact: the next identify restores the same contact', async () => {
  await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com', name: 'Ada' } })
  const { page } = await opened.visit('/#/intercom/contacts')
  await page.getByRole('table').getByText('Ada').first().waitFor()
  await withFault('Archived contact', async (there) => {
    expect((await people()).map((cells) => cells[6])).toEqual(['archived'])
    await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com', name: 'Ada Birch' } })
    await there.goto(`${opened.url}/#/intercom/contacts`)
    await there.getByRole('table').getByText('Ada Birch').waitFor()
    expect((await people()).map((cells) => [cells[2], cells[6]])).toEqual([['u1', 'active']])
  })
})

test('without a contact to archive the switch stays off and shows what to do', async () => {
  const { page } = await opened.visit('/#/intercom/faults')
  await page.getByRole('switch', { name: 'Archived contact' }).click()
  await page.getByText('There is no contact to archive yet. Sign up in the shop first.').waitFor()
  await expectSwitched(page, 'Archived contact', false)
})
