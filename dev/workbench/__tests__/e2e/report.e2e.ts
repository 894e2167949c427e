import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import type { ReportCard, Row, State, Table } from '../../src/contract'
import { watchTasks } from './main-thread'
import { openFor } from './open-for'
import { findBarriers, type VisitOptions } from './opened'

const { opened, talk } = openFor('each test')

const at = { timestamp: '2026-11-09T08:00:00Z' }
const EVENTS = [
  { type: 'identify', userId: 'ada', traits: { email: 'ada@example.com', shoe_size: 41, address: { city: 'Paris' } } },
  { type: 'track', userId: 'ada', event: 'Paid', properties: { revenue: 5, cart: ['a'] } },
  { type: 'page', userId: 'ada' },
  { type: 'track', userId: 'stranger', event: 'Paid' }
].map((event) => JSON.stringify({ ...event, ...at }))

const pick = (name: string) => ({ '@path': name })
/** As the Public API lists subscriptions, with parts that Segment ignores silently. */
const ANSWER = {
  data: {
    subscriptions: [
      {
        ...{ name: 'People', actionSlug: 'identify-contact', enabled: true, trigger: 'type = "identify" and' },
        settings: {
          role: 'user',
          external_id: pick('$.userId'),
          email: pick('$.traits.email '),
          custom_attributes: pick('$.traits')
        }
      },
      {
        ...{ name: 'Orders', actionSlug: 'trackEvent', enabled: true, trigger: 'type = "track"' },
        settings: {
          event_name: pick('$.event'),
          created_at: pick('$.timestamp'),
          user_id: pick('$.userId'),
          metadata: { cart: pick('$.properties.cart'), pages: pick('$.properties.pages '), a: 1, b: 2 }
        }
      }
    ]
  }
}

const toFile = (name: string, text: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(text)
})

/** Drops files on the page, as a person drags them from a folder. */
async function drop(page: Page, files: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
  const data = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const { name, text } of given) transfer.items.add(new File([text], name))
    return transfer
  }, files)
  await page.getByRole('region', { name: 'Send files of events' }).dispatchEvent('drop', { dataTransfer: data })
}

const report = (page: Page) => page.locator('.report-body')

async function expectNothingCut(page: Page, place: string): Promise<void> {
  expect([place, await findBarriers(page)]).toEqual([place, []])
  expect([place, Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth')) <= 0]).toEqual([
    place,
    true
  ])
}

describe.each<[string, VisitOptions]>([
  ['a desktop, light', { viewport: { width: 1280, height: 800 } }],
  ['a desktop, dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ['a phone, light', { viewport: { width: 390, height: 844 } }],
  ['a phone, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }]
])('on %s', (_where, options) => {
  test('mappings of the Public API, a dropped file, its report, the attributes created, the failed event sent again', async () => {
    const { page, complaints } = await opened.visit('/#/mappings/cloud', options)
    await page.getByLabel('Import').setInputFiles(toFile('subscriptions.json', JSON.stringify(ANSWER)))
    await page.getByText('subscriptions.json is imported. Segment would ignore 3 parts of it').waitFor()
    await page.getByText('Segment reads this trigger as: type = "identify" – and ignores the rest.').waitFor()
    await page.getByText('The path “$.traits.email ” has a blank at its end').waitFor()
    await expectNothingCut(page, 'mappings')
    await page.getByRole('link', { name: 'Trigger' }).click()
    await page.locator('#trigger[aria-invalid="true"]:focus').waitFor()
    await page.locator('#field-email-wrong').getByText('has a blank at its end').waitFor()
    await page.goto(`${opened.url}/#/mappings/cloud/1`)
    await page
      .getByRole('combobox', { name: 'Event Metadata, pages: path in the event' })
      .and(page.locator('[aria-invalid="true"]'))
      .waitFor()

    await page.goto(`${opened.url}/#/source/editor`)
    await drop(page, [
      { name: 'events.ndjson', text: `${EVENTS.join('\n')}\nno json\n` },
      { name: 'chart.png', text: `\u0089PNG${'\0'.repeat(600)}` }
    ])
    await page.getByText('2 files are through.').waitFor()
    await page.getByText('events.ndjson line 5').waitFor()
    await expectNothingCut(page, 'source')
    await page.getByRole('link', { name: 'What arrived, what was lost, and why' }).click()
    await report(page).getByRole('heading', { name: 'Delivery of 2 files' }).waitFor()
    await report(page).getByRole('rowheader', { name: 'custom_attributes.shoe_size' }).first().waitFor()
    await report(page).getByText('events.ndjson line 1').first().waitFor()
    await report(page).getByText('no subscription takes page calls').waitFor()
    await report(page).getByRole('heading', { name: 'Event names: 1 name of 120' }).waitFor()
    await expectNothingCut(page, 'report')

    await page.getByRole('button', { name: 'Create these attributes…' }).click()
    await page.getByText('shoe_size of people, float').waitFor()
    expect((await talk.read<Table>('tables/attributes?search=shoe')).found).toBe(0)
    await page.getByRole('button', { name: 'Create it' }).click()
    await page.getByText('shoe_size of people, float: created').waitFor()
    await expectNothingCut(page, 'attributes')
    expect((await talk.read<Table>('tables/attributes?search=shoe')).found).toBe(1)

    await talk.send('identify', { userId: 'stranger', traits: {} })
    await talk.until<Row[]>('events', (rows) => rows.at(-1)?.cloud.state === 'delivered')
    await page.getByRole('button', { name: 'Send the failed ones again (1)' }).click()
    await report(page).getByRole('heading', { name: 'Delivery of failed events of 2 files, sent again' }).waitFor()
    await talk.until<ReportCard[]>('reports', (cards) => cards.every(({ all, settled }) => all === settled))
    await report(page).getByText('delivered').first().waitFor()
    await report(page).getByRole('heading', { name: 'Nothing was left out' }).waitFor()
    expect((await talk.read<Row[]>('events')).at(-1)).toMatchObject({ name: 'Paid', cloud: { state: 'delivered' } })
    expect(complaints).toEqual([])
  })
})

test('the page keeps answering, with no task of 200 ms of CPU time, while a packed file is read and its report grows', async () => {
  const { page, complaints } = await opened.visit('/#/source/editor')
  const endTasks = await watchTasks(page)
  const lines = Array.from({ length: 2000 }, (_, number) =>
    JSON.stringify({
      type: 'track',
      userId: `u${number % 200}`,
      event: `Step ${number}`,
      properties: { cart: [number] },
      ...at
    })
  )
  const people = lines
    .slice(0, 200)
    .map((_, number) => JSON.stringify({ type: 'identify', userId: `u${number}`, ...at }))
  const packed = gzipSync([...people, ...lines].join('\n'))
  await page.locator('input[type=file]').setInputFiles({ ...toFile('events.ndjson.gz', ''), buffer: packed })
  await page.getByText('events.ndjson.gz is through.').waitFor()
  await page.getByRole('link', { name: 'What arrived, what was lost, and why' }).click()
  await talk.until<ReportCard[]>('reports', ([all]) => all?.settled === 2200)
  await report(page).getByRole('heading', { name: 'Event names: more than 1,000 names of 120' }).waitFor()
  const tasks = await endTasks()
  expect(tasks.length).toBeGreaterThan(100)
  expect(tasks.filter((milliseconds) => milliseconds > 200)).toEqual([])
  expect(complaints).toEqual([])
}, 200_000)

test('a dropped folder is read with the folders in it', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dropped-'))
  mkdirSync(path.join(folder, 'inner'))
  writeFileSync(path.join(folder, 'b.ndjson'), '{"type":"identify","userId":"ada"}\n')
  writeFileSync(path.join(folder, 'inner', 'a.csv'), 'userId,traits.email\nbob,bob@example.com\n')
  writeFileSync(path.join(folder, '.hidden'), 'not looked at')
  const { page, complaints } = await opened.visit('/#/source/editor')
  const { x = 0, y = 0 } = (await page.getByText('Drop files or folders here.').boundingBox()) ?? {}
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: x + 5, y: y + 5, data })
  await page.getByText('2 files are through.').waitFor()
  rmSync(folder, { recursive: true })
  const rows = await talk.read<Row[]>('events')
  expect(rows.map(({ type, person }) => [type, person])).toEqual([
    ['identify', 'ada'],
    ['identify', 'bob']
  ])
  expect(complaints).toEqual([])
})

