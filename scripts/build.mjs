// Bundles every package's JavaScript into its dist. Fast (esbuild), so `yarn deliver` and the tests can afford it each time.
import { build } from 'esbuild'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { minify } from 'terser'
import { aliases, withoutUnused } from '../packages/intercom-web/build/aliases.mjs'
import { withoutTexts } from '../packages/intercom-web/build/without-texts.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const inPackages = (...parts) => path.join(root, 'packages', ...parts)
const inWorkbench = (...parts) => path.join(root, 'dev', 'workbench', ...parts)

/** What npm installs beside the package stays outside its bundle; everything else (the shared mapping) goes inside. */
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

async function buildForNode(folder, entries, { bundled = [] } = {}) {
  const external = await installedBeside(folder)
  await build({
    ...shared,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: external.filter((name) => !bundled.some((one) => name.startsWith(one))),
    entryPoints: Object.fromEntries(
      entries.map((entry) => [path.basename(entry), path.join(folder, 'src', `${entry}.ts`)])
    ),
    outdir: path.join(folder, 'dist')
  })
}

const web = {
  ...shared,
  platform: 'browser',
  target: 'es2020',
  alias: aliases,
  define: { 'process.env.NODE_ENV': '"production"' }
}

/**
 * A second pass over what a page loads: terser inlines and folds what esbuild leaves, which is 1.2 KB, gzipped. Where a
 * bundler of the site comes after it (`module`), names stay readable, because that bundler shortens them itself.
 */
async function reduce(file, { module }) {
  const { code } = await minify(await readFile(file, 'utf8'), {
    module,
    ecma: 2020,
    compress: { passes: 3 },
    mangle: !module,
    format: { comments: false, beautify: module }
  })
  await writeFile(file, `${code}\n`)
}

/**
 * What a page loads comes without the catalog's texts: the remote script, and the factory of the ESM build, where the
 * definition with its texts is a file of its own that a bundler leaves out unless it is asked for.
 */
async function buildWeb() {
  const dist = (...parts) => inPackages('intercom-web', 'dist', ...parts)
  const src = (name) => inPackages('intercom-web', 'src', `${name}.ts`)
  const whole = { ...web, plugins: [withoutUnused] }
  await Promise.all([
    build({
      ...web,
      format: 'esm',
      plugins: [withoutUnused, withoutTexts({ fields: true })],
      entryPoints: [src('factory')],
      outfile: dist('esm', 'factory.js')
    }),
    build({ ...whole, format: 'esm', entryPoints: [src('definition')], outfile: dist('esm', 'definition.js') }),
    build({ ...whole, format: 'cjs', entryPoints: [src('index')], outfile: dist('cjs', 'index.js') }),
    build({ ...whole, format: 'cjs', entryPoints: [src('definition')], outfile: dist('cjs', 'definition.js') }),
    build({
      ...web,
      format: 'iife',
      minify: true,
      plugins: [withoutUnused, withoutTexts({ fields: false })],
      entryPoints: [inPackages('intercom-web', 'build', 'remote-entry.ts')],
      outfile: dist('remote', 'intercom-web.js')
    })
  ])
  await Promise.all([
    reduce(dist('esm', 'factory.js'), { module: true }),
    reduce(dist('remote', 'intercom-web.js'), { module: false })
  ])
  // Two files behind one door, and no side effects: whoever imports the factory alone gets it alone.
  await writeFile(
    dist('esm', 'index.js'),
    "export * from './factory.js'\nexport { default } from './factory.js'\nexport { destination } from './definition.js'\n"
  )
  await writeFile(dist('esm', 'package.json'), '{ "type": "module", "sideEffects": false }\n')
}

/** The server, the thread that runs the web destination, and what browsers load: the page and the shop. */
async function buildWorkbench() {
  const page = { ...shared, platform: 'browser', target: 'es2022', format: 'esm', minify: true }
  const dist = (...parts) => inWorkbench('dist', ...parts)
  const define = { 'process.env.NODE_ENV': '"production"' }
  await Promise.all([
    // The book of examples has no build of its own.
    buildForNode(inWorkbench(), ['server/main', 'server/web-thread'], {
      bundled: ['@intercom-destinations/scenarios']
    }),
    build({ ...page, define, entryPoints: { app: inWorkbench('src', 'page', 'main.tsx') }, outdir: dist('page') }),
    build({ ...page, define, entryPoints: { shop: inWorkbench('src', 'shop', 'main.ts') }, outdir: dist('shop') })
  ])
  await cp(inWorkbench('src', 'page', 'index.html'), dist('page', 'index.html'))
  await cp(inWorkbench('src', 'shop', 'index.html'), dist('shop', 'index.html'))
}

const builders = {
  emulator: () => buildForNode(inPackages('emulator'), ['index']),
  'intercom-cloud': () => buildForNode(inPackages('intercom-cloud'), ['index']),
  'intercom-web': buildWeb,
  // Whole, with actions-core and what it needs inside: no other copy of these beside it can change what it does.
  delivery: () => buildForNode(inPackages('delivery'), ['index']),
  cli: () => buildForNode(inPackages('cli'), ['index', 'bin']),
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
  await rm(path.join(folders[name] ?? inPackages(name), 'dist'), { recursive: true, force: true })
  await builders[name]()
}
