import { Analytics } from '@segment/analytics-node'
import type { Page } from 'playwright-core'
import type { EventTrace, Outcome, Row, Table } from '../../src/contract'
import { watchTasks } from './main-thread'
import { openFor } from './open-for'
import { WRITE_KEY } from './opened'

const { opened, talk } = openFor('all tests')

beforeEach(async () => {
  await talk.clear()
})

const isDelivered = ({ state }: Outcome) => state === 'delivered'

const rowOf = (page: Page, text: RegExp) =>
  page.getByRole('region', { name: 'All events' }).getByRole('link').filter({ hasText: text }).first()

const people = async () => (await talk.read<Table>('tables/contacts?limit=100')).rows.map(({ cells }) => cells)

test('a server that uses @segment/analytics-node can send here, and its person is in Intercom’s tables', async () => {
  const { page, complaints } = await opened.visit('/#/intercom/contacts')
  await page.getByText('There are no contacts yet.').waitFor()
  const analytics = new Analytics({ writeKey: WRITE_KEY, host: opened.url })
  analytics.identify({ userId: 'u1', traits: { email: 'ada@example.com', name: 'Ada' } })
  analytics.group({ userId: 'u1', groupId: 'acme', traits: { name: 'Acme' } })
  analytics.track({ userId: 'u1', event: 'Report Exported', properties: { pages: 3 } })
  await analytics.closeAndFlush()
  await page.getByRole('link', { name: 'Ada' }).click()
  await page.getByRole('article').getByText('Acme').waitFor()
  await page.getByRole('article').getByText('Report Exported').waitFor()
  expect((await talk.read<Row[]>('events')).map(({ source, type, name }) => [source, type, name])).toEqual([
    ['api', 'identify', ''],
    ['api', 'group', 'Acme'],
    ['api', 'track', 'Report Exported']
  ])
  expect(complaints).toEqual([])
})

test('scripts in a trait, an event name, a company name or a key do nothing, wherever they are shown', async () => {
  const attack = '<img src=x onerror="window.harmed=true"><script>window.harmed=true</script>'
  const { page, complaints } = await opened.visit('/#/trace')
  await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com', name: attack, [attack]: attack } })
  await talk.send('group', { userId: 'u1', groupId: attack, traits: { name: attack } })
  await talk.send('track', {
    userId: 'u1',
    event: attack,
    properties: { [attack]: attack, url: 'javascript:harmed=1' }
  })
  const unharmed = async (place: string, text = attack) => {
    await page.goto(`${opened.url}/#/${place}`)
    await page.getByText(text).filter({ visible: true }).first().waitFor()
    expect([place, await page.evaluate('[window.harmed, document.images.length]')]).toEqual([place, [undefined, 0]])
    expect(await page.locator('[href^="javascript:" i]').count()).toBe(0)
  }
  await unharmed('trace')
  for (const { id } of await talk.read<Row[]>('events')) await unharmed(`trace/${id}`)
  await unharmed('source')
  await unharmed('intercom/contacts')
  await unharmed('intercom/companies')
  await unharmed('intercom/events')
  const [contact] = (await talk.read<Table>('tables/contacts?limit=1')).rows
  await unharmed(`intercom/contacts/${String(contact?.id)}`)
  await page.goto(`${opened.url}/#/mappings/cloud/0`)
  await page.getByRole('heading', { name: 'Takes events where' }).waitFor()
  expect(await page.evaluate('window.harmed')).toBeUndefined()
  expect(complaints).toEqual([])
})

test('an event is written, sent and traced; invalid JSON is reported while typing', async () => {
  const { page, complaints } = await opened.visit('/#/source/editor')
  const editor = page.getByRole('textbox', { name: 'The event as JSON' })
  await editor.fill('{ "type": "track", ')
  expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
  await editor.fill(
    '{ "type": "identify", "userId": "u1", "traits": { "email": "ada@example.com", "age": { "years": 36 } } }'
  )
  await editor.press('Control+Enter')
  await page.getByRole('region', { name: 'Write an event' }).getByRole('link').first().click()
  await page
    .getByText(/1 value was left out: custom_attributes\.age/)
    .first()
    .waitFor()
  expect((await people()).map((cells) => cells[1])).toEqual(['ada@example.com'])
  expect(complaints).toEqual([])
})

test('a file with invalid lines: the valid ones are delivered, the others are listed with their numbers', async () => {
  const { page } = await opened.visit('/#/source/editor')
  const lines = [
    '{"type":"identify","userId":"u1","traits":{"email":"ada@example.com"}}',
    'no json',
    '{"type":"identify","traits":{}}',
    '{"type":"identify","userId":"u2","traits":{"email":"bob@example.com"}}'
  ]
  await page
    .getByLabel('Files of events', { exact: true })
    .setInputFiles({ name: 'events.ndjson', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n')) })
  const region = page.getByRole('region', { name: 'Send files of events' })
  await region.getByText('it is not JSON').waitFor()
  await region.getByText('it has neither a userId nor an anonymousId').waitFor()
  await page.goto(`${opened.url}/#/intercom/contacts`)
  await page.getByRole('table').getByText('bob@example.com').waitFor()
  expect((await people()).map((cells) => cells[1])).toEqual(['bob@example.com', 'ada@example.com'])
})

test('the page keeps answering, with no task of 200 ms of CPU time, while 5,000 events arrive', async () => {
  const { page, complaints } = await opened.visit('/#/trace')
  const endTasks = await watchTasks(page)
  const [all, each, people] = [5000, 100, 100]
  for (let from = 0; from < all; from += each) {
    const batch = Array.from({ length: each }, (_, index) => {
      const number = from + index
      const userId = `u${number % people}`
      return number < people
        ? { type: 'identify', userId, traits: { email: `${userId}@example.com`, cart: { items: index } } }
        : { type: 'track', userId, event: `Step ${number}`, properties: { pages: number, cart: { items: index } } }
    })
    await talk.send('batch', { batch })
  }
  await page.getByRole('link', { name: `Trace ${all}` }).waitFor()
  // Each row changes at least twice more, as both halves come to their end.
  await talk.until<Row[]>('events', (rows) => rows.every(({ web, cloud }) => isDelivered(web) && isDelivered(cloud)))
  await rowOf(page, /Step 4999.*cloud\s*delivered/s).waitFor()
  const tasks = await endTasks()
  expect(tasks.length).toBeGreaterThan(100)
  expect(tasks.filter((milliseconds) => milliseconds > 200)).toEqual([])
  expect(complaints).toEqual([])
}, 400_000)

test('the link to an event works after a restart: it shows the event and offers to send it', async () => {
  await talk.send('track', { userId: 'u1', event: 'Report Exported', properties: { pages: 3 } })
  const [row] = await talk.read<Row[]>('events')
  const { event } = await talk.read<EventTrace>(`events/${String(row?.id)}`)
  const code = Buffer.from(JSON.stringify(event)).toString('base64url')
  await talk.clear()
  const { page } = await opened.visit(`/#/trace/${String(row?.id)}/${code}`)
  await page.getByText('Report Exported').first().waitFor()
  await page.getByRole('button', { name: /Send/ }).click()
  await page.getByRole('heading', { name: 'Report Exported' }).waitFor()
  expect((await talk.read<Row[]>('events')).map(({ name }) => name)).toEqual(['Report Exported'])
})
