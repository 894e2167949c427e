import type { Row } from '../../src/contract'
import { openFor } from './open-for'

const { opened, talk } = openFor('each test')

/** Adds a mapping by its name in the list, and opens its form. */
async function add(name: string) {
  const opening = await opened.visit('/#/mappings/cloud')
  await opening.page.locator('#add-action').selectOption(name)
  await opening.page.getByRole('button', { name: 'Add mapping' }).click()
  await opening.page.locator('#fields-title').waitFor()
  return opening
}

const settled = (count: number) =>
  talk.until<Row[]>('events', (rows) => rows.length === count && rows.every(({ cloud }) => cloud.state !== 'waiting'))

test('an audience is mapped in the form, and its event tags the person', async () => {
  const { page, complaints } = await add('Audience To Tag')
  await page.locator('#field-tag_prefix-kind').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com' } })
  await settled(1)
  const personas = { computation_class: 'audience', computation_key: 'big_spenders' }
  await talk.send('track', {
    userId: 'u1',
    event: 'Audience Entered',
    properties: { big_spenders: true },
    context: { personas }
  })
  await settled(2)
  await page.goto(`${opened.url}/#/trace/e2`)
  await page.getByText('/tags').first().waitFor()
  expect(complaints).toEqual([])
})

test('the form of Identify Contact has the sync mode, the nested values and the consents', async () => {
  const { page, complaints } = await opened.visit('/#/mappings/cloud/0')
  for (const label of ['Sync Mode', 'Nested Values', 'Subscriptions', 'Owner’s Email Address'])
    await page.getByText(label, { exact: true }).first().waitFor()
  expect(complaints).toEqual([])
})

test('the anonymous id is switched on in the form, and the user id renames the person', async () => {
  const { page, complaints } = await opened.visit('/#/mappings/cloud/0')
  const unused = page.getByText('It counts only where Use Anonymous ID is')
  await unused.waitFor()
  await page.locator('#field-use_anonymous_id').selectOption({ label: 'Yes' })
  await unused.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await talk.send('identify', { anonymousId: 'a1', traits: { name: 'Ada' } })
  await settled(1)
  await talk.send('identify', { anonymousId: 'a1', userId: 'u1', traits: { name: 'Ada' } })
  await settled(2)
  expect((await talk.read<Row[]>('events')).map(({ cloud }) => cloud.state)).toEqual(['delivered', 'delivered'])
  await page.goto(`${opened.url}/#/intercom`)
  await page.getByText('u1', { exact: true }).first().waitFor()
  expect(await page.getByText('a1', { exact: true }).count()).toBe(0)
  expect(complaints).toEqual([])
})

test('tags among the traits are added by one choice in the form', async () => {
  const { page, complaints } = await opened.visit('/#/mappings/cloud/0')
  await page.locator('#field-tags_from_traits').selectOption('Add as tags')
  await page.getByText('Tags In Traits', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com', tags: 'vip, beta' } })
  await settled(1)
  await page.goto(`${opened.url}/#/trace/e1`)
  await page.getByText('/tags').first().waitFor()
  expect(complaints).toEqual([])
})

test('a ready-made mapping is added, and sends nothing before it is switched on', async () => {
  const { page, complaints } = await add('Page views')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await talk.send('identify', { userId: 'u1', traits: { email: 'ada@example.com' } })
  await settled(1)
  await talk.send('page', { userId: 'u1', name: 'Pricing' })
  await settled(2)
  const states = (await talk.read<Row[]>('events')).map(({ cloud }) => cloud.state)
  expect(states.sort()).toEqual(['delivered', 'unmatched'])
  expect(complaints).toEqual([])
})
