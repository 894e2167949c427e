// Bundles every package's JavaScript into its dist, with esbuild: fast enough for every `yarn deliver` and test run.
import { build as bundle } from 'esbuild'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  aliases,
  privateNames,
  rewrittenPackages,
  withoutDayjs,
  withTextEncoder
} from '../packages/intercom-web/build/aliases.mjs'
import { forFunctions, injectedGlobals, withoutFieldTexts } from '../packages/segment-function/build/runtime.mjs'
import { withoutTexts } from '../packages/intercom-web/build/without-texts.mjs'
import { appAliases, withoutUnused } from '../packages/intercom-react-native/build/aliases.mjs'
import { bundledPackages, toInputsOfMaps, writeLicences } from './licences.mjs'
import { reduce } from './reduce.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const inPackages = (...parts) => path.join(root, 'packages', ...parts)
const inWorkbench = (...parts) => path.join(root, 'dev', 'workbench', ...parts)

/** Dependencies that npm installs stay outside of the bundle; everything else (the shared mapping) is bundled. */
async function installedBeside(folder) {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8')
  )
  return Object.keys({ ...dependencies, ...peerDependencies }).flatMap((dependency) => [dependency, `${dependency}/*`])
}

const shared = {
  bundle: true,
  logLevel: 'warning',
  legalComments: 'none',
  absWorkingDir: root,
  tsconfig: 'tsconfig.base.json'
}

/** What the bundles contain of each file, for the notices of their licences. */
const bundledInputs = []

async function build(options) {
  const { metafile } = await bundle({ ...options, metafile: true })
  bundledInputs.push(...Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs)))
  return metafile
}

/** For node-fetch in actions-core: Node warns of its own module of this name, and the package is the same code. */
const withoutDeprecated = { punycode: createRequire(import.meta.url).resolve('punycode/') }

/** @param beside Further files to build, by their place in `dist` */
async function buildForNode(folder, entries, { bundled = [], alias = {}, beside = {}, ...more } = {}) {
  const external = await installedBeside(folder)
  await build({
    ...shared,
    alias: { ...withoutDeprecated, ...alias },
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: external.filter((name) => !bundled.some((one) => name.startsWith(one))),
    entryPoints: {
      ...Object.fromEntries(entries.map((entry) => [path.basename(entry), path.join(folder, 'src', `${entry}.ts`)])),
      ...beside
    },
    outdir: path.join(folder, 'dist'),
    ...more
  })
}

/**
 * An ES module for Node. The bundled CommonJS packages call `require` for Node's own modules. A bundler that turns the
 * file into CommonJS again leaves no `import.meta.url`; any path will do to require what is built in.
 */
const esModule = {
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'\nconst require = __createRequire(import.meta.url ?? process.execPath)\n"
  }
}

const web = {
  ...shared,
  platform: 'browser',
  target: 'es2020',
  alias: aliases,
  plugins: [withoutDayjs],
  define: { 'process.env.NODE_ENV': '"production"' }
}

/**
 * The remote script and the factory of the ESM build have no texts of the catalog. In the ESM build, the definition with
 * its texts is a file of its own, which a bundler leaves out unless it is imported.
 */
async function buildWeb() {
  const dist = (...parts) => inPackages('intercom-web', 'dist', ...parts)
  const src = (name) => inPackages('intercom-web', 'src', `${name}.ts`)
  await Promise.all([
    build({
      ...web,
      format: 'esm',
      plugins: [withoutDayjs, withoutTexts({ fields: true })],
      entryPoints: [src('factory')],
      outfile: dist('esm', 'factory.js')
    }),
    build({ ...web, format: 'esm', entryPoints: [src('definition')], outfile: dist('esm', 'definition.js') }),
    build({ ...web, format: 'cjs', entryPoints: [src('index')], outfile: dist('cjs', 'index.js') }),
    build({ ...web, format: 'cjs', entryPoints: [src('definition')], outfile: dist('cjs', 'definition.js') }),
    build({
      ...web,
      format: 'iife',
      minify: true,
      mangleProps: privateNames,
      plugins: [withTextEncoder, withoutDayjs, withoutTexts({ fields: false })],
      entryPoints: [inPackages('intercom-web', 'build', 'remote-entry.ts')],
      outfile: dist('remote', 'intercom-web.js')
    })
  ])
  await Promise.all([
    reduce(dist('esm', 'factory.js'), { module: true }),
    reduce(dist('remote', 'intercom-web.js'), { module: false, arrows: true })
  ])
  for (const name of rewrittenPackages) bundledInputs.push([`node_modules/${name}/`, { bytesInOutput: 1 }])
  // Two files behind one entry, without side effects: an import of the factory alone does not include the definition.
  await writeFile(
    dist('esm', 'index.js'),
    "export * from './factory.js'\nexport { default } from './factory.js'\nexport { destination } from './definition.js'\n"
  )
  await writeFile(dist('esm', 'package.json'), '{ "type": "module", "sideEffects": false }\n')
}

