import { build } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import { ROOT } from '../source-files'
import { installByNpm, parsed, run, tarball } from './support'

/**
 * What an app gets: the package packed as for publishing, installed beside its peers by plain npm, bundled as Metro
 * resolves it, compiled by the compiler of Hermes, and run without the globals that Hermes lacks. `react-native` itself
 * has hundreds of megabytes and no JavaScript that matters here, so the test writes what is used of it.
 */

const PEERS = ['@segment/analytics-react-native@2.24.1', '@intercom/intercom-react-native@10.7.1']
/** Those of Segment's client. */
const PEERS_OF_PEERS = ['@segment/sovran-react-native@1.1.5']
/** The compiler that React Native takes, in the version whose engine has classes of its own. 47 MB: too large for the root. */
const HERMES_COMPILER = 'hermes-compiler@260318099.0.8'
const HERMESC_FOLDERS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux64-bin', darwin: 'osx-bin' }

let project = ''

beforeAll(async () => {
  const packages = [tarball('intercom-react-native'), ...PEERS, ...PEERS_OF_PEERS, HERMES_COMPILER]
  project = await installByNpm(['--legacy-peer-deps', ...packages])
  writePackage('react', 'exports.createContext = () => ({}); exports.useContext = exports.useMemo = () => undefined')
  writePackage('react-native', REACT_NATIVE)
})

function writePackage(name: string, source: string): void {
  const folder = path.join(project, 'node_modules', name)
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'package.json'), `{ "name": "${name}", "main": "index.js" }`)
  writeFileSync(path.join(folder, 'index.js'), source)
}

/** Records the calls of Intercom's native module in `globalThis.calls`. */
const REACT_NATIVE = `
  globalThis.calls = []
  const record = (name) => (...args) => {
    globalThis.calls.push([name, ...args])
    return Promise.resolve(true)
  }
  const IntercomModule = { isUserLoggedIn: () => Promise.resolve(false) }
  for (const name of ['loginUnidentifiedUser', 'loginUserWithUserAttributes', 'logout', 'setUserHash', 'updateUser', 'logEvent'])
    IntercomModule[name] = record(name)
  exports.NativeModules = {
    IntercomModule,
    IntercomEventEmitter: {},
    AnalyticsReactNative: { getContextInfo: () => Promise.resolve({ appName: 'Shop' }), set: () => Promise.resolve() },
    Sovran: { getConstants: () => ({ ON_STORE_ACTION: 'action' }) }
  }
  exports.NativeEventEmitter = class { addListener() {} }
  exports.Platform = { OS: 'ios', select: (choices) => choices.ios ?? choices.default }
  exports.TurboModuleRegistry = { get: () => null }
  exports.AppState = { addEventListener: () => ({ remove: () => undefined }) }
`

const BODY = `
  globalThis.fetch = () =>
    Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve({ integrations: { Intercom: {} } }) })
  globalThis.finished = (async () => {
    const client = createClient({
      writeKey: 'key',
      flushPolicies: [],
      storePersistor: { get: () => Promise.resolve(undefined), set: () => Promise.resolve() }
    })
    const reports = []
    client.add({ plugin: new IntercomPlugin({ onLoss: (report) => reports.push(report) }) })
    // Until it runs, the client keeps events back.
    while (!client.isReady.value || !client.running.get()) await new Promise((resolve) => setTimeout(resolve, 1))
    await client.identify('u1', { name: 'Ada', createdAt: '2024-02-29', company: 'Acme', mood: '😀' })
    await client.track('Order Completed', { revenue: 19.99, cart: { items: 2 } })
    await client.reset()
    return { calls: globalThis.calls, reports }
  })()
`

const calls = [
  [
    'loginUserWithUserAttributes',
    {
      userId: 'u1',
      name: 'Ada',
      signedUpAt: 1709164800,
      customAttributes: { mood: '😀' },
      // printf Acme | md5sum
      companies: [{ id: '79d894520f4f94c267986a819e110bec', name: 'Acme' }]
    }
  ],
  ['logEvent', 'Order Completed', { price: 1999, currency: 'USD' }],
  ['logout'],
  ['loginUnidentifiedUser']
]

/** The build removes texts that are not needed, and must leave those that are. */
const reports = [
  {
    type: 'track',
    losses: [
      {
        path: 'metadata.cart',
        reason: 'nested-value',
        text: 'Intercom stores single values only, not objects or lists'
      }
    ],
    doubtful: []
  }
]

