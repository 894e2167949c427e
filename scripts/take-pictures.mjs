// Takes the two pictures of the workbench in the README: a new user signs up, joins a company and buys something. Needs
// `yarn build:js`, and Chromium (`/usr/bin/chromium`, or CHROMIUM_PATH).
import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const VIEWPORT = { width: 1360, height: 860 }

const server = spawn(process.execPath, [path.join(root, 'dev/workbench/dist/main.js'), '--no-open', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'ignore']
})
const url = await new Promise((resolve) => createInterface(server.stdout).once('line', resolve))
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu']
})
try {
  const page = await browser.newPage({ viewport: VIEWPORT })
  await page.goto(url)
  const shop = page.frameLocator('iframe')
  await shop.getByRole('link', { name: 'Sign up' }).click()
  await shop.getByRole('button', { name: 'Sign up' }).click()
  await shop.getByRole('link', { name: 'Join a company' }).click()
  await shop.getByRole('button', { name: 'Join' }).click()
  await shop.getByRole('link', { name: 'Paper & Pine' }).click()
  await shop.getByRole('link', { name: /Linen journal/ }).click()
  await shop.getByRole('button', { name: 'Add to cart' }).click()
  await shop.getByRole('link', { name: 'Go to the cart' }).click()
  await shop.getByRole('button', { name: 'Buy' }).click()
  const why = page.getByRole('link', { name: 'See why cart did not arrive' })
  await why.waitFor()
  await page.screenshot({ path: path.join(root, 'docs/workbench-source.png') })
  await why.click()
  await page.getByRole('heading', { name: 'Order Completed' }).waitFor()
  await page.getByText('Intercom holds now').waitFor()
  await page.screenshot({ path: path.join(root, 'docs/workbench-trace.png'), fullPage: true })
} finally {
  await browser.close()
  server.kill()
}
