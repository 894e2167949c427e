import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import ts from 'typescript'
import { installByNpm, parsed, runScript, tarball } from './support'

/** What a user of npm gets, in one project with the packages for pages and servers, and what each is used with. */

const OURS = ['intercom-web', 'intercom-cloud', 'emulator', 'delivery', 'cli']

let project = ''

beforeAll(async () => {
  const beside = [
    '@segment/actions-core@3.170.0',
    '@segment/analytics-next@1.84.3',
    'jsdom@26.1.0',
    '@types/node@20.19.0'
  ]
  project = await installByNpm([...OURS.map(tarball), ...beside])
})

test.each([
  [
    'CommonJS',
    'cloud.cjs',
    `const { Destination } = require('@segment/actions-core')
     const { default: definition, intercomCloud } = require('@intercom-destinations/intercom-cloud')
     const { createEmulator, serve } = require('@intercom-destinations/emulator')`
  ],
  [
    'ESM',
    'cloud.mjs',
    `import { createRequire } from 'node:module'
     import definition, { intercomCloud } from '@intercom-destinations/intercom-cloud'
     import { createEmulator, serve } from '@intercom-destinations/emulator'
     const { Destination } = createRequire(import.meta.url)('@segment/actions-core')`
  ]
])('intercom-cloud runs an event through Destination, loaded as %s', async (_name, file, imports) => {
  const script = `${imports}
    async function main() {
      const emulator = createEmulator({ seed: { contacts: [{ external_id: 'u1' }] } })
      const { url, close } = await serve(emulator)
      const event = { type: 'track', event: 'Opened', userId: 'u1', timestamp: '2024-01-02T03:04:05Z', properties: {} }
      const results = await new Destination(intercomCloud({ restHost: url }))
        .onEvent(event, { subscriptions: definition.presets, oauth: { access_token: 'token' } })
      await close()
      const requests = emulator.requests.map(({ operation }) => operation)
      console.log(JSON.stringify({ name: definition.name, output: results.map(({ output }) => output), requests }))
    }
    main()
  `
  expect(parsed(await runScript(project, [file, script]))).toEqual({
    name: 'Intercom Cloud Mode (Actions)',
    output: ['not subscribed', 'not subscribed', 'Mappings resolved', 'Payload validated', 'Action Executed'],
    requests: ['POST /events']
  })
})

test.each([
  [
    'CommonJS',
    'web.cjs',
    `const { JSDOM } = require('jsdom')
     const { default: factory, destination } = require('@intercom-destinations/intercom-web')`
  ],
  [
    'ESM',
    'web.mjs',
    `import { JSDOM } from 'jsdom'
     import factory, { destination } from '@intercom-destinations/intercom-web'`
  ]
])('intercom-web loads under Analytics.js as %s, and calls the Messenger', async (_name, file, imports) => {
  const script = `${imports}
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
  expect(parsed(await runScript(project, [file, script]))).toEqual({
    name: 'Intercom Web (Actions)',
    calls: [['boot', 'abc123', 'u1', 'pro']]
  })
})

const USE = `
  import intercomWeb from '@intercom-destinations/intercom-web'
  import { destination } from '@intercom-destinations/intercom-web/definition'
  import type {} from '@intercom-destinations/intercom-web/remote'
  import intercomCloud, { intercomCloud as withHost, authorizationUrl } from '@intercom-destinations/intercom-cloud'
  import { createEmulator } from '@intercom-destinations/emulator'
  import { createSender, type Verdict } from '@intercom-destinations/delivery'
  const sender = createSender({ token: 'token', region: 'eu', concurrency: 20, onSettled: ({ verdict }) => void verdict.status })
  // @ts-expect-error A misspelt option is an error, so the options are typed.
  createSender({ token: 'token', regoin: 'eu' })
  const verdicts: Promise<Verdict[]> = sender.send([{ type: 'page' }], { deadlineMs: 1000 })
  void verdicts
  void intercomWeb({ appId: 'abc123' })
  const names: string[] = [destination.name, intercomCloud.name, withHost({ restHost: 'http://127.0.0.1:1' }).name]
  // @ts-expect-error It is no number.
  const name: number = intercomCloud.name
  void name
  const url: string = authorizationUrl({ clientId: 'c', state: 's', region: 'eu', redirectUri: 'https://host.example/' }).toString()
  void createEmulator().fetch('https://api.intercom.io/me')
  export { names, url }
`

/** The command line is an ES module, which TypeScript lets only an ES module import. */
const USE_OF_COMMAND_LINE = `
  import { deliver, traceWeb, type TraceSide } from '@intercom-destinations/cli'
  // @ts-expect-error It takes options.
  void deliver()
  const side: Promise<TraceSide> = traceWeb({ type: 'page' })
  void side
`

const { CommonJS, ESNext, Node16, NodeNext } = ts.ModuleKind
const Resolution = ts.ModuleResolutionKind

test.each([
  ['node10', 'use.ts', { module: CommonJS, moduleResolution: Resolution.Node10 }],
  ['bundler', 'use.ts', { module: ESNext, moduleResolution: Resolution.Bundler }],
  ['node16, as an ES module', 'use.mts', { module: Node16, moduleResolution: Resolution.Node16 }],
  ['node16, as CommonJS', 'use.cts', { module: Node16, moduleResolution: Resolution.Node16 }],
  ['nodenext, as an ES module', 'use.mts', { module: NodeNext, moduleResolution: Resolution.NodeNext }],
  ['nodenext, as CommonJS', 'use.cts', { module: NodeNext, moduleResolution: Resolution.NodeNext }]
])('types come along for strict TypeScript with %s', async (_name, file, options) => {
  const source = path.join(project, file)
  await writeFile(source, file.endsWith('.cts') ? USE : USE + USE_OF_COMMAND_LINE)
  const program = ts.createProgram([source], {
    ...options,
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2022,
    types: ['node'],
    typeRoots: [path.join(project, 'node_modules', '@types')]
  })
  // Ours are held to it without skipLibCheck; those of other packages are theirs.
  const own = program
    .getSourceFiles()
    .filter(({ fileName }) => /project-\w+\/(use\.|.*@intercom-destinations\/)/.test(fileName))
  const found = own.flatMap((one) => [...program.getSyntacticDiagnostics(one), ...program.getSemanticDiagnostics(one)])
  const format = ({ messageText, file: where }: ts.Diagnostic) =>
    `${path.relative(project, where?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  expect(own.length).toBeGreaterThan(5)
  expect(found.map(format)).toEqual([])
})