/**
 * The same bundle for Metro and for bundlers of CommonJS. Metro compiles the code of packages, too, so the syntax may be
 * newer than that of Hermes.
 */
async function buildReactNative() {
  const folder = inPackages('intercom-react-native')
  const dist = (...parts) => path.join(folder, 'dist', ...parts)
  const external = await installedBeside(folder)
  const formats = ['esm', 'cjs']
  await Promise.all(
    formats.map((format) =>
      build({
        ...shared,
        platform: 'neutral',
        mainFields: ['module', 'main'],
        target: 'es2018',
        format,
        external,
        alias: appAliases,
        plugins: [withoutUnused, withoutTexts({ fields: true, half: 'intercom-react-native' })],
        entryPoints: [path.join(folder, 'src', 'index.ts')],
        outfile: dist(format, 'index.js')
      })
    )
  )
  await Promise.all(formats.map((format) => reduce(dist(format, 'index.js'), { module: true })))
  await writeFile(dist('esm', 'package.json'), '{ "type": "module", "sideEffects": false }\n')
}

/** What the runtime of Segment's Functions calls. They have to be functions at the top of the file. */
const FUNCTION_HANDLERS = {
  onIdentify: 'onEvent',
  onTrack: 'onEvent',
  onGroup: 'onEvent',
  onPage: 'onEvent',
  onScreen: 'onEvent',
  onAlias: 'onEvent',
  onDelete: 'onDelete',
  onBatch: 'onBatch'
}

/** One file to paste into a Destination Function, whose runtime has neither modules nor `process`. */
async function buildFunction() {
  const file = inPackages('segment-function', 'dist', 'intercom-function.js')
  const handlers = Object.entries(FUNCTION_HANDLERS).map(
    ([name, handler]) => `async function ${name}(event, settings) { return intercom.${handler}(event, settings) }`
  )
  const { outputs } = await build({
    ...shared,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    // The cache for Node loads a module of Node by `import()`.
    conditions: ['browser'],
    target: 'node18',
    format: 'iife',
    globalName: 'intercom',
    plugins: [forFunctions, withoutFieldTexts, withoutDayjs],
    charset: 'utf8',
    inject: [injectedGlobals],
    define: { 'process.nextTick': 'setTimeout', process: 'undefined' },
    footer: { js: handlers.join('\n') },
    entryPoints: [inPackages('segment-function', 'src', 'main.ts')],
    outfile: file
  })
  await reduce(file, { module: false })
  const { name, version } = JSON.parse(await readFile(inPackages('segment-function', 'package.json'), 'utf8'))
  const [output] = Object.values(outputs)
  const banner = [
    `${name} ${version}, MIT license. Intercom as a Segment Destination Function.`,
    'Settings: accessToken (secret), region (auto, us, eu or au), mappings (JSON, optional).',
    `With code of ${bundledPackages(Object.entries(output.inputs)).join(', ')}, under their own licenses.`
  ]
  await writeFile(file, `/*\n${banner.map((line) => ` * ${line}\n`).join('')} */\n${await readFile(file, 'utf8')}`)
}

/**
 * What the workbench serves, in one folder: the page, the shop, Analytics.js and the built web half. The command line
 * has a copy, because nothing else is there where its package is installed.
 */
async function buildServedFiles(folder) {
  const page = { ...shared, platform: 'browser', target: 'es2022', format: 'esm', minify: true }
  const define = { 'process.env.NODE_ENV': '"production"' }
  const src = (...parts) => inWorkbench('src', ...parts)
  await Promise.all([
    build({ ...page, define, entryPoints: { app: src('page', 'main.tsx') }, outdir: path.join(folder, 'page') }),
    build({ ...page, define, entryPoints: { shop: src('shop', 'main.ts') }, outdir: path.join(folder, 'shop') })
  ])
  await cp(src('page', 'index.html'), path.join(folder, 'page', 'index.html'))
  await cp(src('shop', 'index.html'), path.join(folder, 'shop', 'index.html'))
  await cp(inPackages('intercom-web', 'dist', 'remote', 'intercom-web.js'), path.join(folder, 'intercom-web.js'))
  await copyAnalytics(path.join(folder, 'analytics'))
}

