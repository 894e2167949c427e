import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser, type Page } from 'playwright-core'

/** The workbench as `yarn start` starts it, and a real Chromium to look at it. */

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]
const ROOT = path.resolve(__dirname, '../../../..')
const MAIN = path.join(ROOT, 'dev/workbench/dist/main.js')
const AXE = readFileSync(path.join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8')

export const WRITE_KEY = 'test-write-key'

export const DESKTOP = { width: 1360, height: 900 }
export const PHONE = { width: 390, height: 800 }

export interface OpenedPage {
  readonly page: Page
  /** What the console shows as errors, what was thrown, and what of the network failed or went elsewhere. */
  readonly complaints: string[]
}

export interface Opened {
  readonly url: string
  /** A browser profile of its own. */
  readonly visit: (place?: string, options?: VisitOptions) => Promise<OpenedPage>
  readonly close: () => Promise<void>
}

export interface VisitOptions {
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
}

if (!existsSync(CHROMIUM))
  throw new Error(
    `These tests need Chromium, and ${CHROMIUM} is not there. Install it (Debian: apt-get install chromium) or name another by CHROMIUM_PATH.`
  )

export async function openWorkbench(...options: readonly string[]): Promise<Opened> {
  const server = spawn(process.execPath, [MAIN, '--no-open', '--port', '0', '--write-key', WRITE_KEY, ...options], {
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const said: string[] = []
  server.stderr.on('data', (text: Buffer) => said.push(text.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(server.stdout).once('line', resolve)
    server.once('exit', (code) => {
      reject(new Error(`The workbench ended with ${String(code)}: ${said.join('')}`))
    })
  })
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  return {
    url,
    visit: async (place = '/', { viewport = DESKTOP, colorScheme = 'light' } = {}) => {
      const context = await browser.newContext({ viewport, colorScheme })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', ({ message }) => complaints.push(message))
      page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      // The workbench works without a network, so every external request is a complaint.
      await context.route(/^(?!http:\/\/(127\.0\.0\.1|localhost)[:/])/, (route) => {
        complaints.push(`asked ${route.request().url()}`)
        return route.abort()
      })
      await page.goto(url + place)
      return { page, complaints }
    },
    close: async () => {
      await browser.close()
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
    }
  }
}

/** What axe finds that is serious or critical: the rule, and the first place. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const found = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ target, failureSummary }) => target.join(' ') + ' ' + failureSummary).join(' | ')))`
  )
  return Array.isArray(found) ? found.map(String) : ['axe gave no answer']
}
