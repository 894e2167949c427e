// Prints what a page loads of the web destination, and fails past the limit. `yarn build:js` first.
import { build } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** 20 KB of 1024 bytes, gzipped at level 9: what the issue of the web half allows. */
const LIMIT_BYTES = 20 * 1024

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
  { what: 'remote script', limited: true, bytes: await readFile(inDist('remote/intercom-web.js')) },
  {
    what: 'npm factory (ESM)',
    limited: true,
    bytes: await minified(`import intercomWeb from './index.js'; console.log(intercomWeb)`)
  },
  {
    what: 'npm /definition',
    limited: false,
    bytes: await minified(`import { destination } from './definition.js'; console.log(destination)`)
  }
].map(({ what, limited, bytes }) => ({
  what,
  minified: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes).length,
  limit: limited ? LIMIT_BYTES : undefined
}))

console.table(rows)
const over = rows.filter(({ gzip, limit }) => limit !== undefined && gzip > limit)
for (const { what, gzip, limit } of over)
  console.error(`${what}: ${gzip} bytes gzipped, ${gzip - limit} over the limit.`)
if (over.length > 0) process.exitCode = 1