/** The scripts that a page loads from Segment's CDN, as Segment has built them. */
async function copyAnalytics(folder) {
  const installed = path.dirname(
    createRequire(inWorkbench('package.json')).resolve('@segment/analytics-next/package.json')
  )
  const umd = path.join(installed, 'dist', 'umd')
  const names = await readdir(umd)
  await mkdir(folder, { recursive: true })
  for (const name of names.filter((one) => one.endsWith('.js'))) await cp(path.join(umd, name), path.join(folder, name))
  const maps = names.filter((one) => one.endsWith('.js.map')).map((one) => path.join(umd, one))
  bundledInputs.push(...(await toInputsOfMaps(installed, maps)))
}

/** The server, the worker thread for the web destination, and what is served. */
async function buildWorkbench() {
  await Promise.all([
    // The scenarios have no build of their own, and the command line's contains a second engine.
    buildForNode(inWorkbench(), ['server/main', 'server/web-thread'], {
      bundled: ['@intercom-destinations/scenarios', '@intercom-destinations/cli']
    }),
    buildServedFiles(inWorkbench('dist'))
  ])
}

/** A server imports it or requires it. */
async function buildRedisState() {
  await Promise.all([
    buildForNode(inPackages('redis-state'), ['index']),
    buildForNode(inPackages('redis-state'), ['index'], esModule)
  ])
}

/** A server imports it or requires it. Includes actions-core, so that no other installed copy can change its behaviour. */
async function buildDelivery() {
  await Promise.all([
    buildForNode(inPackages('delivery'), ['index']),
    buildForNode(inPackages('delivery'), ['index'], esModule)
  ])
}

/**
 * The definition shares actions-core with its host, which is CommonJS, so there is one build of it. Node gives the default
 * export of a CommonJS file only as a property of the whole, hence the ES module around it.
 */
async function buildCloud() {
  await buildForNode(inPackages('intercom-cloud'), ['index'], { plugins: [withoutDayjs] })
  await writeFile(
    inPackages('intercom-cloud', 'dist', 'index.mjs'),
    "import whole from './index.js'\nexport * from './index.js'\nexport default whole.default\n"
  )
}

/**
 * Everything is included, in chunks that load when a command needs them: the version is printed without Segment's runtime.
 * Only ES modules can be split. `trace` runs the web half as it is built for npm. The workbench shares the chunks.
 */
async function buildCli() {
  const workbench = ['run-workbench', 'web-thread'].map((name) => inWorkbench('src', 'server', `${name}.ts`))
  await Promise.all([
    buildForNode(inPackages('cli'), ['bin', 'index', 'compare/compare-worker'], {
      ...esModule,
      // An ES module has no folder of its own, in which commands look for their workers and the workbench for its page.
      banner: {
        js: `import { fileURLToPath as __fileURLToPath } from 'node:url'\n${esModule.banner.js}const __dirname = __fileURLToPath(new URL('.', import.meta.url))\n`
      },
      outExtension: {},
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      alias: { '@intercom-destinations/intercom-web': inPackages('intercom-web', 'dist', 'esm', 'index.js') },
      beside: Object.fromEntries(workbench.map((file) => [`workbench/${path.basename(file, '.ts')}`, file]))
    }),
    buildServedFiles(inPackages('cli', 'dist', 'workbench'))
  ])
}

const builders = {
  emulator: () => buildForNode(inPackages('emulator'), ['index']),
  'intercom-cloud': buildCloud,
  'intercom-web': buildWeb,
  'intercom-react-native': buildReactNative,
  delivery: buildDelivery,
  'redis-state': buildRedisState,
  'segment-function': buildFunction,
  // After the web half, which it contains.
  cli: buildCli,
  workbench: buildWorkbench
}
const folders = { workbench: inWorkbench() }

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in builders))
if (unknown.length > 0) {
  console.error(`No such package: ${unknown.join(', ')}. Choose from ${Object.keys(builders).join(', ')}.`)
  process.exit(2)
}
for (const name of wanted.length > 0 ? wanted : Object.keys(builders)) {
  const folder = folders[name] ?? inPackages(name)
  await rm(path.join(folder, 'dist'), { recursive: true, force: true })
  bundledInputs.length = 0
  await builders[name]()
  await writeLicences(folder, bundledInputs)
}
