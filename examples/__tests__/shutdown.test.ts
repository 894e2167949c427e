import { build } from 'esbuild'
import { spawn, type ChildProcess } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { closeWorkspaces, identify, openWorkspace } from '../test-support/open-workspace'

const ROOT = path.resolve(__dirname, '..', '..')

let folder = ''
let child: ChildProcess | undefined

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'webhook-'))
  await build({
    entryPoints: [path.join(ROOT, 'examples', 'server-webhook', 'main.ts')],
    outfile: path.join(folder, 'main.js'),
    tsconfig: path.join(ROOT, 'tsconfig.base.json'),
    bundle: true,
    platform: 'node',
    logLevel: 'silent'
  })
})

afterEach(closeWorkspaces)

afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

it('ends on SIGTERM by itself, and answers the event that is under way', async () => {
  const { emulator, url } = await openWorkspace()
  let arrived = () => {}
  const isUnderWay = new Promise<void>((resolve) => (arrived = resolve))
  emulator.fault({ trouble: 'slow', ms: 300, match: { method: 'POST', path: '/contacts' } })
  child = spawn(process.execPath, [path.join(folder, 'main.js')], {
    env: { INTERCOM_TOKEN: 'secret-token', INTERCOM_REST_HOST: url, SEGMENT_SECRET: 'secret', PORT: '0' }
  })
  const [line]: unknown[] = child.stdout ? await once(child.stdout, 'data') : []
  const [, port] = /port (\d+)/.exec(String(line)) ?? []
  const body = JSON.stringify(identify('u1', { email: 'ada@example.com' }))
  const headers = { 'x-signature': createHmac('sha1', 'secret').update(body).digest('hex') }
  const answer = fetch(`http://127.0.0.1:${port}/segment`, { method: 'POST', body, headers })
  const ended = once(child, 'exit')
  // The search has been answered, so the slow creation is under way.
  const timer = setInterval(() => {
    if (emulator.requests.length > 0) arrived()
  }, 5)
  await isUnderWay
  clearInterval(timer)
  child.kill('SIGTERM')
  expect((await answer).status).toBe(200)
  expect(await ended).toEqual([0, null])
  expect(emulator.state.contacts.map(({ external_id }) => external_id)).toEqual(['u1'])
})
