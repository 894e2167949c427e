import type { Table } from '../../src/contract'
import { openFor } from './open-for'

const { opened, talk } = openFor('all tests')

test('with the cloud half off, a sign-up in the shop is in the People table', async () => {
  const off = await fetch(`${opened.url}/api/destinations/cloud`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ enabled: false })
  })
  expect(off.status).toBe(200)
  const { page, complaints } = await opened.visit('/shop/sign-up')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('link', { name: 'Ada Birch' }).waitFor()
  const isThere = ({ rows }: Table) => rows.some(({ cells }) => cells[0] === 'Ada Birch' && cells[3] === 'user')
  await talk.until<Table>('tables/contacts?limit=100', isThere)
  await page.goto(`${opened.url}/#/intercom/contacts`)
  await page.getByRole('table').getByText('Ada Birch').waitFor()
  expect(complaints).toEqual([])
})
