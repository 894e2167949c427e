// Prints the size of the web destination on a page, of the mobile half in an app, and of the workbench's page; fails over the limits. Needs `yarn build:js`.
import { build } from 'esbuild'
import { Buffer } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** In KB of 1024 bytes, gzipped at level 9; decisions/0066 says what the script is made of. The requirement is 20 KB. */
const LIMIT_BYTES = 18.875 * 1024

/** The factory from npm includes the presets; decisions/0037 explains why it is larger. */
const NPM_LIMIT_BYTES = 22.25 * 1024

/** The requirement for what an app's bundle grows by, without the two packages that the app has anyway. */
const MOBILE_LIMIT_BYTES = 24 * 1024

/** The requirement for the workbench's page, script and styles together. */
const WORKBENCH_LIMIT_BYTES = 150 * 1024

const inWorkbench = (file) => fileURLToPath(new URL(`../dev/workbench/dist/${file}`, import.meta.url))
const inDist = (file) => fileURLToPath(new URL(`../packages/intercom-web/dist/${file}`, import.meta.url))

const inMobile = (file) => fileURLToPath(new URL(`../packages/intercom-react-native/dist/${file}`, import.meta.url))

/** The size after the bundler of a site or an app. */
async function minified(imports, resolveDir = inDist('esm')) {
  const { outputFiles } = await build({
    stdin: { contents: imports, resolveDir },
    bundle: true,
    external: ['@segment/analytics-react-native', '@intercom/intercom-react-native'],
    minify: true,
    write: false,
    format: 'esm'
  })
  return outputFiles[0].contents
}

const rows = [
  { what: 'remote script', limit: LIMIT_BYTES, bytes: await readFile(inDist('remote/intercom-web.js')) },
  {
    what: 'npm factory (ESM)',
    limit: NPM_LIMIT_BYTES,
    bytes: await minified(`import intercomWeb from './index.js'; console.log(intercomWeb)`)
  },
  {
    what: 'npm /definition',
    bytes: await minified(`import { destination } from './definition.js'; console.log(destination)`)
  },
  {
    what: 'mobile plugin (ESM)',
    limit: MOBILE_LIMIT_BYTES,
    bytes: await minified(`import { IntercomPlugin } from './index.js'; console.log(IntercomPlugin)`, inMobile('esm'))
  },
  {
    what: 'workbench page',
    limit: WORKBENCH_LIMIT_BYTES,
    bytes: Buffer.concat([await readFile(inWorkbench('page/app.js')), await readFile(inWorkbench('page/app.css'))])
  }
].map(({ what, limit, bytes }) => ({
  what,
  minified: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes).length,
  limit
}))

console.table(rows)
const over = rows.filter(({ gzip, limit }) => limit !== undefined && gzip > limit)
for (const { what, gzip, limit } of over)
  console.error(`${what}: ${gzip} bytes gzipped, ${gzip - limit} over the limit.`)
if (over.length > 0) process.exitCode = 1
