import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { installByNpm, run, tarball } from './support'

/** The workbench, without a clone of the repository: the packed command line in an empty folder. */

const COMMAND = path.join('node_modules', '.bin', 'intercom-destination')
const EVENT = { type: 'identify', userId: 'u1', messageId: 'm1', traits: { email: 'ada@example.com', plan: 'pro' } }
const JSON_TYPE = { 'content-type': 'application/json' }

let project = ''
let workbench: ChildProcess | undefined

beforeAll(async () => {
  project = await installByNpm([tarball('cli')])
})

afterEach(() => {
  workbench?.kill('SIGKILL')
})

/** Starts it, and resolves with the address that it prints first. */
function start(...more: string[]): Promise<string> {
  const child = spawn(path.join(project, COMMAND), ['workbench', '--port', '0', '--no-open', ...more], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'ignore']
  })
  workbench = child
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      reject(new Error(`It ended with ${code} before it was ready.`))
    })
    createInterface(child.stdout).once('line', resolve)
  })
}

/** The trace of the first event, once neither half waits. */
async function untilSettled(url: string): Promise<unknown> {
  const stream = await fetch(`${url}/api/stream`)
  if (stream.body === null) throw new Error('There is no stream of changes.')
  const changes = stream.body.getReader()
  for (;;) {
    const { done } = await changes.read()
    const trace = await (await fetch(`${url}/api/events/e1`)).text()
    if (!trace.includes('"state":"waiting"')) {
      await changes.cancel()
      return JSON.parse(trace)
    }
    if (done) throw new Error('The stream ended before the event was settled.')
  }
}

test('it serves its page, takes an event through both halves, and Ctrl-C ends it with 0', async () => {
  expect(readdirSync(path.join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    '@intercom-destinations'
  ])
  const url = await start()
  const page = await fetch(url)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await page.text()).toContain('<script type="module" src="/app.js">')
  const state: unknown = await (await fetch(`${url}/api/state`)).json()
  expect(state).toMatchObject({ connection: { kind: 'emulator', workspace: 'Paper & Pine' } })

  const lines = [JSON.stringify(EVENT)]
  await fetch(`${url}/api/events`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ source: 'file', lines })
  })
  expect(await untilSettled(url)).toMatchObject({
    row: { email: 'ada@example.com', web: { state: 'delivered' }, cloud: { state: 'delivered' } }
  })

  const ended = new Promise((resolve) => workbench?.once('close', (code, signal) => resolve([code, signal])))
  workbench?.kill('SIGINT')
  expect(await ended).toEqual([0, null])
})

test.each([
  ['a page', '/shop/', 'text/html; charset=utf-8'],
  ['Analytics.js', '/cdn/analytics.js/v1/paper-and-pine/analytics.min.js', 'text/javascript; charset=utf-8'],
  ['the web destination', '/cdn/intercom-web.js', 'text/javascript; charset=utf-8']
])('its shop has %s', async (_what, file, type) => {
  const answer = await fetch((await start()) + file)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
  expect((await answer.text()).length).toBeGreaterThan(100)
})

test('it opens the session of a colleague, and refuses another file', async () => {
  const url = await start()
  const lines = [JSON.stringify(EVENT)]
  await fetch(`${url}/api/events`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ source: 'file', lines })
  })
  await writeFile(path.join(project, 'colleague.json'), await (await fetch(`${url}/api/session`)).text())
  workbench?.kill('SIGKILL')

  expect(await untilSettled(await start('--session', 'colleague.json'))).toMatchObject({
    row: { email: 'ada@example.com', source: 'file', cloud: { state: 'delivered' } }
  })
  await expect(run(project, COMMAND, ['workbench', '--session', 'package.json'])).rejects.toThrow(
    'package.json is no session of the workbench. "Export session" on the page of a workbench writes one.'
  )
})

test('--check finds everything that the page loads', async () => {
  const { stdout, stderr } = await run(project, COMMAND, ['workbench', '--check'])
  expect(stdout).toBe('')
  expect(stderr.match(/^200 (\S+)/gm)).toEqual([
    '200 /',
    '200 /app.js',
    '200 /app.css',
    '200 /api/catalog',
    '200 /api/state'
  ])
})
