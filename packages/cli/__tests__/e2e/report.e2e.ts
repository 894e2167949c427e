import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser } from 'playwright-core'

const ROOT = path.resolve(__dirname, '../../../..')
const BINARY = path.join(ROOT, 'packages/cli/dist/bin.js')
const WEEK = path.join(ROOT, 'examples/saas-week.ndjson')
const AXE = readFileSync(path.join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8')

const folder = mkdtempSync(path.join(os.tmpdir(), 'report-'))
const report = path.join(folder, 'report.html')

let browser: Browser
beforeAll(async () => {
  execFileSync(process.execPath, [BINARY, 'deliver', WEEK, '--report', report], { stdio: 'ignore' })
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu']
  })
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

async function visit(width: number, colorScheme: 'light' | 'dark', bypassCSP = false) {
  const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme, bypassCSP })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(report).href) complaints.push(`asked ${request.url()}`)
  })
  await page.goto(pathToFileURL(report).href)
  return { page, complaints }
}

describe.each([
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark']
] as const)('the page of a report at %i pixels, %s', (width, colorScheme) => {
  it('opens from the disk, cuts nothing, and asks for nothing', async () => {
    const { page, complaints } = await visit(width, colorScheme)
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0)
    expect(await page.locator('h2').allTextContents()).toEqual([
      'Left out, by field',
      'Create these attributes',
      'What was not delivered',
      'Over time',
      'Event names: 11 names of 120',
      'Doubtful, by field',
      '367 requests to Intercom'
    ])
    expect(complaints).toEqual([])
  })

  it('has nothing that axe finds', async () => {
    // The policy of the page would refuse axe, too.
    const { page } = await visit(width, colorScheme, true)
    await page.evaluate(AXE)
    const found = await page.evaluate('axe.run(document).then(({ violations }) => violations.map(({ id }) => id))')
    expect(found).toEqual([])
  })
})
