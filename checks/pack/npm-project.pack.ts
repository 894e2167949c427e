import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

/**
 * What a user gets: each package packed as for publishing, installed into an empty project by plain npm, and used. Only
 * here do traps of the toolchain show, such as an undeclared dependency of actions-core, or a `fast-uri` that refuses
 * the destination's name.
 */

const ROOT = path.resolve(__dirname, '..', '..')
const YARN = path.join(ROOT, '.yarn', 'releases', 'yarn-4.18.1.cjs')

/** The slowest is npm with an empty cache. */
const COMMAND_TIMEOUT_MS = 240_000

const execFileLater = promisify(execFile)

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'packed-'))
  for (const name of ['intercom-web', 'intercom-cloud', 'emulator', 'delivery', 'cli']) {
    run(ROOT, process.execPath, [YARN, 'workspace', `@intercom-destinations/${name}`, 'pack', '--out', tarball(name)])
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function tarball(name: string): string {
  return path.join(folder, `${name}.tgz`)
}

function run(cwd: string, command: string, args: readonly string[]): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: COMMAND_TIMEOUT_MS
  })
}

/** An empty project with the packages installed in it. */
function projectWith(...packages: string[]): string {
  const project = mkdtempSync(path.join(folder, 'project-'))
  writeFileSync(path.join(project, 'package.json'), '{ "name": "empty", "private": true }')
  run(project, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages])
  return project
}

function runScript(project: string, file: string, source: string, ...args: string[]): unknown {
  writeFileSync(path.join(project, file), source)
  return JSON.parse(run(project, process.execPath, [file, ...args]))
}