const IMPORTS = `
  import { createClient } from '@segment/analytics-react-native'
  import { IntercomPlugin } from '@intercom-destinations/intercom-react-native'
`

async function bundle(): Promise<string> {
  const outfile = path.join(project, 'app.js')
  await build({
    stdin: { contents: IMPORTS + BODY, resolveDir: project, sourcefile: 'app.ts', loader: 'ts' },
    outfile,
    bundle: true,
    format: 'iife',
    platform: 'neutral',
    target: 'es2018',
    conditions: ['react-native'],
    mainFields: ['react-native', 'module', 'main'],
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error'
  })
  return outfile
}

test('an app bundle compiles for Hermes, and runs without the globals of Node and of a page', async () => {
  const bundled = await bundle()
  const folder = HERMESC_FOLDERS[process.platform]
  if (folder !== undefined) {
    const hermesc = path.join('node_modules', 'hermes-compiler', 'hermesc', folder, 'hermesc')
    await run(project, hermesc, ['-O', '-emit-binary', '-out', 'app.hbc', bundled])
    expect(readFileSync(path.join(project, 'app.hbc')).length).toBeGreaterThan(10_000)
  }
  const globals = {
    ...{ setTimeout, clearTimeout, setInterval, clearInterval },
    console: { info: () => undefined, warn: () => undefined, error: () => undefined },
    // An app has it from react-native-get-random-values.
    crypto: { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) }
  }
  const context = vm.createContext({ ...globals })
  vm.runInContext(readFileSync(bundled, 'utf8'), context)
  expect(
    vm.runInContext('typeof TextEncoder + typeof URL + typeof document + typeof Buffer + typeof require', context)
  ).toBe('undefined'.repeat(5))
  const done: unknown = await vm.runInContext('finished', context)
  // The objects of the context have prototypes of their own.
  expect(JSON.parse(JSON.stringify(done))).toEqual({ calls, reports })
})

const REPORT = 'finished.then((done) => { console.log(JSON.stringify(done)); process.exit(0) })'
/** Segment's client logs to the console. */
const QUIET = 'console.info = console.warn = () => undefined;'

test.each([
  ['ESM, under the condition of React Native', 'run.mjs', ['--conditions=react-native'], IMPORTS],
  ['ESM', 'plain.mjs', [], IMPORTS],
  ['CommonJS', 'run.cjs', [], IMPORTS.replace(/import (.*) from (.*)/g, 'const $1 = require($2)')]
])('the package runs as %s', async (_, file, flags, imports) => {
  writeFileSync(path.join(project, file), `${imports}${QUIET}${BODY}${REPORT}`)
  expect(parsed(await run(project, process.execPath, [...flags, file]))).toEqual({ calls, reports })
})

test('types come along, strictly, under the condition of React Native', () => {
  const source = `
    import { createClient } from '@segment/analytics-react-native'
    import { IntercomPlugin, IntercomSdkError, type IntercomPluginOptions, type LossReport } from '@intercom-destinations/intercom-react-native'
    const reports: LossReport[] = []
    const options: IntercomPluginOptions = {
      collectContext: true,
      trackAnonymous: false,
      secured: true,
      mappings: { identify: { name: { '@path': '$.traits.fullName' }, phone: null }, screen: {} },
      onLoss: (report) => reports.push(report)
    }
    const analytics = createClient({
      writeKey: 'key',
      errorHandler: ({ innerError }) => innerError instanceof IntercomSdkError && innerError.code
    })
    analytics.add({ plugin: new IntercomPlugin(options), settings: {} })
    // @ts-expect-error -- a misspelled option is an error
    new IntercomPlugin({ collectContexts: true })
    // @ts-expect-error -- a page is no call of an app
    new IntercomPlugin({ mappings: { page: {} } })
  `
  writeFileSync(path.join(project, 'use.ts'), source)
  const tsc = path.join(ROOT, 'node_modules', '.bin', 'tsc')
  // The types of Segment's client need those of react-native, which are not installed here.
  const options = '--noEmit --strict --skipLibCheck --target es2022 --module esnext --moduleResolution bundler'
  const args = [...options.split(' '), '--customConditions', 'react-native', 'use.ts']
  const { stdout } = spawnSync(tsc, args, { cwd: project, encoding: 'utf8' })
  expect(stdout).toBe('')
})
