import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { findBarriers, openWorkbench, PHONE, type Opened } from './opened'

const opened: Opened[] = []
let folder = ''

async function open(...options: readonly string[]): Promise<Opened> {
  const one = await openWorkbench(...options)
  opened.push(one)
  return one
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'session-'))
})

afterAll(async () => {
  for (const one of opened) await one.close()
  await rm(folder, { recursive: true })
})

test('a session that is exported on the page shows a colleague the same event', async () => {
  const mine = await open()
  await fetch(`${mine.url}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'editor', lines: ['{"type":"identify","userId":"u1","traits":{"plan":"pro"}}'] })
  })
  const { page, complaints } = await mine.visit('/#/trace')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export session' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('intercom-workbench.session.json')
  const saved = path.join(folder, file.suggestedFilename())
  await file.saveAs(saved)
  expect(await findBarriers(page)).toEqual([])
  expect(complaints).toEqual([])

  const theirs = await open('--session', saved)
  const colleague = await theirs.visit('/#/trace', { viewport: PHONE })
  await colleague.page.getByRole('list', { name: 'Events, newest first' }).getByText('u1').first().waitFor()
  const widths = await colleague.page.evaluate('[document.documentElement.scrollWidth, innerWidth]')
  expect(widths).toEqual([390, 390])
  expect(colleague.complaints).toEqual([])
})