test('intercom-cloud runs an event through Destination', async () => {
  const project = projectWith(tarball('intercom-cloud'))
  const requests: string[] = []
  const server: Server = createServer((request, response) => {
    requests.push(`${String(request.method)} ${String(request.url)}`)
    request.resume()
    response.writeHead(request.url === '/events' ? 202 : 404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port }: AddressInfo = Object(server.address())
  const script = `
    const { Destination } = require('@segment/actions-core')
    const cloud = require('@intercom-destinations/intercom-cloud')
    const definition = cloud.intercomCloud({ restHost: 'http://127.0.0.1:' + process.argv[2] })
    const event = { type: 'track', event: 'Opened', userId: 'u1', timestamp: '2024-01-02T03:04:05Z', properties: {} }
    new Destination(definition)
      .onEvent(event, { subscriptions: definition.presets, oauth: { access_token: 'token' } })
      .then((results) => console.log(JSON.stringify({ name: cloud.default.name, output: results.map(({ output }) => output) })))
  `
  writeFileSync(path.join(project, 'run.cjs'), script)
  // Not execFileSync: the answering server is in this process.
  const { stdout } = await execFileLater(process.execPath, ['run.cjs', String(port)], { cwd: project })
  server.close()
  expect(JSON.parse(stdout)).toEqual({
    name: 'Intercom Cloud Mode (Actions)',
    output: ['not subscribed', 'not subscribed', 'Mappings resolved', 'Payload validated', 'Action Executed']
  })
  expect(requests).toEqual(['POST /events'])
})

test('intercom-web loads under Analytics.js, as CommonJS and as ESM, and calls the Messenger', () => {
  const project = projectWith(tarball('intercom-web'), '@segment/analytics-next@1.84.3', 'jsdom@26.1.0')
  const body = `
    const window = new JSDOM('<!doctype html>', { url: 'https://shop.example/', runScripts: 'outside-only' }).window
    const calls = []
    for (const name of ['document', 'location', 'navigator', 'screen', 'localStorage', 'CustomEvent']) {
      Object.defineProperty(globalThis, name, { value: window[name], configurable: true })
    }
    globalThis.window = window
    window.Intercom = (...args) => { calls.push(args) }
    async function main() {
      const { AnalyticsBrowser } = await import('@segment/analytics-next')
      const settings = { appId: 'abc123' }
      const [analytics] = await AnalyticsBrowser.load(
        { writeKey: 'key', cdnSettings: { integrations: {} }, plugins: await factory(settings) },
        { integrations: { 'Segment.io': false } }
      )
      await analytics.identify('u1', { plan: 'pro' })
      console.log(JSON.stringify({ name: destination.name, calls: calls.map(([command, body]) => [command, body.app_id, body.user_id, body.plan]) }))
      process.exit(0)
    }
    main()
  `
  const expected = {
    name: 'Intercom Web (Actions)',
    calls: [['boot', 'abc123', 'u1', 'pro']]
  }
  const commonJs = `const { JSDOM } = require('jsdom'); const { default: factory, destination } = require('@intercom-destinations/intercom-web');`
  const esm = `import { JSDOM } from 'jsdom'; import factory, { destination } from '@intercom-destinations/intercom-web';`
  expect(runScript(project, 'run.cjs', commonJs + body)).toEqual(expected)
  expect(runScript(project, 'run.mjs', esm + body)).toEqual(expected)
})

test('emulator starts and answers', () => {
  const project = projectWith(tarball('emulator'))
  const script = `
    const { createEmulator } = require('@intercom-destinations/emulator')
    const headers = { authorization: 'Bearer t', 'intercom-version': '2.16' }
    createEmulator().fetch('https://api.intercom.io/me', { headers })
      .then((response) => console.log(JSON.stringify(response.status)))
  `
  expect(runScript(project, 'run.cjs', script)).toBe(200)
})

test('delivery sends an event to an emulator, beside nothing else of Segment', () => {
  const project = projectWith(tarball('delivery'), tarball('emulator'))
  const script = `
    const { existsSync } = require('node:fs')
    const { createEmulator, serve } = require('@intercom-destinations/emulator')
    const { createSender } = require('@intercom-destinations/delivery')
    const event = { type: 'identify', userId: 'u1', timestamp: '2024-01-02T03:04:05Z', traits: { name: 'Ada' } }
    async function main() {
      const emulator = createEmulator({ token: 'token' })
      const { url, close } = await serve(emulator)
      const sender = createSender({ token: 'token', restHost: url })
      const [verdict] = await sender.send([event])
      await sender.close()
      await close()
      const contacts = emulator.state.contacts.map(({ external_id, name }) => [external_id, name])
      console.log(JSON.stringify({ status: verdict.status, contacts, hasSegment: existsSync('node_modules/@segment') }))
    }
    main()
  `
  expect(runScript(project, 'run.cjs', script)).toEqual({
    status: 'delivered',
    contacts: [['u1', 'Ada']],
    hasSegment: false
  })
})

test('the command line delivers a file, and traces an event', () => {
  const ours = ['cli', 'delivery', 'intercom-cloud', 'intercom-web', 'emulator']
  const project = projectWith(...ours.map(tarball))
  const event = {
    type: 'identify',
    userId: 'u1',
    messageId: 'm1',
    timestamp: '2024-01-02T03:04:05Z',
    traits: { name: 'Ada' }
  }
  writeFileSync(path.join(project, 'events.ndjson'), `${JSON.stringify(event)}\n`)
  const binary = path.join('node_modules', '.bin', 'intercom-destination')
  expect(run(project, binary, ['deliver', 'events.ndjson'])).toMatch(/1/)
  expect(run(project, binary, ['--help'])).toContain('deliver')
  expect(run(project, binary, ['trace', JSON.stringify(event)])).toContain("Intercom('update')")
})

test('types come along and need nothing that is not installed', () => {
  const project = projectWith(
    tarball('intercom-web'),
    tarball('emulator'),
    tarball('intercom-cloud'),
    tarball('delivery'),
    tarball('cli'),
    '@segment/analytics-next@1.84.3',
    'typescript@5.9.3',
    '@types/node@20.19.0'
  )
  const source = `
    import intercomWeb from '@intercom-destinations/intercom-web'
    import { destination } from '@intercom-destinations/intercom-web/definition'
    import intercomCloud, { intercomCloud as withHost, authorizationUrl } from '@intercom-destinations/intercom-cloud'
    import { createEmulator } from '@intercom-destinations/emulator'
    import { createSender, type Verdict } from '@intercom-destinations/delivery'
    import { traceWeb, type TraceSide } from '@intercom-destinations/cli'
    const sender = createSender({ token: 'token', region: 'eu', concurrency: 20, onSettled: ({ verdict }) => void verdict.status })
    const verdicts: Promise<Verdict[]> = sender.send([{ type: 'page' }], { deadlineMs: 1000 })
    void verdicts
    const side: Promise<TraceSide> = traceWeb({ type: 'page' })
    void side
    void intercomWeb({ appId: 'abc123' })
    const names: string[] = [destination.name, intercomCloud.name, withHost({ restHost: 'http://127.0.0.1:1' }).name]
    const url: string = authorizationUrl({ clientId: 'c', state: 's', region: 'eu', redirectUri: 'https://host.example/' }).toString()
    void createEmulator().fetch('https://api.intercom.io/me')
    export { names, url }
  `
  writeFileSync(path.join(project, 'use.ts'), source)
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'esnext',
    '--moduleResolution',
    'bundler',
    '--target',
    'es2022',
    '--skipLibCheck',
    'use.ts'
  ]
  const { stdout } = spawnSync(path.join('node_modules', '.bin', 'tsc'), options, { cwd: project, encoding: 'utf8' })
  expect(stdout).toBe('')
})