test('coming back to the source sends no page event, and a filtered list is filtered after a reload', async () => {
  const { page, complaints } = await opened.visit('/')
  await talk.until<Row[]>('events', (rows) => rows.length === 1)
  const places = page.getByRole('navigation', { name: 'Workbench' })
  await talk.send('track', { userId: 'u1', event: 'Paid' })
  await places.getByRole('link', { name: 'Trace' }).click()
  await page.getByRole('combobox', { name: 'Type' }).selectOption('track')
  await page.getByRole('searchbox', { name: 'Search events' }).fill('paid')
  await page.waitForURL('**/#/trace?search=paid&type=track')
  await places.getByRole('link', { name: 'Source' }).click()
  await page.frameLocator('iframe').getByRole('link', { name: 'Sign up' }).waitFor()
  await places.getByRole('link', { name: 'Trace' }).click()
  await page.waitForURL('**/#/trace?search=paid&type=track')
  await page.reload()
  await page.getByText('1 of 2 events match').waitFor()
  await page.goto(`${opened.url}/#/intercom/attributes?search=plan`)
  await page.getByText('1 of 4').waitFor()
  expect((await talk.read<Row[]>('events')).map(({ type }) => type)).toEqual(['page', 'track'])
  expect(complaints).toEqual([])
})

test('a company has a page with its people, and connecting is one click away on every view', async () => {
  await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com', name: 'Ada' } })
  await talk.send('group', { userId: 'u1', groupId: 'acme', traits: { name: 'Acme', tier: 'gold' } })
  await talk.until<Table>('tables/companies', ({ total }) => total === 1)
  const { page, complaints } = await opened.visit('/#/intercom/companies')
  await page.getByRole('link', { name: 'Acme' }).click()
  await page.getByRole('article', { name: 'Acme' }).getByText('gold').waitFor()
  await page.getByRole('article').getByRole('link', { name: 'Ada' }).click()
  await page.getByRole('article', { name: 'Ada' }).getByRole('link', { name: 'Acme' }).click()
  await expectNothingCut(page, 'company')
  await page.getByRole('link', { name: 'Connect yours' }).click()
  await page.getByText('Events will really be written there.').waitFor()
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('heading', { name: 'Connect an app' }).waitFor()
  await page.getByText('Write users and companies').waitFor()
  await page.getByRole('button', { name: 'Allow' }).click()
  await talk.until<State>('state', ({ connection }) => connection.kind === 'emulator')
  expect(complaints).toEqual([])
})
