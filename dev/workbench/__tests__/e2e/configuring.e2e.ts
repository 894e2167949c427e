import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Row, State, Table } from '../../src/contract'
import { openFor } from './open-for'

const EXAMPLE = path.resolve(__dirname, '../../../../examples/saas-week.mapping.json')

const { opened, talk } = openFor('each test')

test('the file of `deliver --mapping` is imported, decides what happens, and is exported as it was', async () => {
  const { page, complaints } = await opened.visit('/#/mappings/cloud')
  await page.getByLabel('Import').setInputFiles(EXAMPLE)
  await page.getByText('saas-week.mapping.json is imported.').waitFor()
  await page.getByRole('link', { name: 'All people', exact: true }).waitFor()
  await talk.send('track', { userId: 'u1', event: 'Order Completed', properties: { revenue: 5 } })
  await talk.until<Row[]>('events', ([row]) => row?.cloud.state !== 'waiting')
  await page.goto(`${opened.url}/#/trace/e1`)
  await page.getByText('Purchases').first().waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.goto(`${opened.url}/#/mappings/cloud`).then(() => page.getByRole('link', { name: 'Export' }).click())
  ])
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(JSON.parse(readFileSync(EXAMPLE, 'utf8')))
  expect(complaints).toEqual([])
})

test('an invalid mapping file changes nothing, and the message names the place', async () => {
  const { page } = await opened.visit('/#/mappings/cloud')
  const rows = [{ partnerAction: 'trackEvent', subscribe: 'type = ', mapping: {} }]
  await page
    .getByLabel('Import')
    .setInputFiles({ name: 'bad.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(rows)) })
  await page.getByText(/which is no filter/).waitFor()
  const { destinations } = await talk.read<State>('state')
  expect(destinations.cloud.subscriptions.map(({ name }) => name)).toEqual([
    'Identify Contact',
    'Identify Company',
    'Track Event'
  ])
})

test('a file asks before it replaces edited mappings', async () => {
  const { page, complaints } = await opened.visit('/#/mappings/cloud')
  await page.getByRole('button', { name: 'Delete Identify Company' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  const importing = page.locator('input[type="file"]')
  await importing.setInputFiles(EXAMPLE)
  await page.getByText(/^Replace the 2 mappings that are here by the \d+ of saas-week.mapping.json\?$/).waitFor()
  await page.getByRole('button', { name: 'No', exact: true }).click()
  expect((await talk.read<State>('state')).destinations.cloud.subscriptions).toHaveLength(2)
  await importing.setInputFiles(EXAMPLE)
  await page.getByRole('button', { name: 'Yes, replace' }).click()
  await page.getByText('saas-week.mapping.json is imported.').waitFor()
  expect(complaints).toEqual([])
})

test('edits made while saving are kept, and a change by another page is reported', async () => {
  const { page, complaints } = await opened.visit('/#/mappings/cloud/2')
  const name = page.getByLabel('Name of the mapping')
  let answer: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/api/destinations/cloud', async (route) => {
    await held
    await route.continue()
  })
  await name.fill('Orders')
  await page.getByRole('button', { name: 'Save' }).click()
  await name.fill('Orders and more')
  await page.getByRole('button', { name: 'Saving…' }).waitFor()
  answer()
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor()
  await page.getByText('Not saved yet.').waitFor()
  expect(await name.inputValue()).toBe('Orders and more')
  const { page: other } = await opened.visit('/#/mappings/cloud/2')
  expect(await other.getByLabel('Name of the mapping').inputValue()).toBe('Orders')
  await other.getByLabel('Name of the mapping').fill('Theirs')
  await other.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/changed elsewhere meanwhile\. Saving replaces that/).waitFor()
  await page.getByRole('button', { name: 'Take theirs' }).click()
  expect(await name.inputValue()).toBe('Theirs')
  expect(complaints).toEqual([])
})

test('a mapping is edited in its form and saved, and the next event uses it', async () => {
  const { page, complaints } = await opened.visit('/#/mappings/cloud/2')
  const trigger = page.getByRole('textbox', { name: 'Takes events where' })
  await trigger.fill('type = ')
  await page.getByText('Segment cannot read this.').waitFor()
  await trigger.fill('type = "track" and event = "Paid"')
  await page.getByText('Segment cannot read this.').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com' } })
  await talk.send('track', { userId: 'u1', event: 'Opened' })
  await talk.send('track', { userId: 'u1', event: 'Paid' })
  await talk.until<Row[]>('events', (rows) => rows.length === 3 && rows.every(({ cloud }) => cloud.state !== 'waiting'))
  expect((await talk.read<Table>('tables/events?limit=9')).rows.map(({ cells }) => cells[0])).toEqual(['Paid'])
  await page.goto(`${opened.url}/#/trace/e2`)
  await page.getByText('event is "Opened", not "Paid"').first().waitFor()
  expect(complaints).toEqual([])
})

test('dynamic choices are loaded from the workspace', async () => {
  const { page } = await opened.visit('/#/mappings/cloud/0')
  await page.locator('#field-custom_attributes-kind').selectOption('Key by key')
  await page.getByRole('button', { name: 'Ask the workspace for Custom Attributes' }).click()
  await page.locator('option[value="favourite_colour"]').first().waitFor({ state: 'attached' })
})

test('an invalid setting is shown at its field, and a valid one applies to the next page of the shop', async () => {
  const { page, complaints } = await opened.visit('/#/catalog/web')
  const appId = page.getByRole('textbox', { name: /App ID/ })
  await appId.fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('[aria-invalid="true"]').first().waitFor()
  expect(await appId.getAttribute('aria-invalid')).toBe('true')
  await appId.fill('abc123')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await page.goto(`${opened.url}/shop/`)
  await page.getByRole('button', { name: 'What the Messenger holds' }).click()
  await page
    .getByRole('dialog')
    .getByText(/abc123/)
    .first()
    .waitFor()
  expect(complaints).toEqual([])
})

test('connecting goes through the consent page and back; a refusal is shown; the token is shown nowhere', async () => {
  const { page, complaints } = await opened.visit('/#/catalog/cloud')
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByText('Not connected').first().waitFor()
  await page.getByRole('button', { name: 'Connect the emulated Intercom' }).click()
  await page.getByRole('button', { name: 'Deny' }).click()
  await page.getByText('Access was denied on the consent page.').waitFor()
  await page.getByRole('button', { name: 'Connect the emulated Intercom' }).click()
  await page.getByRole('heading', { name: 'Connect an app' }).waitFor()
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByText('Paper & Pine').first().waitFor()
  await page.getByText('emulated', { exact: true }).waitFor()
  const everything = JSON.stringify([await talk.read<State>('state'), await page.content()])
  // Tokens of the emulator are 64 hexadecimal digits.
  expect(everything).not.toMatch(/[0-9a-f]{64}/)
  await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com' } })
  await talk.until<Row[]>('events', ([row]) => row?.cloud.state === 'delivered')
  expect(complaints).toEqual([])
})

test('the cloud half is off without a connection, and the trace shows it', async () => {
  const { page } = await opened.visit('/#/catalog/cloud')
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByText('Not connected').first().waitFor()
  await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com' } })
  await page.goto(`${opened.url}/#/trace/e1`)
  await page
    .getByText(/no Intercom is connected|Nothing is connected/)
    .first()
    .waitFor()
})
