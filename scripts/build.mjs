// Bundles every package's JavaScript into its dist. Fast (esbuild), so `yarn deliver` and the tests can afford it each time.
import { build } from 'esbuild'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { aliases, withoutUnused } from '../packages/intercom-web/build/aliases.mjs'
import { withoutTexts } from '../packages/intercom-web/build/without-texts.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const inPackages = (...parts) => path.join(root, 'packages', ...parts)

/** What npm installs beside the package stays outside its bundle; everything else (the shared mapping) goes inside. */
async function installedBeside(name) {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(
    await readFile(inPackages(name, 'package.json'), 'utf8')
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

async function buildNodePackage(name, entries) {
  await build({
    ...shared,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: await installedBeside(name),
    entryPoints: Object.fromEntries(entries.map((entry) => [entry, inPackages(name, 'src', `${entry}.ts`)])),
    outdir: inPackages(name, 'dist')
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
  // Two files behind one door, and no side effects: whoever imports the factory alone gets it alone.
  await writeFile(
    dist('esm', 'index.js'),
    "export * from './factory.js'\nexport { default } from './factory.js'\nexport { destination } from './definition.js'\n"
  )
  await writeFile(dist('esm', 'package.json'), '{ "type": "module", "sideEffects": false }\n')
}

const builders = {
  emulator: () => buildNodePackage('emulator', ['index']),
  'intercom-cloud': () => buildNodePackage('intercom-cloud', ['index']),
  'intercom-web': buildWeb,
  cli: () => buildNodePackage('cli', ['index', 'bin'])
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in builders))
if (unknown.length > 0) {
  console.error(`No such package: ${unknown.join(', ')}. Choose from ${Object.keys(builders).join(', ')}.`)
  process.exit(2)
}
for (const name of wanted.length > 0 ? wanted : Object.keys(builders)) {
  await rm(inPackages(name, 'dist'), { recursive: true, force: true })
  await builders[name]()
}
