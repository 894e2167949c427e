// Prints what a page loads of the web destination, and the workbench of itself; fails past the limits. `yarn build:js` first.
import { build } from 'esbuild'
import { Buffer } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** 20 KB of 1024 bytes, gzipped at level 9: what the issue of the web half allows. */
const LIMIT_BYTES = 20 * 1024

/** The factory from npm carries the presets too; decision 0037 says why it may weigh 1.5 KB more. */
const NPM_LIMIT_BYTES = 22.5 * 1024

/** What the issue of the workbench allows its page, script and styles together. */
const WORKBENCH_LIMIT_BYTES = 150 * 1024

const inWorkbench = (file) => fileURLToPath(new URL(`../dev/workbench/dist/${file}`, import.meta.url))
const inDist = (file) => fileURLToPath(new URL(`../packages/intercom-web/dist/${file}`, import.meta.url))

/** As a bundler of the site would have it. */
async function minified(imports) {
  const { outputFiles } = await build({
    stdin: { contents: imports, resolveDir: inDist('esm') },
    bundle: true,
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
