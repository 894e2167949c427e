import { createServer } from 'node:http'
import type { Row } from '../../src/contract'
import { LIBRARIES } from '../../src/page/source/library-code'
import { openFor } from './open-for'
import { WRITE_KEY } from './opened'

const { opened, talk } = openFor('all tests')

test('the snippet for a page of another local server loads Analytics.js and sends events', async () => {
  const snippet = LIBRARIES.find(({ name }) => name === 'Analytics.js')
  const html = snippet?.write({ trackingHost: opened.url, writeKey: WRITE_KEY }) ?? ''
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const { page, complaints } = await opened.visit('/')
  await page.goto(`http://127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}/`)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await talk.until<Row[]>('events', (rows) => {
    const types = rows.map(({ type }) => type)
    return types.includes('page') && types.includes('identify')
  })
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
  server.close()
})
